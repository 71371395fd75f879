import { inChunks, insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import type { DeliveryState, WebhookAttempt, WebhookDelivery, WebhookEvent } from './webhooks.entity';

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

const shown = `id, subscription_id, event_id, event_type, state, attempts, status, error, next_at, finished_at,
  created_at`;
const purgeChunk = 1000;
/** Old rows, and what hangs on them first. */
const purgeOrder = [
  { table: 'webhook_attempt', key: 'delivery_id' },
  { table: 'webhook_delivery', key: 'id' },
] as const;

/** The rows of events, deliveries and tries. Every write belongs inside `transact`. */
export const createDeliveryStore = (db: Database) => ({ ...reads(db), ...additions(db), ...outcomes(db) });

function reads(db: Database) {
  const where = async (conditions: Condition[], limit: number): Promise<WebhookDelivery[]> => {
    const { where, params } = allOf(conditions);
    const sql = `SELECT ${shown} FROM webhook_delivery WHERE ${where} ORDER BY id DESC LIMIT ?`;
    return (await db.query<WebhookDelivery>(sql, [...params, limit])).map(toDelivery);
  };
  return {
    /** Newest first. */
    where,

    find: async (id: string): Promise<WebhookDelivery | undefined> => (await where([['id = ?', id]], 1))[0],

    async event(id: string): Promise<WebhookEvent | undefined> {
      const [row] = await db.query<WebhookEvent>('SELECT * FROM webhook_event WHERE id = ?', [id]);
      return row && { ...row, occurred_at: toDate(row.occurred_at), created_at: toDate(row.created_at) };
    },

    /** Oldest first. */
    async attempts(deliveryId: string): Promise<WebhookAttempt[]> {
      const sql = 'SELECT * FROM webhook_attempt WHERE delivery_id = ? ORDER BY id';
      return (await db.query<WebhookAttempt>(sql, [deliveryId])).map((row) => ({ ...row, at: toDate(row.at) }));
    },
  };
}

function additions(db: Database) {
  return {
    addEvents: (rows: WebhookEvent[]) =>
      insertRows(
        db,
        { table: 'webhook_event', columns: ['id', 'type', 'occurred_at', 'created_at', 'payload'] },
        rows.map((row) => [row.id, row.type, row.occurred_at, row.created_at, row.payload]),
      ),

    addDeliveries: (rows: Pick<WebhookDelivery, 'id' | 'subscription_id' | 'event_id' | 'event_type'>[]) =>
      insertRows(
        db,
        {
          table: 'webhook_delivery',
          columns: ['id', 'subscription_id', 'event_id', 'event_type', 'state', 'attempts', 'next_at', 'created_at'],
        },
        rows.map((row) => [
          ...[row.id, row.subscription_id, row.event_id, row.event_type, 'pending', 0],
          ...[db.now(), db.now()],
        ]),
      ),

    addAttempt: (row: Omit<WebhookAttempt, 'id'>) =>
      insertRows(
        db,
        { table: 'webhook_attempt', columns: ['delivery_id', 'at', 'status', 'duration_ms', 'error', 'response'] },
        [[row.delivery_id, row.at, row.status, row.duration_ms, row.error, row.response]],
      ),
  };
}

function outcomes(db: Database) {
  return {
    finish: (id: string, state: Exclude<DeliveryState, 'pending'>, error: string | null, status: number | null) =>
      db.execute(
        `UPDATE webhook_delivery SET state = ?, error = ?, status = ?, attempts = attempts + 1, next_at = NULL,
           finished_at = ? WHERE id = ?`,
        [state, error, status, db.now(), id],
      ),

    /** Ends it without a try. */
    giveUp: (id: string, error: string) =>
      db.execute(
        "UPDATE webhook_delivery SET state = 'failed', error = ?, next_at = NULL, finished_at = ? WHERE id = ?",
        [error, db.now(), id],
      ),

    tryAgain: (id: string, nextAt: Date, error: string | null, status: number | null) =>
      db.execute(
        'UPDATE webhook_delivery SET error = ?, status = ?, attempts = attempts + 1, next_at = ? WHERE id = ?',
        [error, status, nextAt, id],
      ),

    /** Back to the start; the log of tries stays. */
    reset: (ids: string[]) =>
      inChunks(ids, async (chunk) => {
        const set = "state = 'pending', attempts = 0, finished_at = NULL, next_at = ?";
        const sql = `UPDATE webhook_delivery SET ${set} WHERE id IN (${placeholders(chunk.length)})`;
        return [await db.execute(sql, [db.now(), ...chunk])];
      }),

    /** Deletes what is older, in chunks. @returns how many deliveries */
    async purge(before: Date): Promise<number> {
      for (let purged = 0; ; ) {
        const sql = 'SELECT id FROM webhook_delivery WHERE created_at < ? LIMIT ?';
        const ids = (await db.query<{ id: string }>(sql, [before, purgeChunk])).map(({ id }) => id);
        if (ids.length === 0) {
          await db.execute('DELETE FROM webhook_event WHERE created_at < ?', [before]);
          return purged;
        }
        await db.transact(async () => {
          for (const { table, key } of purgeOrder) {
            await db.execute(`DELETE FROM ${table} WHERE ${key} IN (${placeholders(ids.length)})`, ids);
          }
        });
        purged += ids.length;
      }
    },
  };
}

const toDelivery = (row: WebhookDelivery): WebhookDelivery => ({
  ...row,
  next_at: toDateOrNull(row.next_at),
  finished_at: toDateOrNull(row.finished_at),
  created_at: toDate(row.created_at),
});
