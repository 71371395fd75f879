import type { z } from 'zod';
import { faultText } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf, given } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { JobHandler } from '../../../jobs';
import { type NotificationStore, notificationJob } from './notifications.store';
import type { PayNotificationRow } from './wechat-pay.entity';
import { payError } from './wechat-pay.errors';
import type { NotificationQuery, notificationView } from './wechat-pay.schema';

type View = z.input<typeof notificationView>;

/** What became of a notification: nothing more to do, or why it waits for a person. */
export type PayOutcome = { state: 'done' } | { state: 'ignored' | 'parked'; reason: string };

/** What the callbacks folder makes of a notification; runs inside the transaction that settles it. */
export type PayReact = (eventType: string, message: unknown) => Promise<PayOutcome>;

interface Deps {
  db: Database;
  store: NotificationStore;
  audit: { record(entry: { actor: string; action: string; target: string; result: 'ok' }): Promise<void> };
  logger: Logger;
}

export type PayNotifications = ReturnType<typeof createPayNotifications>;

/** What WeChat Pay told us: handled once each, seen, and handled again when somebody asks for it. */
export function createPayNotifications({ db, store, audit, logger }: Deps) {
  async function find(id: number): Promise<PayNotificationRow> {
    const row = await store.byId(id);
    if (!row) throw payError('notification_not_found', { id });
    return row;
  }

  return {
    /** Newest first. */
    async list({ limit, cursor, state, event_type, out_trade_no }: NotificationQuery): Promise<Page<View>> {
      const { where, params } = allOf(
        given([
          ['state = ?', state],
          ['event_type = ?', event_type],
          ['out_trade_no = ?', out_trade_no],
          ['id < ?', cursor === undefined ? undefined : counterIn(cursor)],
        ]),
      );
      const rows = await db.query<PayNotificationRow>(
        `SELECT * FROM pay_notification WHERE ${where} ORDER BY id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      return toPage(rows, limit, (row) => [Number(row.id)], viewOf);
    },

    /** Handles one again; what it did already is not done twice. @throws pay.notification_not_found, still_pending */
    async replay(id: number, viewer: Viewer): Promise<View> {
      const row = await find(id);
      await db.transact(async () => {
        if (!(await store.reopen(row))) throw payError('still_pending', { id });
        const target = `pay_notification:${id}`;
        await audit.record({ actor: actorOf(viewer), action: 'pay_notification.replayed', target, result: 'ok' });
      });
      return viewOf(await find(id));
    },

    /** Effect, state of the notification and end of the job are one transaction. */
    handler: (react: PayReact): JobHandler => ({
      kind: notificationJob,
      async handle(job) {
        const row = await store.byNumber(String(job.payload.notification_id));
        if (row?.state !== 'pending') return;
        const message = store.open(row);
        await job.commit(async () => {
          const outcome = await react(row.event_type, message);
          await store.settle(row, outcome.state, 'reason' in outcome ? outcome.reason : null);
        });
      },
      async onParked(payload, error) {
        const row = await store.byNumber(String(payload.notification_id));
        if (!row) return;
        await store.settle(row, 'parked', faultText(error).slice(0, 1000));
        logger.error('a payment notification is parked after its last try', { pay_notification: row.id, error });
      },
    }),
  };
}

const viewOf = (row: PayNotificationRow): View => ({
  id: Number(row.id),
  notification_id: row.notification_id,
  event_type: row.event_type,
  out_trade_no: row.out_trade_no,
  out_refund_no: row.out_refund_no,
  transaction_id: row.transaction_id,
  amount_fen: row.amount_fen === null ? null : Number(row.amount_fen),
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  received_at: iso(toDate(row.received_at)),
  handled_at: isoOrNull(toDateOrNull(row.handled_at)),
});
