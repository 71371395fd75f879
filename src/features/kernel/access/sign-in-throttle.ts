import type { Context } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { httpError } from '../../../http/errors';

const attempts = 30;
const windowSeconds = 15 * 60;

/** Lets an address try to sign in 30 times in 15 minutes, per process. @throws http.too_many_requests */
export function createSignInThrottle(): (ctx: Context) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: attempts, duration: windowSeconds });
  return async (ctx) => {
    try {
      await limiter.consume(ctx.ip);
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown;
      ctx.set('retry-after', String(Math.ceil(thrown.msBeforeNext / 1000)));
      throw httpError('too_many_requests');
    }
  };
}
