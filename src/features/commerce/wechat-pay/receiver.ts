import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import { failpoint } from '../../../core/failpoints';
import { sha256 } from '../../../core/ids';
import type { Logger } from '../../../core/logger';
import { type Pay, type PayNotification, PayRefused } from '../../../pay';
import type { NotificationStore } from './notifications.store';
import type { Refusals } from './refusals';

const path = '/callbacks/wechatpay';
const mostBytes = 64 * 1024;

const statuses: Partial<Record<PayRefused['reason'], number>> = {
  size: 413,
  body: 400,
  ciphertext: 400,
  merchant: 403,
};
const unbelieved = 401;

interface Deps {
  pay: Pick<Pay, 'open' | 'missing'>;
  store: Pick<NotificationStore, 'keep'>;
  refusals: Pick<Refusals, 'record'>;
  logger: Logger;
}

/** What came, as far as it was read. */
interface Arrived {
  body?: Buffer;
}

/**
 * WeChat Pay's receiver (design 5.3). A notification is answered when it is durable and not before; whatever cannot be
 * believed is written down and answered with a status that says nothing. Nobody is asked anything on its account.
 */
export function createPayReceiver({ pay, store, refusals, logger }: Deps): Middleware {
  async function receive(ctx: Context): Promise<void> {
    if (pay.missing.length > 0) return fail(ctx, 404, 'not configured');
    if (ctx.method !== 'POST') return fail(ctx, 405, 'method not allowed');
    const arrived: Arrived = {};
    try {
      await keep(await open(ctx, arrived));
      ctx.status = 204;
    } catch (error) {
      if (error instanceof PayRefused) return refuse(ctx, error, arrived);
      logger.error('a payment notification could not be stored and was not acknowledged', { error });
      fail(ctx, 503, 'try again');
    }
  }

  async function open(ctx: Context, arrived: Arrived): Promise<PayNotification> {
    arrived.body = await readBody(ctx.req);
    return pay.open({ headers: ctx.req.headersDistinct, body: arrived.body });
  }

  async function keep(notification: PayNotification): Promise<void> {
    failpoint('pay.received');
    await store.keep(notification);
    failpoint('pay.kept');
  }

  async function refuse(ctx: Context, { reason, serial }: PayRefused, { body }: Arrived): Promise<void> {
    const hash = body ? sha256(body) : null;
    await refusals.record({ reason, serial, address: ctx.ip.slice(0, 64), body_sha256: hash });
    fail(ctx, statuses[reason] ?? unbelieved, 'refused');
  }

  return (ctx, next) => (ctx.path === path ? receive(ctx) : next());
}

function fail(ctx: Context, status: number, message: string): void {
  ctx.status = status;
  ctx.body = { code: 'FAIL', message };
}

/** The very bytes: what is signed is not what a parser makes of it. */
async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) break;
    chunks.push(chunk);
  }
  if (bytes > mostBytes) {
    // What is still on its way runs past, or the sender would lose the connection before it has the answer.
    req.resume();
    throw new PayRefused('size');
  }
  return Buffer.concat(chunks);
}
