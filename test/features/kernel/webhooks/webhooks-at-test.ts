import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOutbound, type Resolve } from '../../../../src/core/outbound';
import { auditFeature, createAuditService } from '../../../../src/features/kernel/audit';
import { createDomainEvents } from '../../../../src/features/kernel/events';
import { evidenceFeature } from '../../../../src/features/kernel/evidence';
import { createWebhookService, webhooksFeature } from '../../../../src/features/kernel/webhooks';
import { createJobQueue, createWorker, jobEntities } from '../../../../src/jobs';
import { silent, until } from '../../../jobs/support';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { aViewer } from '../../../support/viewers';
import { movableClock, testVault } from '../support';

export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Reply = { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'hang up';

/** The other side: remembers what arrived and answers as it is told, by path. */
export async function aReceiver() {
  const arrivals: Arrival[] = [];
  const replies = new Map<string, () => Reply>();
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    const path = req.url ?? '';
    arrivals.push({ path, headers: req.headers, body });
    const reply = replies.get(path)?.() ?? { status: 204 };
    if (reply === 'hang up') return void req.socket.destroy();
    if (reply !== 'hang') res.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    arrivals,
    url: (path: string) => `http://${host}${path}`,
    answers: (path: string, reply: Reply | (() => Reply)) =>
      replies.set(path, typeof reply === 'function' ? reply : () => reply),
    at: (path: string) => arrivals.filter((one) => one.path === path),
    dropConnections: () => server.closeAllConnections(),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As the receiver's manual says, and from nothing else: the headers, the secret, HMAC-SHA256. */
export function isGenuine({ headers, body }: Arrival, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((one) => one.split(','))
    .some(([version, mac = '']) => {
      const given = Buffer.from(mac, 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

export type WebhooksAtTest = Awaited<ReturnType<typeof openWebhooks>>;

/** The feature on a database of its own, with a worker, a receiver and a clock that stands still. */
export async function openWebhooks({ resolve }: { resolve?: Resolve } = {}) {
  const clock = movableClock();
  const features = [auditFeature, evidenceFeature, webhooksFeature];
  const entities = [...features.flatMap((feature) => feature.entities), ...jobEntities];
  const { db, close } = await openTestDatabase(entities, clock);
  const { evidence, dropAnchors } = evidenceAt(db, clock);
  const audit = createAuditService({ db, clock, evidence });
  const queue = createJobQueue({ db });
  const events = createDomainEvents();
  const receiver = await aReceiver();
  const outbound = createOutbound({ allowedHosts: [receiver.host], ...(resolve ? { resolve } : {}) });
  const webhooks = createWebhookService({ db, vault: testVault(), queue, audit, outbound, events });
  const handler = webhooks.handler();
  const worker = createWorker({ db, queue, handlers: [handler], concurrency: webhooks.places, logger: silent });
  worker.start();
  const admin = aViewer(['system_admin']);

  const busy = async (): Promise<boolean> => {
    const sql = "SELECT COUNT(*) AS n FROM job WHERE state = 'running' OR (state = 'ready' AND run_at <= ?)";
    const [row] = await db.query<{ n: unknown }>(sql, [db.now()]);
    return Number(row?.n) > 0;
  };
  const settled = () => until(async () => !(await busy()));

  return {
    ...{ clock, db, audit, queue, events, receiver, webhooks, handler, admin, settled },

    /** A webhook at a path of the receiver, for departures unless told otherwise. */
    subscribe: (path: string, types: 'staff.departed'[] = ['staff.departed']) =>
      webhooks.subscriptions.create({ url: receiver.url(path), event_types: types, description: '' }, admin),

    /** Tells that staff members departed, in one transaction. */
    tell: (...userids: string[]) =>
      db.transact(() =>
        events.publish(
          userids.map((userid) => ({
            type: 'staff.departed' as const,
            occurred_at: clock.now(),
            data: { userid, noticed_by: 'event' as const },
          })),
        ),
      ),

    /** Lets time pass, and what became due come to rest. */
    async pass(ms: number): Promise<void> {
      clock.advance(ms);
      queue.wake();
      await settled();
    },

    /** Every delivery of a webhook, oldest first. */
    deliveries: async (id: string) => (await webhooks.deliveries.list(id, { limit: 200 })).items.reverse(),

    actions: async () => (await audit.list({ limit: 200 })).items.map(({ action }) => action).reverse(),

    async stop(): Promise<void> {
      receiver.stop();
      await worker.stop({ graceMs: 100 });
      await outbound.close();
      await close();
      dropAnchors();
    },
  };
}
