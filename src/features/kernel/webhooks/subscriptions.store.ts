import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { DisabledReason, WebhookSubscription } from './webhooks.entity';

/** A subscription; the secrets stay sealed until they sign. */
export interface Subscription extends Omit<WebhookSubscription, 'event_types'> {
  event_types: string[];
}

const columns = [
  'id',
  'url',
  'description',
  'event_types',
  'active',
  'secret',
  'old_secret',
  'old_secret_until',
  'disabled_reason',
  'failing_since',
  'delivered_at',
  'created_by',
  'created_at',
  'updated_at',
  'version',
] as const satisfies (keyof WebhookSubscription)[];

export type SubscriptionStore = ReturnType<typeof createSubscriptionStore>;

/** The rows of `webhook_subscription`. */
export function createSubscriptionStore(db: Database) {
  const where = async (...conditions: Condition[]): Promise<Subscription[]> => {
    const { where, params } = allOf(conditions);
    const sql = `SELECT ${columns.join(', ')} FROM webhook_subscription WHERE ${where} ORDER BY created_at, id`;
    return (await db.query<WebhookSubscription>(sql, params)).map(toSubscription);
  };

  return {
    /** Oldest first. */
    list: () => where(),
    active: () => where(['active = ?', true]),
    createdBy: (actor: string) => where(['created_by = ?', actor]),
    find: async (id: string): Promise<Subscription | undefined> => (await where(['id = ?', id]))[0],

    insert: (row: Subscription) =>
      db.execute(
        `INSERT INTO webhook_subscription (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        columns.map((column): Value => (column === 'event_types' ? row.event_types.join(',') : row[column])),
      ),

    /** @returns false when the version is another by now */
    async change(row: Pick<Subscription, 'id' | 'url' | 'description' | 'event_types' | 'active' | 'version'>) {
      const { url, description, event_types, active, id, version } = row;
      // Somebody looked after it: what was counted against it before counts no more.
      const changed = await db.execute(
        `UPDATE webhook_subscription SET url = ?, description = ?, event_types = ?, active = ?, disabled_reason = NULL,
           failing_since = NULL, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?`,
        [url, description, event_types.join(','), active, db.now(), id, version],
      );
      return changed === 1;
    },

    rotate: (id: string, { secret, old, until }: { secret: string; old: string; until: Date }) =>
      db.execute(
        'UPDATE webhook_subscription SET secret = ?, old_secret = ?, old_secret_until = ?, updated_at = ? WHERE id = ?',
        [secret, old, until, db.now(), id],
      ),

    /** Somebody else has it from now on. */
    give: (id: string, actor: string) =>
      db.execute('UPDATE webhook_subscription SET created_by = ?, updated_at = ?, version = version + 1 WHERE id = ?', [
        ...[actor, db.now(), id],
      ]),

    remove: (id: string) => db.execute('DELETE FROM webhook_subscription WHERE id = ?', [id]),

    succeeded: (id: string) =>
      db.execute('UPDATE webhook_subscription SET failing_since = NULL, delivered_at = ? WHERE id = ?', [db.now(), id]),

    /** @returns since when it has done nothing but fail */
    async failed(id: string): Promise<Date | null> {
      await db.execute('UPDATE webhook_subscription SET failing_since = COALESCE(failing_since, ?) WHERE id = ?', [
        ...[db.now(), id],
      ]);
      const [row] = await where(['id = ?', id]);
      return row?.failing_since ?? null;
    },

    /** @returns false when it was off already */
    async switchOff(id: string, reason: DisabledReason): Promise<boolean> {
      const changed = await db.execute(
        `UPDATE webhook_subscription SET active = ?, disabled_reason = ?, updated_at = ?, version = version + 1
         WHERE id = ? AND active = ?`,
        [false, reason, db.now(), id, true],
      );
      return changed === 1;
    },
  };
}

const toSubscription = (row: WebhookSubscription): Subscription => ({
  ...row,
  event_types: row.event_types.split(','),
  active: Boolean(row.active),
  old_secret_until: toDateOrNull(row.old_secret_until),
  failing_since: toDateOrNull(row.failing_since),
  delivered_at: toDateOrNull(row.delivered_at),
  created_at: toDate(row.created_at),
  updated_at: toDate(row.updated_at),
});
