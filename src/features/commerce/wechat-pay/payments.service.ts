import { failpoint } from '../../../core/failpoints';
import type { Database } from '../../../db/database';
import { iso } from '../../../http/schema';
import { isUniqueViolation } from '../../../jobs/sql';
import type { PagePayment, Pay } from '../../../pay';
import type { Asking } from './asking';
import type { IntentStore, PaySubject } from './intents.store';
import type { PayIntent } from './wechat-pay.entity';
import { payError } from './wechat-pay.errors';

export interface PaymentRequest {
  /** What is paid for. It has one payment at a time: the same asked again is the same payment. */
  subject: PaySubject;
  amount_fen: number;
  description: string;
  kind: 'native' | 'jsapi';
  /** Who is to pay, on a page. */
  openid?: string;
  expires_at: Date;
}

export interface RefundRequest {
  /** What it is paid back for: it has one refund. */
  subject: PaySubject;
  out_trade_no: string;
  amount_fen: number;
  reason: string;
}

/** How something stands that was asked of WeChat Pay. */
export interface PayIntentView {
  id: string;
  number: string;
  out_trade_no: string;
  state: PayIntent['state'];
  amount_fen: number;
  /** WeChat Pay's number. */
  provider_id: string | null;
  error: string | null;
  created_at: string;
}

export interface PaymentView extends PayIntentView {
  /** The address inside the QR code; null until it is known, and for a page. */
  code_url: string | null;
  /** What a page hands to WeChat; signed anew each time. */
  page: PagePayment | null;
}

interface Deps {
  db: Database;
  pay: Pick<Pay, 'gateway' | 'missing'>;
  store: IntentStore;
  asking: Asking;
}

export type Payments = ReturnType<typeof createPayments>;

/** Asks for money, gives it back, and takes the question back. Each is written down before WeChat Pay is asked. */
export function createPayments({ db, pay, store, asking }: Deps) {
  function mustBeConfigured(): void {
    if (pay.missing.length > 0) throw payError('not_configured', { missing: pay.missing });
  }

  /** Adds an intent, or finds the one that stands in its place. @returns whether it is new */
  async function plan(find: () => Promise<PayIntent | undefined>, add: () => Promise<PayIntent>) {
    try {
      return await db.transact(async () => {
        const known = await find();
        return known ? { intent: known, isNew: false } : { intent: await add(), isNew: true };
      });
    } catch (error) {
      const known = isUniqueViolation(error) ? await find() : undefined;
      if (!known) throw error;
      return { intent: known, isNew: false };
    }
  }

  /** Asks for what is new, and tells how it stands. */
  async function carryOut({ intent, isNew }: { intent: PayIntent; isNew: boolean }): Promise<PayIntent> {
    failpoint('pay.planned');
    if (isNew || intent.state === 'refused') await asking.ask(intent);
    return (await store.byNumber(intent.action, intent.number)) ?? intent;
  }

  const viewOf = (intent: PayIntent): PaymentView => {
    const { state, kind, prepay } = intent;
    const payable = state === 'open' ? prepay : null;
    return {
      ...plainView(intent),
      code_url: kind === 'native' ? payable : null,
      page: kind === 'jsapi' && payable ? pay.gateway().pagePayment(payable) : null,
    };
  };

  return {
    /** @throws pay.not_configured, bad_amount, bad_order, other_open */
    async createPayment(request: PaymentRequest): Promise<PaymentView> {
      mustBeConfigured();
      check(request, db.now());
      const { subject, amount_fen, description, kind, openid, expires_at } = request;
      const open_key = keyOf('payment', subject);
      // WeChat Pay counts in seconds, and the same order must be the same to the second.
      const wholeSeconds = new Date(Math.floor(expires_at.getTime() / 1000) * 1000);
      const planned = await plan(
        () => store.openOf(open_key),
        () =>
          store.add({
            ...{ action: 'payment', open_key, subject, kind, amount_fen, description },
            ...{ openid, expires_at: wholeSeconds },
          }),
      );
      const { intent } = planned;
      const isSame = intent.amount_fen === amount_fen && intent.kind === kind;
      if (!isSame || (openid && store.openidOf(intent) !== openid)) {
        throw payError('other_open', { out_trade_no: intent.out_trade_no });
      }
      return viewOf(await carryOut(planned));
    },

    /** @throws pay.not_found, not_paid, bad_amount, refund_exceeds, other_open */
    async refund({ subject, out_trade_no, amount_fen, reason }: RefundRequest): Promise<PayIntentView> {
      mustBeConfigured();
      checkAmount(amount_fen);
      const open_key = keyOf('refund', subject);
      const planned = await plan(
        async () => {
          await mustBePaid(await store.lock(out_trade_no));
          return store.openOf(open_key);
        },
        async () => {
          const payment = await store.payment(out_trade_no);
          const refunded = await store.refundedOf(out_trade_no);
          if (refunded + amount_fen > (payment?.amount_fen ?? 0)) throw payError('refund_exceeds', { refunded });
          return store.add({
            ...{ action: 'refund', out_trade_no, open_key, subject, kind: null, amount_fen },
            ...{ description: reason.slice(0, 80), expires_at: null },
          });
        },
      );
      const { intent } = planned;
      if (intent.amount_fen !== amount_fen || intent.out_trade_no !== out_trade_no) {
        throw payError('other_open', { number: intent.number });
      }
      return plainView(await carryOut(planned));
    },

    /** Nobody can pay it any more; what was paid stays paid. @throws pay.not_found, already_paid */
    async close(outTradeNo: string): Promise<PaymentView> {
      mustBeConfigured();
      const payment = await store.payment(outTradeNo);
      if (!payment) throw payError('not_found', { out_trade_no: outTradeNo });
      if (payment.state === 'done') throw payError('already_paid', { out_trade_no: outTradeNo });
      if (payment.state !== 'closed') {
        const subject = { object: payment.subject_object, id: payment.subject_id };
        const { amount_fen, description } = payment;
        const close = { action: 'close', out_trade_no: outTradeNo, open_key: null, subject, kind: null } as const;
        await carryOut(
          await plan(
            () => store.byNumber('close', outTradeNo),
            () => store.add({ ...close, amount_fen, description, expires_at: null }),
          ),
        );
      }
      return viewOf((await store.payment(outTradeNo)) ?? payment);
    },

    /** @throws pay.not_found */
    async payment(outTradeNo: string): Promise<PaymentView> {
      const payment = await store.payment(outTradeNo);
      if (!payment) throw payError('not_found', { out_trade_no: outTradeNo });
      return viewOf(payment);
    },
  };
}

const keyOf = (action: string, { object, id }: PaySubject): string => `${action}:${object}:${id}`;

async function mustBePaid(payment: PayIntent | undefined): Promise<void> {
  if (!payment) throw payError('not_found');
  if (payment.state !== 'done') throw payError('not_paid', { state: payment.state });
}

function checkAmount(fen: number): void {
  if (!Number.isSafeInteger(fen) || fen < 1) throw payError('bad_amount');
}

function check({ amount_fen, description, kind, openid, expires_at }: PaymentRequest, now: Date): void {
  checkAmount(amount_fen);
  const named = description.length > 0 && description.length <= 127;
  const payer = kind === 'native' ? openid === undefined : Boolean(openid);
  if (!named || !payer || expires_at <= now) throw payError('bad_order');
}

const plainView = (intent: PayIntent): PayIntentView => ({
  id: intent.id,
  number: intent.number,
  out_trade_no: intent.out_trade_no,
  state: intent.state,
  amount_fen: intent.amount_fen,
  provider_id: intent.provider_id,
  error: intent.error,
  created_at: iso(intent.created_at),
});
