import { inspect } from 'node:util';
import { minutes, seconds, shanghaiDay } from '../../../src/core/clock';
import { type Json, useSystem } from '../../support/system';
import { aPayment, books, heard, letTimePass } from './cashier';
import { Killed, processOn } from './mortal';

const system = useSystem({ merchant: true, staff: 2, externalContacts: 2, groupChats: 0, leavers: 0 });

const wechatPay = () => system.at.system.services.wechatPay;
const payments = () => wechatPay().payments;
const stateOf = async (number: string) => (await payments().payment(number)).state;

/** Looks as often as it takes for nothing to be open that could be known. */
async function sweeps(times = 3): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await letTimePass(system.at);
    await wechatPay().following.sweep();
  }
  await heard(system.at);
}

async function intentsOf(id: string): Promise<Json[]> {
  return system.at.db.query<Json>("SELECT * FROM pay_intent WHERE subject_id = ? AND action <> 'close'", [id]);
}

const ordersOf = (rows: Json[]) => rows.filter(({ number }) => system.at.sandbox.bank.orders.has(number)).length;

const told: Json[] = [];
beforeAll(() => {
  system.at.system.services.events.listen({
    wanted: async (types) => types.filter((type) => type === 'payment.received'),
    hear: async (events) => void told.push(...events.map(({ data }) => data)),
  });
});
beforeEach(() => system.at.sandbox.faults.clear());
afterEach(async () => {
  const { ours, bank } = await books(system.at);
  expect(ours).toEqual(bank);
  expect(new Set(told.map(({ out_trade_no }) => out_trade_no)).size).toBe(told.length);
});

/** A customer of a shop whose server may die at any step. */
async function buys(id: string, diesAt: number): Promise<boolean> {
  const { at } = system;
  const shop = processOn(at, { diesAt });
  const refund = { subject: { object: 'refund', id }, amount_fen: 40, reason: '退差价' };
  try {
    const { out_trade_no } = await shop.payments.createPayment(aPayment(id));
    at.sandbox.control.pay({ out_trade_no, silent: true });
    await letTimePass(at);
    await shop.following.sweep();
    await shop.payments.refund({ ...refund, out_trade_no });
    const second = await shop.payments.createPayment(aPayment(`${id} taken back`));
    await shop.payments.close(second.out_trade_no);
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  } finally {
    await shop.end();
  }
}

/** The same by somebody who did not notice that the server was away: everything once more, from the start. */
async function buysAgain(id: string): Promise<void> {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment(id));
  await sweeps();
  if (at.sandbox.bank.orders.get(out_trade_no)?.state === 'NOTPAY') at.sandbox.control.pay({ out_trade_no });
  await heard(at);
  const refund = { subject: { object: 'refund', id }, out_trade_no, amount_fen: 40, reason: '退差价' };
  await payments().refund(refund);
  const second = await payments().createPayment(aPayment(`${id} taken back`));
  await payments().close(second.out_trade_no);
  await sweeps();
}

test('E3 F1 killed between any two steps, our books are those of the bank, and nobody pays twice', async () => {
  const { at } = system;
  let kills = 0;
  for (let diesAt = 1; !(await buys(`killed ${diesAt}`, diesAt)); diesAt += 1) {
    const id = `killed ${diesAt}`;
    kills += 1;
    await sweeps();
    await buysAgain(id);
    const rows = await intentsOf(id);
    expect(rows.map(({ action, state }) => `${action} ${state}`).sort()).toEqual(['payment done', 'refund done']);
    expect(ordersOf(rows)).toBe(1);
    expect((await books(at)).ours).toEqual((await books(at)).bank);
  }
  await sweeps();
  expect(kills).toBeGreaterThan(40);
  const open = [...at.sandbox.bank.orders.values()].filter(({ state }) => state === 'NOTPAY');
  const known = await at.db.query<Json>("SELECT number FROM pay_intent WHERE action = 'payment' AND state = 'open'");
  expect(open.map(({ out_trade_no }) => out_trade_no).sort()).toEqual(known.map(({ number }) => number).sort());
}, 120_000);

const silences = ['lost', 'reset', 'hang', 'httpError', 'busy'] as const;

test.each(silences)('E3 a prepay whose answer nobody heard (%s) is looked up, and is one order', async (fault) => {
  const { at } = system;
  const shop = processOn(at, { patienceMs: 300 });
  at.sandbox.faults.set(fault, { only: ['pay/native'], count: 1 });
  const before = at.sandbox.ledger.calls['pay/native'] ?? 0;
  const asked = await shop.payments.createPayment(aPayment(`silent ${fault}`));
  await shop.end();
  expect(asked).toMatchObject({ state: 'unknown', code_url: null });
  expect(at.sandbox.ledger.calls['pay/native']).toBe(before + 1);
  // Asked again for the same thing, it is not repeated blindly.
  expect(await payments().createPayment(aPayment(`silent ${fault}`))).toMatchObject({ id: asked.id, state: 'unknown' });
  expect(at.sandbox.ledger.calls['pay/native']).toBe(before + 1);
  const looks = at.sandbox.ledger.calls['pay/query'] ?? 0;
  await sweeps(1);
  expect(at.sandbox.ledger.calls['pay/query']).toBeGreaterThan(looks);
  const { state, code_url } = await payments().payment(asked.out_trade_no);
  expect({ state, code_url }).toEqual({ state: 'open', code_url: expect.stringMatching(/^weixin:/) });
  at.sandbox.control.pay({ out_trade_no: asked.out_trade_no });
  await heard(at);
  expect(await stateOf(asked.out_trade_no)).toBe('done');
});

test.each(silences)('E3 a refund whose answer nobody heard (%s) is looked up, and paid back once', async (fault) => {
  const { at } = system;
  const { out_trade_no } = await paidPayment(`refund ${fault}`);
  const shop = processOn(at, { patienceMs: 300 });
  at.sandbox.faults.set(fault, { only: ['pay/refund'], count: 1 });
  at.sandbox.faults.set('drop', { only: ['REFUND.SUCCESS'] });
  const subject = { object: 'refund', id: `refund ${fault}` };
  const asked = await shop.payments.refund({ subject, out_trade_no, amount_fen: 100, reason: '退货' });
  await shop.end();
  expect(asked.state).toBe('unknown');
  await sweeps();
  const rows = await intentsOf(`refund ${fault}`);
  expect(rows.find(({ action }) => action === 'refund')).toMatchObject({ state: 'done', number: asked.number });
});

async function paidPayment(id: string, more: object = {}) {
  const { at } = system;
  const payment = await payments().createPayment(aPayment(id, more));
  at.sandbox.control.pay({ out_trade_no: payment.out_trade_no });
  await heard(at);
  return payment;
}

test('E3 a close whose answer nobody heard is looked up', async () => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment('close unheard'));
  at.sandbox.faults.set('reset', { only: ['pay/close'], count: 1 });
  expect((await payments().close(out_trade_no)).state).toBe('open');
  await sweeps(1);
  expect(await stateOf(out_trade_no)).toBe('closed');
});

test('E3 a payment of which no notification tells is found by asking, and told once', async () => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment('lost notice'));
  at.sandbox.faults.set('drop', { only: ['TRANSACTION.SUCCESS'] });
  at.sandbox.control.pay({ out_trade_no });
  await heard(at);
  expect(await stateOf(out_trade_no)).toBe('open');
  await sweeps();
  expect(await stateOf(out_trade_no)).toBe('done');
  const { transaction_id } = at.sandbox.bank.orders.get(out_trade_no) ?? {};
  expect(told.filter((one) => one.out_trade_no === out_trade_no)).toEqual([
    {
      ...{ out_trade_no, transaction_id, object: 'receivable', object_id: 'lost notice' },
      ...{ amount_fen: 100, currency: 'CNY' },
    },
  ]);
});

test('FIN-03 the same asked five times at once is one order; something else for it has to wait', async () => {
  const { at } = system;
  const before = at.sandbox.bank.orders.size;
  const expires_at = new Date(Date.now() + minutes(30));
  const same = () => payments().createPayment(aPayment('impatient', { expires_at }));
  const all = await Promise.all([same(), same(), same(), same(), same()]);
  expect(new Set(all.map(({ out_trade_no }) => out_trade_no)).size).toBe(1);
  expect(at.sandbox.bank.orders.size).toBe(before + 1);
  const other = payments().createPayment(aPayment('impatient', { amount_fen: 101 }));
  await expect(other).rejects.toMatchObject({ code: 'pay.other_open', status: 409 });
});

test('FIN-03 what nobody paid in time is closed here and there; what was paid in the last moment is paid', async () => {
  const { at } = system;
  const soon = { expires_at: new Date(Date.now() + seconds(1.5)) };
  const missed = await payments().createPayment(aPayment('missed', soon));
  const lastMoment = await payments().createPayment(aPayment('last moment', soon));
  at.sandbox.control.pay({ out_trade_no: lastMoment.out_trade_no, silent: true });
  await new Promise((resolve) => setTimeout(resolve, 1600));
  await sweeps();
  expect(await stateOf(missed.out_trade_no)).toBe('closed');
  expect(at.sandbox.bank.orders.get(missed.out_trade_no)?.state).toBe('CLOSED');
  expect(await stateOf(lastMoment.out_trade_no)).toBe('done');
  // Its subject may be paid for anew.
  const anew = await payments().createPayment(aPayment('missed'));
  expect(anew.out_trade_no).not.toBe(missed.out_trade_no);
});

test('FIN-03 a payment that races its close wins', async () => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment('race'));
  at.sandbox.control.pay({ out_trade_no, silent: true });
  await payments().close(out_trade_no);
  await sweeps();
  expect(await stateOf(out_trade_no)).toBe('done');
  await expect(payments().close(out_trade_no)).rejects.toMatchObject({ code: 'pay.already_paid' });
});

test('FIN-03 no more goes back than came in, whoever asks at the same time', async () => {
  const { out_trade_no } = await paidPayment('refunds');
  const back = (id: string, amount_fen: number) =>
    payments().refund({ subject: { object: 'refund', id }, out_trade_no, amount_fen, reason: '退货' });
  const outcomes = await Promise.allSettled([back('r1', 60), back('r2', 60)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'pay.refund_exceeds' },
  });
  await expect(back('r3', 41)).rejects.toMatchObject({ code: 'pay.refund_exceeds' });
  await back('r3', 40);
  await expect(back('r3', 39)).rejects.toMatchObject({ code: 'pay.other_open' });
  const unpaid = await payments().createPayment(aPayment('unpaid'));
  const early = { subject: { object: 'refund', id: 'early' }, amount_fen: 1, reason: '退货' };
  await expect(payments().refund({ ...early, out_trade_no: unpaid.out_trade_no })).rejects.toMatchObject({
    code: 'pay.not_paid',
  });
  await heard(system.at);
});

test.each([
  ['no amount', { amount_fen: 0 }],
  ['half a fen', { amount_fen: 1.5 }],
  ['nobody who pays on a page', { kind: 'jsapi' }],
  ['a time that is over', { expires_at: new Date(0) }],
  ['a description without end', { description: '长'.repeat(128) }],
])('FIN-03 a payment with %s is refused before anything is written', async (what, more) => {
  await expect(payments().createPayment(aPayment(what, more))).rejects.toMatchObject({ status: 422 });
  expect(await intentsOf(what)).toEqual([]);
});

test('S1 an answer whose signature does not hold is no answer', async () => {
  const { at } = system;
  at.sandbox.faults.set('corruptSignature', { only: ['pay'], count: 1 });
  const asked = await payments().createPayment(aPayment('forged answer'));
  expect(asked).toMatchObject({ state: 'unknown', error: expect.stringContaining('not believed: signature') });
  await sweeps(1);
  expect(await stateOf(asked.out_trade_no)).toBe('open');
});

test('S15 what WeChat Pay refuses says why and what to do, and nothing of our keys', async () => {
  const { at } = system;
  const { gateway, end } = processOn(at);
  const order = {
    outTradeNo: 'x',
    outRefundNo: 'NOSUCH',
    amountFen: 1,
    totalFen: 1,
    reason: '',
    notifyUrl: 'http://x',
  };
  const fault = await gateway()
    .refund(order)
    .then(
      () => undefined,
      (error: Json) => error,
    );
  at.sandbox.faults.set('reset', { only: ['pay/native'], count: 1 });
  const times = { expiresAt: new Date(Date.now() + minutes(1)) };
  const silence = await gateway()
    .native({ outTradeNo: 'y', description: 'z', amountFen: 1, notifyUrl: 'http://x', ...times })
    .catch((error: unknown) => error);
  await end();
  expect(fault).toMatchObject({ code: 'ORDER_NOT_EXIST', status: 404, advice: { action: { zh: expect.any(String) } } });
  const said = inspect([fault, silence], { depth: 10, showHidden: true });
  expect(said).not.toMatch(/WECHATPAY2|PRIVATE KEY|SandboxApiV3Key|authorization/i);
});

test("FIN-03 the bill of a day is the bank's, or none", async () => {
  const { at } = system;
  const { out_trade_no } = await paidPayment('billed', { amount_fen: 1999 });
  const { gateway, end } = processOn(at);
  const today = shanghaiDay(at.sandbox.clock.now());
  expect(await gateway().tradeBill(today)).toContain(`\`${out_trade_no},\`SUCCESS,\`19.99`);
  at.sandbox.faults.set('corruptFile', { count: 1 });
  await expect(gateway().tradeBill(today)).rejects.toThrow('its hash is another one');
  await end();
});
