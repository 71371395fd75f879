import type { Context, Middleware } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../core/logger';
import { networkOf } from '../core/network';
import { httpError } from './errors';
import type { Viewer } from './permissions';

/** How many requests a minute one caller may make of this process. */
export interface RequestsPerMinute {
  /** An account in all its browsers; also an address that shows no credential. */
  person: number;
  token: number;
}

const nothing = async (): Promise<void> => undefined;

/**
 * Finds out who asks and counts the request under them, or under their network where nobody is known: also when the
 * credential was refused. Counters stand in the memory of this process and begin anew each minute (V2.4.1).
 * @throws http.too_many_requests with `Retry-After`; whatever `who` throws
 */
export function limitRequests(
  who: Middleware,
  { perMinute, logger }: { perMinute: RequestsPerMinute; logger: Pick<Logger, 'warn'> },
): Middleware {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const limiters = { person: limiter(perMinute.person), token: limiter(perMinute.token) };

  async function count(ctx: Context): Promise<void> {
    const { kind, caller } = callerOf(ctx);
    const over = await limiters[kind].consume(caller).then(() => undefined, asRefusal);
    if (!over) return;
    // Once a minute: a log that grows with each refusal would be another way to fill the disk.
    if (over.consumedPoints === perMinute[kind] + 1) logger.warn('too many requests', { caller });
    ctx.set('retry-after', String(Math.ceil(over.msBeforeNext / 1000)));
    throw httpError('too_many_requests');
  }

  return async (ctx, next) => {
    const refused = await Promise.resolve(who(ctx, nothing)).then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    );
    await count(ctx);
    if (refused) throw refused.reason;
    return next();
  };
}

function callerOf(ctx: Context): { kind: keyof RequestsPerMinute; caller: string } {
  const viewer: Viewer | undefined = ctx.state.viewer;
  if (viewer) return { kind: viewer.kind === 'token' ? 'token' : 'person', caller: `${viewer.kind}:${viewer.id}` };
  return { kind: 'person', caller: `address:${networkOf(ctx.ip)}` };
}

/** The limiter rejects with its own object; anything else is a fault. */
function asRefusal(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}
