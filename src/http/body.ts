import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { httpError } from './errors';

const mostBytes = '1mb';
const deepest = 32;

const readJson = bodyParser({
  enableTypes: ['json'],
  extendTypes: { json: ['application/json'] },
  parsedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  jsonLimit: mostBytes,
  onError: refuse,
});

/**
 * Reads a JSON body of at most 1 MB, unpacked, and 32 levels (S20).
 * @throws http.unsupported_type, too_large, bad_request
 */
export const jsonBody: Middleware = async (ctx, next) => {
  if (hasBody(ctx) && !ctx.is('application/json')) throw httpError('unsupported_type');
  await readJson(ctx, async () => {
    if (isDeeper(ctx.request.body, deepest)) throw httpError('bad_request');
    await next();
  });
};

const hasBody = (ctx: Context): boolean =>
  ctx.get('transfer-encoding') !== '' || Number(ctx.get('content-length') || 0) > 0;

function refuse(error: Error, ctx: Context): never {
  const status = 'status' in error ? error.status : undefined;
  // What was not read would have to be read before the next request on this connection.
  ctx.set('connection', 'close');
  if (status === 413) throw httpError('too_large');
  if (status === 415) throw httpError('unsupported_type');
  throw httpError('bad_request');
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
