import type { z } from 'zod';
import type { Database } from '../../../db/database';
import { type Refund, refundNotice, type Transaction, transaction } from '../../../pay';
import type { DomainEvents } from '../../kernel/events';
import type { IntentStore } from './intents.store';
import type { PayOutcome } from './notifications.service';
import type { IntentState, PayIntent } from './wechat-pay.entity';

const unknownOrder: PayOutcome = { state: 'parked', reason: 'unknown order' };
const done: PayOutcome = { state: 'done' };

/** Everything from which somebody may still turn out to have paid: also what was closed, for the two may race. */
const unpaid: IntentState[] = ['planned', 'unknown', 'open', 'closed', 'refused'];
const unsettled: IntentState[] = ['planned', 'unknown', 'open'];

interface Deps {
  db: Database;
  store: IntentStore;
  events: Pick<DomainEvents, 'publish'>;
}

export type Outcomes = ReturnType<typeof createOutcomes>;

/** What WeChat Pay says becomes what we know, whether it told us or was asked. Twice the same changes nothing the second time. */
export function createOutcomes({ db, store, events }: Deps) {
  const settledNow = () => ({ error: null, next_look_at: null, settled_at: db.now() });

  async function paid(intent: PayIntent, { transaction_id: provider_id = '' }: Transaction): Promise<void> {
    const change = { ...settledNow(), state: 'done' as const, provider_id };
    if (!(await store.move(intent.id, unpaid, change))) return;
    const { out_trade_no, subject_object, subject_id, amount_fen, currency } = intent;
    const about = { object: subject_object, object_id: subject_id };
    const data = { out_trade_no, transaction_id: provider_id, ...about, amount_fen, currency };
    await events.publish([{ type: 'payment.received', occurred_at: db.now(), data }]);
  }

  /** Another sum or currency than was asked for is never taken for a payment. */
  async function differs(intent: PayIntent, { amount }: Transaction): Promise<PayOutcome | undefined> {
    const { total, currency = intent.currency } = amount ?? {};
    if (total === intent.amount_fen && currency === intent.currency) return undefined;
    const reason = `the amount differs: asked for ${intent.amount_fen} ${intent.currency}, paid ${total ?? '?'} ${currency}`;
    await store.move(intent.id, unpaid, { error: reason.slice(0, 300), next_look_at: null });
    return { state: 'parked', reason };
  }

  async function ofTransaction(news: Transaction): Promise<PayOutcome> {
    const intent = await store.lock(news.out_trade_no);
    if (!intent) return unknownOrder;
    if (hasPaid.has(news.trade_state)) {
      const difference = await differs(intent, news);
      if (difference) return difference;
      await paid(intent, news);
    }
    if (isClosed.has(news.trade_state)) {
      await store.move(intent.id, unsettled, { ...settledNow(), state: 'closed', open_key: null });
    }
    return done;
  }

  async function ofRefund(news: Refund): Promise<PayOutcome> {
    const intent = await store.byNumber('refund', news.out_refund_no);
    if (intent?.out_trade_no !== news.out_trade_no) return unknownOrder;
    if (news.amount.refund !== intent.amount_fen)
      return { state: 'parked', reason: 'the amount of the refund differs' };
    const change = refundChanges[news.status];
    if (!change) return { state: 'parked', reason: `an unknown state of a refund: ${news.status}` };
    const ended = change.state === 'open' ? {} : { ...settledNow(), ...change };
    await store.move(intent.id, [...unsettled, 'abnormal'], { ...change, ...ended, provider_id: news.refund_id });
    return done;
  }

  return {
    ofTransaction: (news: Transaction): Promise<PayOutcome> => db.transact(() => ofTransaction(news)),
    ofRefund: (news: Refund): Promise<PayOutcome> => db.transact(() => ofRefund(news)),
    /** What a notification says of a payment. */
    onTransaction: (message: unknown): Promise<PayOutcome> => read(transaction, message, ofTransaction),
    /** What a notification says of a refund. */
    onRefund: (message: unknown): Promise<PayOutcome> => read(refundNotice, message, ofRefund),
  };
}

const hasPaid: ReadonlySet<string> = new Set(['SUCCESS', 'REFUND']);
const isClosed: ReadonlySet<string> = new Set(['CLOSED', 'REVOKED']);

const refundChanges: Readonly<Record<string, Partial<PayIntent>>> = {
  PROCESSING: { state: 'open' },
  SUCCESS: { state: 'done' },
  CLOSED: { state: 'closed', error: 'CLOSED', open_key: null },
  ABNORMAL: { state: 'abnormal', error: 'ABNORMAL' },
};

async function read<T>(
  schema: z.ZodType<T>,
  message: unknown,
  use: (news: T) => Promise<PayOutcome>,
): Promise<PayOutcome> {
  const parsed = schema.safeParse(message);
  return parsed.success ? use(parsed.data) : { state: 'parked', reason: 'it is not what WeChat Pay promises to send' };
}
