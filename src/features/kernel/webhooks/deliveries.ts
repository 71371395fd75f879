import { days } from '../../../core/clock';
import { type Page, textIn, toPage } from '../../../core/paging';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { JobQueue } from '../../../jobs';
import type { AuditService } from '../audit';
import type { DeliveryStore } from './deliveries.store';
import { jobOf } from './outbox';
import type { Subscription } from './subscriptions.store';
import type { WebhookDelivery } from './webhooks.entity';
import { webhookError } from './webhooks.errors';
import type { DeliveryDetail, DeliveryQuery, DeliveryView, ReplayBody } from './webhooks.schema';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'record'>;
  deliveries: DeliveryStore;
  /** @throws webhook.unknown */
  subscription(id: string): Promise<Subscription>;
}

const keptMs = days(30);
/** So many are replayed per transaction. */
const replayChunk = 500;

/** The log of what was sent, and sending it again. */
export function createDeliveries({ db, queue, audit, deliveries, subscription }: Deps) {
  async function existing(id: string): Promise<WebhookDelivery> {
    const row = await deliveries.find(id);
    if (!row) throw webhookError('unknown_delivery', { id });
    return row;
  }

  /** @throws webhook.inactive */
  async function assertActive(id: string): Promise<void> {
    if (!(await subscription(id)).active) throw webhookError('inactive');
  }

  /** Must run inside `transact`. */
  async function requeue(rows: WebhookDelivery[]): Promise<void> {
    await deliveries.reset(rows.map(({ id }) => id));
    await queue.add(rows.map(jobOf));
  }

  return {
    /** Newest first. @throws webhook.unknown, paging.bad_cursor */
    async list(subscriptionId: string, { limit, cursor, state }: DeliveryQuery): Promise<Page<DeliveryView>> {
      await subscription(subscriptionId);
      const conditions: Condition[] = [['subscription_id = ?', subscriptionId]];
      if (state) conditions.push(['state = ?', state]);
      if (cursor !== undefined) conditions.push(['id < ?', textIn(cursor)]);
      return toPage(await deliveries.where(conditions, limit + 1), limit, (row) => [row.id], toView);
    },

    /** With every try. @throws webhook.unknown_delivery */
    async get(id: string): Promise<DeliveryDetail> {
      const row = await existing(id);
      const event = await deliveries.event(row.event_id);
      const attempts = await deliveries.attempts(id);
      const tries = attempts.map(({ at, status, duration_ms, error, response }) => ({
        ...{ at: iso(at), status, duration_ms, error, response },
      }));
      return { ...toView(row), payload: event ? JSON.parse(event.payload) : null, tries };
    },

    /** Sends one again under the same id. @throws webhook.unknown_delivery, on_its_way, inactive */
    replay: (id: string, viewer: Viewer): Promise<DeliveryView> =>
      db.transact(async () => {
        const row = await existing(id);
        if (row.state === 'pending') throw webhookError('on_its_way');
        await assertActive(row.subscription_id);
        await requeue([row]);
        const target = `webhook:${row.subscription_id}`;
        const detail = { delivery: id, event: row.event_id };
        await audit.record({ actor: actorOf(viewer), action: 'webhook.replayed', target, result: 'ok', detail });
        return toView(await existing(id));
      }),

    /**
     * Sends again what was created from `from` to before `to`, newest first. What is on its way is left alone.
     * @returns how many. @throws webhook.unknown, inactive
     */
    async replayRange(subscriptionId: string, body: ReplayBody, viewer: Viewer): Promise<number> {
      await assertActive(subscriptionId);
      const target = `webhook:${subscriptionId}`;
      const detail = { from: body.from, to: body.to, state: body.state };
      await audit.record({ actor: actorOf(viewer), action: 'webhook.replayed', target, result: 'ok', detail });
      let replayed = 0;
      for (let before: string | undefined; ; ) {
        const rows = await deliveries.where(inRange(subscriptionId, body, before), replayChunk);
        if (rows.length > 0) await db.transact(() => requeue(rows));
        replayed += rows.length;
        before = rows.at(-1)?.id;
        if (rows.length < replayChunk) return replayed;
      }
    },

    /** Forgets what is older than 30 days. @returns how many deliveries */
    purge: (): Promise<number> => deliveries.purge(new Date(db.now().getTime() - keptMs)),
  };
}

function inRange(subscriptionId: string, { from, to, state }: ReplayBody, before: string | undefined): Condition[] {
  return [
    ['subscription_id = ?', subscriptionId],
    ['created_at >= ?', from],
    ['created_at < ?', to],
    state === 'failed' ? ["state = 'failed'"] : ["state <> 'pending'"],
    ...(before === undefined ? [] : [['id < ?', before] as Condition]),
  ];
}

const toView = ({ subscription_id: _, ...row }: WebhookDelivery): DeliveryView => ({
  ...row,
  next_at: isoOrNull(row.next_at),
  finished_at: isoOrNull(row.finished_at),
  created_at: iso(row.created_at),
});
