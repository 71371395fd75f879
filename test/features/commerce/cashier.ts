import { minutes } from '../../../src/core/clock';
import type { Json, SystemAtTest } from '../../support/system';

/** What a payment needs and no test cares about. */
export const aPayment = (id: string, more: object = {}) => ({
  subject: { object: 'receivable', id },
  amount_fen: 100,
  description: '年度会员',
  kind: 'native' as const,
  expires_at: new Date(Date.now() + minutes(30)),
  ...more,
});

/** An order at the bank of which we know nothing. */
export function aStrangersOrder(at: SystemAtTest, out_trade_no: string): void {
  at.sandbox.bank.order({
    ...{ out_trade_no, kind: 'native', description: '?', total: 100 },
    expires_at: new Date(Date.now() + minutes(30)),
    notify_url: `${at.system.url}/callbacks/wechatpay`,
  });
}

/** Everything the bank had to say has been said and handled. */
export async function heard(at: SystemAtTest): Promise<void> {
  await at.sandbox.bank.notices.idle();
  await at.settled();
}

/** Asks as somebody of the finance department. */
export async function finance(at: SystemAtTest) {
  const { token } = await at.system.services.access.issueToken({ name: 'finance', roles: ['finance'] });
  return async (method: 'GET' | 'POST', path: string): Promise<{ status: number; body: Json }> => {
    const headers = { connection: 'close', authorization: `Bearer ${token}` };
    const answer = await fetch(`${at.system.url}/api/v1/${path}`, { method, headers });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
}

/** Whatever is due some time is due now. */
export const letTimePass = (at: SystemAtTest) =>
  at.db.execute('UPDATE pay_intent SET next_look_at = ? WHERE next_look_at IS NOT NULL', [
    new Date(at.db.now().getTime() - 1),
  ]);

/** Whether our books say of every payment and refund what the bank says, and no more. */
export async function books(at: SystemAtTest) {
  const { orders, refunds } = at.sandbox.bank;
  const ours = await at.db.query<Json>("SELECT * FROM pay_intent WHERE action <> 'close'");
  const paid = ours.filter(({ action, state }) => action === 'payment' && state === 'done');
  const given = ours.filter(({ action, state }) => action === 'refund' && state === 'done');
  const line = (number: string, id: unknown, fen: unknown) => `${number} ${id} ${Number(fen)}`;
  return {
    ours: {
      paid: paid.map((row) => line(row.number, row.provider_id, row.amount_fen)).sort(),
      refunded: given.map((row) => line(row.number, row.provider_id, row.amount_fen)).sort(),
    },
    bank: {
      paid: [...orders.values()]
        .filter(({ transaction_id }) => transaction_id !== null)
        .map((order) => line(order.out_trade_no, order.transaction_id, order.total))
        .sort(),
      refunded: [...refunds.values()].map((one) => line(one.out_refund_no, one.refund_id, one.amount)).sort(),
    },
  };
}
