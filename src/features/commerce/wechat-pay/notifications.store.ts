import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { JobQueue } from '../../../jobs';
import { isUniqueViolation } from '../../../jobs/sql';
import { type PayNotification, PayRefused } from '../../../pay';
import type { NotificationState, PayNotificationRow } from './wechat-pay.entity';

export const notificationJob = 'pay.notification';

const columns = [
  ...['notification_id', 'event_type', 'out_trade_no', 'out_refund_no', 'transaction_id', 'amount_fen', 'sealed'],
  ...['state', 'attempts', 'error', 'received_at', 'handled_at'],
];

const placeOf = (notificationId: string) => ({ table: 'pay_notification', column: 'sealed', id: notificationId });

export type NotificationStore = ReturnType<typeof createNotificationStore>;

export function createNotificationStore({ db, vault, queue }: { db: Database; vault: Vault; queue: JobQueue }) {
  const enqueue = (row: Pick<PayNotificationRow, 'notification_id' | 'out_trade_no'>) =>
    queue.add([
      {
        kind: notificationJob,
        lane: 'event',
        payload: { notification_id: row.notification_id },
        serialKey: `pay:${row.out_trade_no ?? row.notification_id}`,
      },
    ]);

  /** @throws PayRefused when the message was here before, to the byte */
  async function spend(nonce: string): Promise<void> {
    const row = [nonce, db.now()];
    await insertRows(db, { table: 'pay_nonce', columns: ['nonce', 'seen_at'] }, [row]).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new PayRefused('nonce') : error;
    });
  }

  /** @returns false when it is there already */
  async function insert({ id, eventType, plaintext, about }: PayNotification): Promise<boolean> {
    if (await byNumber(id)) return false;
    const { outTradeNo, outRefundNo, transactionId, amountFen } = about;
    const sealed = vault.seal(plaintext, placeOf(id));
    const facts = [id, eventType, outTradeNo, outRefundNo, transactionId, amountFen, sealed];
    try {
      await insertRows(db, { table: 'pay_notification', columns }, [[...facts, 'pending', 0, null, db.now(), null]]);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async function byNumber(notificationId: string): Promise<PayNotificationRow | undefined> {
    const [row] = await db.query<PayNotificationRow>('SELECT * FROM pay_notification WHERE notification_id = ?', [
      notificationId,
    ]);
    return row && toRow(row);
  }

  return {
    byNumber,

    /** Stores it with its job; what is there already is left as it is. @throws PayRefused for a nonce that was used */
    keep: (notification: PayNotification): Promise<void> =>
      db.transact(
        async () => {
          await spend(notification.nonce);
          if (!(await insert(notification))) return;
          await enqueue({ notification_id: notification.id, out_trade_no: notification.about.outTradeNo });
        },
        { urgent: true },
      ),

    async byId(id: number): Promise<PayNotificationRow | undefined> {
      const [row] = await db.query<PayNotificationRow>('SELECT * FROM pay_notification WHERE id = ?', [id]);
      return row && toRow(row);
    },

    /** What it says. */
    open: ({ notification_id, sealed }: PayNotificationRow): unknown =>
      JSON.parse(vault.open(sealed, placeOf(notification_id))),

    /** Settles a pending one, once. @returns false when it was settled already */
    async settle({ id }: Pick<PayNotificationRow, 'id'>, state: NotificationState, error: string | null) {
      const changed = await db.execute(
        `UPDATE pay_notification SET state = ?, error = ?, handled_at = ?, attempts = attempts + 1
         WHERE id = ? AND state = 'pending'`,
        [state, error, db.now(), id],
      );
      return changed === 1;
    },

    /** Back to pending, with a new job. @returns false when it waits already */
    reopen: (row: PayNotificationRow): Promise<boolean> =>
      db.transact(async () => {
        const changed = await db.execute(
          "UPDATE pay_notification SET state = 'pending', error = NULL, handled_at = NULL WHERE id = ? AND state <> 'pending'",
          [row.id],
        );
        if (changed === 1) await enqueue(row);
        return changed === 1;
      }),

    /** Nonces whose time stamps nobody would believe any more. */
    forgetNonces: (before: Date): Promise<number> => db.execute('DELETE FROM pay_nonce WHERE seen_at < ?', [before]),
  };
}

const toRow = (row: PayNotificationRow): PayNotificationRow => ({
  ...row,
  id: Number(row.id),
  amount_fen: row.amount_fen === null ? null : Number(row.amount_fen),
  received_at: toDate(row.received_at),
  handled_at: toDateOrNull(row.handled_at),
});
