import { insertRows } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Channel, Notification, NotificationDispatch } from './notifications.entity';

export type NotificationStore = ReturnType<typeof createNotificationStore>;

/** What goes out, with what it says. */
export type DueDispatch = Pick<NotificationDispatch, 'id' | 'channel'> & Pick<Notification, 'kind' | 'params'>;

const dispatchColumns = ['id', 'notification_id', 'account_id', 'channel', 'state', 'due_at'];

/** The rows of notifications and of what goes out. Every write belongs inside `transact`. */
export const createNotificationStore = (db: Database) => ({ ...inside(db), ...outside(db) });

function inside(db: Database) {
  return {
    /** @returns false when the account was told already */
    async add(row: Notification): Promise<boolean> {
      const columns = ['id', 'account_id', 'kind', 'dedupe_key', 'params', 'created_at'];
      const into = { table: 'notification', columns, onConflict: { keys: ['account_id', 'dedupe_key'] } };
      const { id, account_id, kind, dedupe_key, params, created_at } = row;
      await insertRows(db, into, [[id, account_id, kind, dedupe_key, params, created_at]]);
      return (await db.query('SELECT id FROM notification WHERE id = ?', [id])).length === 1;
    },

    /** Newest first. */
    async where(conditions: Condition[], limit: number): Promise<Notification[]> {
      const { where, params } = allOf(conditions);
      const sql = `SELECT * FROM notification WHERE ${where} ORDER BY id DESC LIMIT ?`;
      const rows = await db.query<Notification>(sql, [...params, limit]);
      return rows.map((row) => ({ ...row, created_at: toDate(row.created_at), read_at: toDateOrNull(row.read_at) }));
    },

    async unread(accountId: string): Promise<number> {
      const sql = 'SELECT COUNT(*) AS n FROM notification WHERE account_id = ? AND read_at IS NULL';
      const [row] = await db.query<{ n: unknown }>(sql, [accountId]);
      return Number(row?.n);
    },

    /** One, or all that are unread. */
    read: (accountId: string, id?: string) =>
      db.execute(
        `UPDATE notification SET read_at = ? WHERE account_id = ? AND read_at IS NULL${id === undefined ? '' : ' AND id = ?'}`,
        [db.now(), accountId, ...(id === undefined ? [] : [id])],
      ),

    purge: (before: Date) =>
      db.transact(async () => {
        const old = 'notification_id IN (SELECT id FROM notification WHERE created_at < ?)';
        await db.execute(`DELETE FROM notification_dispatch WHERE ${old}`, [before]);
        return db.execute('DELETE FROM notification WHERE created_at < ?', [before]);
      }),
  };
}

function outside(db: Database) {
  return {
    addDispatch: (row: Omit<NotificationDispatch, 'state' | 'sent_at' | 'error'>) =>
      insertRows(db, { table: 'notification_dispatch', columns: dispatchColumns }, [
        [row.id, row.notification_id, row.account_id, row.channel, 'pending', row.due_at],
      ]),

    /** Oldest first. */
    due: (accountId: string, channel: Channel): Promise<DueDispatch[]> =>
      db.query<DueDispatch>(
        `SELECT d.id AS id, d.channel AS channel, n.kind AS kind, n.params AS params
         FROM notification_dispatch d JOIN notification n ON n.id = d.notification_id
         WHERE d.account_id = ? AND d.channel = ? AND d.state = 'pending' AND d.due_at <= ? ORDER BY n.id LIMIT 200`,
        [accountId, channel, db.now()],
      ),

    async sent(ids: string[]): Promise<void> {
      const [condition, ...params] = isIn('id', ids);
      const sql = `UPDATE notification_dispatch SET state = 'sent', sent_at = ?, error = NULL WHERE ${condition}`;
      await db.execute(sql, [db.now(), ...params]);
    },

    failed: (accountId: string, channel: Channel, error: string) =>
      db.execute(
        `UPDATE notification_dispatch SET state = 'failed', error = ?
         WHERE account_id = ? AND channel = ? AND state = 'pending' AND due_at <= ?`,
        [error.slice(0, 255), accountId, channel, db.now()],
      ),
  };
}
