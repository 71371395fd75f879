import type { Context } from 'koa';
import { defineErrors } from '../core/errors';
import { sha256 } from '../core/ids';
import { insertRows } from '../db/bulk';
import type { Database } from '../db/database';
import { isUniqueViolation } from '../jobs/sql';
import type { Viewer } from './permissions';
import type { Route } from './route';

const idempotencyError = defineErrors('idempotency', {
  bad_key: [400, 'An Idempotency-Key has 1 to 200 visible characters'],
  other_body: [422, 'This Idempotency-Key was used with another body'],
});

interface Answer {
  request_hash: string;
  status: number;
  body: string;
}

const table = 'idempotency_key';
const columns = ['key_hash', 'request_hash', 'status', 'body', 'created_at'];

/** Whether a repeated request gets the first answer. */
export const isIdempotent = ({ method, spec }: Route): boolean =>
  method === 'post' && (spec.status === 202 || spec.once === true);

/**
 * A POST that starts something (202), or says so itself, obeys `Idempotency-Key`: key and effect are written in one transaction, so a
 * repeated request gets the first answer and a crash leaves neither or both. Of two at the same time the second waits
 * for the first. A refused request is not remembered and may be sent again.
 */
export function idempotent(db: Database, route: Route): Route['handle'] {
  if (!isIdempotent(route)) return route.handle;
  return async (ctx) => {
    const key = ctx.get('idempotency-key');
    if (key === '') return route.handle(ctx);
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw idempotencyError('bad_key');
    await once(db, route, {
      ctx,
      keyHash: keyHash(ctx, key),
      requestHash: sha256(JSON.stringify(ctx.request.body ?? {})),
    });
  };
}

/** Forgets answers given before `olderThan`; a day is what callers may count on. @returns how many */
export const purgeIdempotencyKeys = (db: Database, olderThan: Date): Promise<number> =>
  db.execute(`DELETE FROM ${table} WHERE created_at < ?`, [olderThan]);

function keyHash(ctx: Context, key: string): string {
  const viewer: Viewer | undefined = ctx.state.viewer;
  return sha256(JSON.stringify([viewer?.kind, viewer?.id, ctx.path, key]));
}

interface Keyed {
  ctx: Context;
  keyHash: string;
  requestHash: string;
}

async function once(db: Database, route: Route, { ctx, keyHash, requestHash }: Keyed): Promise<void> {
  try {
    await db.transact(async () => {
      // The row comes first: whoever brings the same key waits here until this transaction ends.
      await insertRows(db, { table, columns }, [[keyHash, requestHash, 202, '', db.now()]]);
      await route.handle(ctx);
      const body = JSON.stringify(ctx.body ?? null);
      await db.execute(`UPDATE ${table} SET status = ?, body = ? WHERE key_hash = ?`, [ctx.status, body, keyHash]);
    });
  } catch (error) {
    // Only now may the row be read: before, SQLite would show one that is not committed yet.
    const first = isUniqueViolation(error) ? await find(db, keyHash) : undefined;
    if (!first) throw error;
    if (first.request_hash !== requestHash) throw idempotencyError('other_body');
    ctx.set('idempotency-replayed', 'true');
    ctx.status = first.status;
    ctx.body = JSON.parse(first.body);
  }
}

async function find(db: Database, keyHash: string): Promise<Answer | undefined> {
  const [row] = await db.query<Answer>(`SELECT request_hash, status, body FROM ${table} WHERE key_hash = ?`, [keyHash]);
  return row;
}
