import { seconds } from '../../../core/clock';
import { faultText } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Database } from '../../../db/database';
import { type Pay, PayError, PayFault, type PayOrder } from '../../../pay';
import type { IntentStore } from './intents.store';
import type { Outcomes } from './outcomes';
import type { IntentAction, IntentState, PayIntent } from './wechat-pay.entity';

interface Deps {
  db: Database;
  pay: Pick<Pay, 'gateway'>;
  store: IntentStore;
  outcomes: Outcomes;
  /** Where WeChat Pay tells us. */
  notifyUrl(): string;
}

const busy = ['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED'];
const ended = ['ORDER_PAID', 'ORDERPAID', 'ORDER_CLOSED'];
/** Refusals that say how something stands, or nothing at all: a look tells what. */
const lookedUp: Record<IntentAction, readonly string[]> = {
  payment: [...busy, ...ended, 'OUT_TRADE_NO_USED'],
  refund: busy,
  close: [...busy, ...ended, 'ORDER_NOT_EXIST'],
};
const notHeard: IntentState[] = ['planned', 'unknown'];
const soonMs = seconds(5);

export type Asking = ReturnType<typeof createAsking>;

/**
 * Asks WeChat Pay for what an intent says and writes down the answer. Asking for the same intent again is asking under the
 * same number, which is one order or refund to WeChat Pay; it is done only after a look has shown that this is needed.
 */
export function createAsking({ db, pay, store, outcomes, notifyUrl }: Deps) {
  const orderOf = (intent: PayIntent): PayOrder => ({
    outTradeNo: intent.number,
    description: intent.description,
    amountFen: intent.amount_fen,
    expiresAt: intent.expires_at as Date,
    notifyUrl: notifyUrl(),
  });

  async function forPayment(intent: PayIntent): Promise<void> {
    const gateway = pay.gateway();
    const order = orderOf(intent);
    const prepay =
      intent.kind === 'native' ? await gateway.native(order) : await gateway.jsapi(order, store.openidOf(intent));
    failpoint('pay.prepaid');
    const nextLookAt = new Date(db.now().getTime() + seconds(60));
    await store.move(intent.id, notHeard, { state: 'open', prepay, error: null, next_look_at: nextLookAt });
  }

  async function forRefund(intent: PayIntent): Promise<void> {
    const payment = (await store.payment(intent.out_trade_no)) as PayIntent;
    const refund = await pay.gateway().refund({
      outTradeNo: intent.out_trade_no,
      outRefundNo: intent.number,
      amountFen: intent.amount_fen,
      totalFen: payment.amount_fen,
      reason: intent.description,
      notifyUrl: notifyUrl(),
    });
    failpoint('pay.refund-accepted');
    await outcomes.ofRefund(refund);
  }

  /** What follows from it is asked for: somebody may have paid in the last moment. */
  async function forClose(intent: PayIntent): Promise<void> {
    await pay.gateway().close(intent.number);
    failpoint('pay.closed');
    const found = await pay.gateway().query(intent.number);
    if (found) await outcomes.ofTransaction(found);
    await closingEnds(intent);
  }

  /** A close ends with its payment: closed, or paid after all. */
  function closingEnds(intent: PayIntent): Promise<void> {
    return db.transact(async () => {
      const payment = await store.payment(intent.number);
      if (payment?.state !== 'closed' && payment?.state !== 'done') return;
      const end = payment.state === 'closed' ? { state: 'done' as const, error: null } : tooLate;
      await store.move(intent.id, [...notHeard, 'refused'], { ...end, next_look_at: null, settled_at: db.now() });
    });
  }

  const ways = { payment: forPayment, refund: forRefund, close: forClose };

  /** No, for certain; or nobody knows, and somebody looks soon. */
  async function settleFault(intent: PayIntent, fault: PayFault): Promise<void> {
    const code = fault instanceof PayError ? fault.code : faultText(fault).slice(0, 300);
    if (fault.nothingDone && !lookedUp[intent.action].includes(code)) {
      const end = { state: 'refused' as const, error: code, open_key: null, next_look_at: null, settled_at: db.now() };
      await store.move(intent.id, notHeard, end);
      return;
    }
    const nextLookAt = new Date(db.now().getTime() + soonMs);
    await store.move(intent.id, notHeard, { state: 'unknown', error: code, next_look_at: nextLookAt });
  }

  return {
    closingEnds,

    /** @returns whether WeChat Pay answered; the intent says what. Only faults of WeChat Pay are caught */
    async ask(intent: PayIntent): Promise<boolean> {
      try {
        await ways[intent.action](intent);
        return true;
      } catch (error) {
        if (!(error instanceof PayFault)) throw error;
        await settleFault(intent, error);
        return false;
      }
    },
  };
}

const tooLate = { state: 'refused' as const, error: 'ORDER_PAID' };
