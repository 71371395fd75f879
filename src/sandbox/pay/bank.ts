import type { SandboxClock } from '../clock';
import { NotPossible } from '../control/support';
import { merchantSettings } from './keys';
import type { PayAttack, PayNotices } from './notices';

export type OrderState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';

/** An order as the bank holds it. */
export interface BankOrder {
  out_trade_no: string;
  kind: 'native' | 'jsapi';
  description: string;
  total: number;
  openid: string;
  expires_at: Date;
  notify_url: string;
  /** What the payer's app is given. */
  prepay: string;
  state: OrderState;
  transaction_id: string | null;
  paid_at: Date | null;
  made_at: Date;
}

export interface BankRefund {
  out_refund_no: string;
  out_trade_no: string;
  refund_id: string;
  amount: number;
  total: number;
  status: 'SUCCESS';
  done_at: Date;
}

/** The bank refuses; the code is WeChat Pay's. */
export class BankRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export type NewOrder = Pick<
  BankOrder,
  'out_trade_no' | 'kind' | 'description' | 'total' | 'expires_at' | 'notify_url'
> & {
  openid?: string;
};
export type NewRefund = Pick<BankRefund, 'out_refund_no' | 'out_trade_no' | 'amount' | 'total'> & {
  notify_url: string;
};

export type Bank = ReturnType<typeof createBank>;

/** What the pretend WeChat Pay holds: the truth that our books are compared with. */
export function createBank({ clock, notices }: { clock: SandboxClock; notices: PayNotices }) {
  const orders = new Map<string, BankOrder>();
  const refunds = new Map<string, BankRefund>();

  function mustOrder(number: string): BankOrder {
    const order = orders.get(number);
    if (!order) throw new BankRefusal(404, 'ORDER_NOT_EXIST');
    return order;
  }

  const refundedOf = (number: string): number =>
    [...refunds.values()].filter((one) => one.out_trade_no === number).reduce((sum, one) => sum + one.amount, 0);

  return {
    orders: orders as ReadonlyMap<string, BankOrder>,
    refunds: refunds as ReadonlyMap<string, BankRefund>,
    notices,

    /** The same order twice is one; another order under the same number is refused. */
    order(wanted: NewOrder): BankOrder {
      const known = orders.get(wanted.out_trade_no);
      if (known) return again(known, wanted);
      const serial = String(orders.size + 1).padStart(8, '0');
      const order: BankOrder = {
        openid: `oSANDBOX${'0'.repeat(12)}${serial}`,
        ...wanted,
        prepay: `demo${serial}`,
        made_at: clock.now(),
        ...{ state: 'NOTPAY', transaction_id: null, paid_at: null },
      };
      orders.set(order.out_trade_no, order);
      return order;
    },

    find: mustOrder,

    close(number: string): void {
      const order = mustOrder(number);
      if (order.state === 'SUCCESS' || order.state === 'REFUND') throw new BankRefusal(400, 'ORDER_PAID');
      order.state = 'CLOSED';
    },

    refund({ notify_url, ...wanted }: NewRefund): BankRefund {
      const order = mustOrder(wanted.out_trade_no);
      const known = refunds.get(wanted.out_refund_no);
      if (known) {
        if (known.amount !== wanted.amount) throw new BankRefusal(400, 'INVALID_REQUEST');
        return known;
      }
      if (order.transaction_id === null || wanted.total !== order.total) throw new BankRefusal(400, 'INVALID_REQUEST');
      if (refundedOf(order.out_trade_no) + wanted.amount > order.total) throw new BankRefusal(403, 'NOT_ENOUGH');
      const refund_id = `5030000000${String(refunds.size + 1).padStart(18, '0')}`;
      const refund: BankRefund = { ...wanted, refund_id, status: 'SUCCESS', done_at: clock.now() };
      refunds.set(refund.out_refund_no, refund);
      order.state = 'REFUND';
      notices.tell({
        ...{ event: 'REFUND.SUCCESS', summary: '退款成功', url: notify_url },
        ...{ type: 'refund', contents: refundNotice(refund, order) },
      });
      return refund;
    },

    findRefund(number: string): BankRefund {
      const refund = refunds.get(number);
      if (!refund) throw new BankRefusal(404, 'RESOURCE_NOT_EXISTS');
      return refund;
    },

    /** Somebody tells the merchant that an order was paid, and lies. @returns the status it was answered with */
    attack(number: string, how: PayAttack): Promise<number | undefined> {
      const order = mustOrder(number);
      const { transaction_id, paid_at } = order;
      const claim = { transaction_id: transaction_id ?? `42${'9'.repeat(26)}`, paid_at: paid_at ?? clock.now() };
      return notices.attack(paymentNotice({ ...order, ...claim, state: 'SUCCESS' }), how);
    },

    /** Orders that somebody could have paid since then, and did not yet. */
    waitingSince: (at: Date): BankOrder[] =>
      [...orders.values()].filter(
        ({ state, made_at, expires_at }) => state === 'NOTPAY' && made_at <= at && expires_at > clock.now(),
      ),

    /** Somebody pays. The merchant is told `times` times at once; `silent`: never. @throws NotPossible */
    pay({ out_trade_no, silent = false, times = 1 }: { out_trade_no: string; silent?: boolean; times?: number }) {
      const order = orders.get(out_trade_no);
      if (!order) throw new NotPossible(`No order ${out_trade_no}`);
      if (order.state !== 'NOTPAY') throw new NotPossible(`The order ${out_trade_no} is ${order.state}`);
      if (order.expires_at <= clock.now()) throw new NotPossible(`The order ${out_trade_no} has expired`);
      order.state = 'SUCCESS';
      order.transaction_id = `4200000000${String([...orders.keys()].indexOf(out_trade_no) + 1).padStart(18, '0')}`;
      order.paid_at = clock.now();
      if (!silent) notices.tell(paymentNotice(order), times);
      return { transaction_id: order.transaction_id };
    },
  };
}

function again(known: BankOrder, wanted: NewOrder): BankOrder {
  if (known.state === 'CLOSED') throw new BankRefusal(400, 'ORDER_CLOSED');
  if (known.state !== 'NOTPAY') throw new BankRefusal(400, 'ORDER_PAID');
  if (!isSame(known, wanted)) throw new BankRefusal(403, 'OUT_TRADE_NO_USED');
  return known;
}

const isSame = (known: BankOrder, wanted: NewOrder): boolean =>
  known.kind === wanted.kind &&
  known.total === wanted.total &&
  known.description === wanted.description &&
  known.expires_at.getTime() === wanted.expires_at.getTime() &&
  (wanted.openid === undefined || known.openid === wanted.openid);

/** What the bank says of an order, asked or not. */
export const orderView = (order: BankOrder): object => ({
  appid: merchantSettings.appId,
  mchid: merchantSettings.mchId,
  out_trade_no: order.out_trade_no,
  trade_state: order.state,
  trade_state_desc: order.state,
  ...(order.transaction_id === null
    ? {}
    : {
        transaction_id: order.transaction_id,
        trade_type: order.kind.toUpperCase(),
        bank_type: 'OTHERS',
        success_time: order.paid_at?.toISOString(),
        payer: { openid: order.openid },
        amount: { total: order.total, payer_total: order.total, currency: 'CNY', payer_currency: 'CNY' },
      }),
});

const paymentNotice = (order: BankOrder) => ({
  ...{ event: 'TRANSACTION.SUCCESS', summary: '支付成功', url: order.notify_url },
  ...{ type: 'transaction' as const, contents: orderView(order) },
});

const refundFacts = ({ out_trade_no, out_refund_no, refund_id, amount, total, done_at }: BankRefund) => ({
  ...{ out_trade_no, out_refund_no, refund_id },
  success_time: done_at.toISOString(),
  user_received_account: '支付用户零钱',
  amount: { total, refund: amount, payer_total: total, payer_refund: amount },
});

export const refundView = (refund: BankRefund, status: string): object => ({
  ...refundFacts(refund),
  ...{ status, channel: 'ORIGINAL' },
});

const refundNotice = (refund: BankRefund, order: BankOrder): object => ({
  ...refundFacts(refund),
  ...{ mchid: merchantSettings.mchId, transaction_id: order.transaction_id, refund_status: 'SUCCESS' },
});
