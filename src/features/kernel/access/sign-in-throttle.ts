import type { Context } from 'koa';
import { httpError } from '../../../http/errors';
import { type Attempts, type Limit, ofAddress } from './attempts';

/**
 * Runs an attempt to sign in unless the address, or the account tried, has failed too often. What is thrown counts as
 * a failure. @throws http.too_many_requests, and whatever `attempt` throws
 */
export async function throttled<T>(
  attempts: Attempts,
  { ctx, limits = [] }: { ctx: Context; limits?: Limit[] },
  attempt: () => Promise<T>,
): Promise<T> {
  const all = [ofAddress(ctx.ip), ...limits];
  const wait = await attempts.begin(all);
  if (wait > 0) {
    ctx.set('retry-after', String(Math.ceil(wait / 1000)));
    throw httpError('too_many_requests');
  }
  const result = await attempt();
  await attempts.succeed(all);
  return result;
}
