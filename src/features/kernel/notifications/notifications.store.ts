import { insertRows } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Channel, Notification, NotificationDispatch } from './notifications.entity';
import type { Params } from './render';

export type NotificationStore = ReturnType<typeof createNotificationStore>;

/** What goes out, with what it says. */
export type DueDispatch = Pick<NotificationDispatch, 'id' | 'notification_id' | 'channel'> &
  Pick<Notification, 'kind' | 'params' | 'count'>;

const dispatchColumns = ['id', 'notification_id', 'account_id', 'channel', 'state', 'due_at'];

/** The rows of notifications and of what goes out. Every write belongs inside `transact`. */
export const createNotificationStore = (db: Database) => ({ ...inside(db), ...grouped(db), ...outside(db) });

function inside(db: Database) {
  return {
    /** @returns false when the account was told already */
    async add(row: Notification): Promise<boolean> {
      const columns = ['id', 'account_id', 'kind', 'dedupe_key', 'params', 'created_at', 'group_key', 'count'];
      const into = { table: 'notification', columns, onConflict: { keys: ['account_id', 'dedupe_key'] } };
      const { id, account_id, kind, dedupe_key, params, created_at, group_key, count } = row;
      await insertRows(db, into, [[id, account_id, kind, dedupe_key, params, created_at, group_key, count]]);
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

function grouped(db: Database) {
  return {
    /** The newest of a group. */
    async lastOf(accountId: string, groupKey: string): Promise<Pick<Notification, 'id' | 'created_at'> | undefined> {
      const [row] = await db.query<Notification>(
        'SELECT id, created_at FROM notification WHERE account_id = ? AND group_key = ? ORDER BY id DESC LIMIT 1',
        [accountId, groupKey],
      );
      return row && { id: row.id, created_at: toDate(row.created_at) };
    },

    /** It is news again. */
    oneMore: (id: string) => db.execute('UPDATE notification SET count = count + 1, read_at = NULL WHERE id = ?', [id]),

    async paramsOf(id: string): Promise<Params> {
      const [row] = await db.query<Notification>('SELECT params FROM notification WHERE id = ?', [id]);
      return JSON.parse(row?.params ?? '{}');
    },

    say: (id: string, params: Params) =>
      db.execute('UPDATE notification SET params = ? WHERE id = ?', [JSON.stringify(params), id]),
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
        `SELECT d.id AS id, d.notification_id AS notification_id, d.channel AS channel, n.kind AS kind,
           n.params AS params, n.count AS count
         FROM notification_dispatch d JOIN notification n ON n.id = d.notification_id
         WHERE d.account_id = ? AND d.channel = ? AND d.state = 'pending' AND d.due_at <= ? ORDER BY n.id LIMIT 200`,
        [accountId, channel, db.now()],
      ),

    /** @returns those that stand for more by now than was said, as they are now */
    async sent(told: readonly DueDispatch[]): Promise<Notification[]> {
      const [isTold, ...ids] = isIn(
        'id',
        told.map(({ notification_id }) => notification_id),
      );
      // Whoever counts one more now has to wait, and then finds it sent.
      await db.execute(`UPDATE notification SET count = count WHERE ${isTold}`, ids);
      const [condition, ...params] = isIn(
        'id',
        told.map(({ id }) => id),
      );
      const sql = `UPDATE notification_dispatch SET state = 'sent', sent_at = ?, error = NULL WHERE ${condition}`;
      await db.execute(sql, [db.now(), ...params]);
      const rows = await db.query<Notification>(`SELECT * FROM notification WHERE ${isTold}`, ids);
      const said = new Map(told.map(({ notification_id, count }) => [notification_id, count]));
      return rows.filter(({ id, count }) => (count ?? 0) > (said.get(id) ?? 0));
    },

    /** Out once more, or sooner. @returns false when it goes out by then anyway */
    async again(notificationId: string, channel: Channel, due: Date): Promise<boolean> {
      const sql = `UPDATE notification_dispatch SET state = 'pending', due_at = ?, error = NULL
        WHERE notification_id = ? AND channel = ? AND (state <> 'pending' OR due_at > ?)`;
      return (await db.execute(sql, [due, notificationId, channel, due])) > 0;
    },

    failed: (accountId: string, channel: Channel, error: string) =>
      db.execute(
        `UPDATE notification_dispatch SET state = 'failed', error = ?
         WHERE account_id = ? AND channel = ? AND state = 'pending' AND due_at <= ?`,
        [error.slice(0, 255), accountId, channel, db.now()],
      ),
  };
}
