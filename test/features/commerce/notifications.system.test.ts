import { type PayAttack, payAttacks } from '../../../src/sandbox';
import { type Json, useSystem } from '../../support/system';
import { aPayment, aStrangersOrder, finance, heard } from './cashier';

const system = useSystem({ merchant: true, staff: 2, externalContacts: 2, groupChats: 0, leavers: 0 });

const reasons: Record<PayAttack, [reason: string, status: number]> = {
  flipped_amount: ['signature', 401],
  wrong_associated_data: ['ciphertext', 400],
  bad_tag: ['ciphertext', 400],
  old_timestamp: ['timestamp', 401],
  future_timestamp: ['timestamp', 401],
  unknown_serial: ['serial', 401],
  other_merchant: ['merchant', 403],
  bad_signature: ['signature', 401],
  probe: ['probe', 401],
  replay: ['nonce', 401],
};

const payments = () => system.at.system.services.wechatPay.payments;
const ask = async (method: 'GET' | 'POST', path: string) => (await finance(system.at))(method, path);
const items = async (path: string): Promise<Json[]> => (await ask('GET', path)).body.items;

async function received(): Promise<number> {
  const [row] = await system.at.db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM pay_intent WHERE action = 'payment' AND state = 'done'",
  );
  return Number(row?.n);
}

test.each(payAttacks)('FIN-03 S1 S2 a notification with %s is refused, recorded, and nobody is asked', async (how) => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment(`attack-${how}`));
  if (how === 'replay') at.sandbox.control.pay({ out_trade_no });
  await heard(at);
  const before = { calls: { ...at.sandbox.ledger.calls }, paid: await received() };
  const rows = (await items('pay/notifications')).length;
  const [reason, status] = reasons[how];
  expect(await at.sandbox.bank.attack(out_trade_no, how)).toBe(status);
  await heard(at);
  expect({ calls: at.sandbox.ledger.calls, paid: await received() }).toEqual(before);
  expect((await items('pay/notifications')).length).toBe(rows);
  const [refusal] = await items('pay/refusals?limit=1');
  expect(refusal).toMatchObject({ reason, address: expect.stringMatching(/127\.0\.0\.1$/) });
  expect(refusal?.body_sha256).toMatch(/^[\da-f]{64}$/);
});

test('I4 one notification five times at once is one row, one payment and one event', async () => {
  const { at } = system;
  const told: string[] = [];
  at.system.services.events.listen({
    wanted: async (types) => types.filter((type) => type === 'payment.received'),
    hear: async (events) => void told.push(...events.map(({ data }) => (data as Json).out_trade_no)),
  });
  const { out_trade_no, code_url } = await payments().createPayment(aPayment('five times', { amount_fen: 19_900 }));
  expect(code_url).toMatch(/^weixin:\/\//);
  at.sandbox.control.pay({ out_trade_no, times: 5 });
  await heard(at);
  const statuses = at.sandbox.bank.notices.delivered.slice(-5).map(({ status }) => status);
  expect(statuses).toEqual([204, 204, 204, 204, 204]);
  const rows = await items(`pay/notifications?out_trade_no=${out_trade_no}`);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ state: 'done', attempts: 1, amount_fen: 19_900, event_type: 'TRANSACTION.SUCCESS' });
  expect(told).toEqual([out_trade_no]);
  expect(await payments().payment(out_trade_no)).toMatchObject({ state: 'done', code_url: null });
});

test('FIN-03 a true notification of an order that nobody knows is kept, and can be handled again', async () => {
  const { at } = system;
  aStrangersOrder(at, 'STRANGER0001');
  at.sandbox.control.pay({ out_trade_no: 'STRANGER0001' });
  await heard(at);
  const [row] = await items('pay/notifications?out_trade_no=STRANGER0001');
  expect(row).toMatchObject({ state: 'parked', error: 'unknown order', amount_fen: 100, attempts: 1 });
  expect(await ask('POST', `pay/notifications/${row?.id}/replay`)).toMatchObject({ status: 202 });
  await heard(at);
  const [again] = await items('pay/notifications?state=parked&out_trade_no=STRANGER0001');
  expect(again).toMatchObject({ attempts: 2 });
  expect((await ask('POST', 'pay/notifications/999999/replay')).body.code).toBe('PAY_NOTIFICATION_NOT_FOUND');
  const [trail] = await at.api.all('audit-events?action=pay_notification.replayed');
  expect(trail?.target).toBe(`pay_notification:${row?.id}`);
});

test('FIN-03 another sum than was asked for is not taken for a payment', async () => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment('other sum'));
  const order = at.sandbox.bank.orders.get(out_trade_no);
  if (order) order.total = 1;
  at.sandbox.control.pay({ out_trade_no });
  await heard(at);
  const [row] = await items(`pay/notifications?out_trade_no=${out_trade_no}`);
  expect(row).toMatchObject({ state: 'parked', error: expect.stringContaining('amount differs') });
  expect(await payments().payment(out_trade_no)).toMatchObject({ state: 'open', provider_id: null });
});

test('S15 who paid stands nowhere in plain text', async () => {
  const { at } = system;
  const openid = 'oCANARYpayer00000000000001';
  const { out_trade_no, page } = await payments().createPayment(aPayment('on a page', { kind: 'jsapi', openid }));
  expect(page).toMatchObject({ signType: 'RSA', package: expect.stringMatching(/^prepay_id=/) });
  at.sandbox.control.pay({ out_trade_no });
  await heard(at);
  for (const table of ['pay_notification', 'pay_intent', 'job', 'audit_event']) {
    expect(JSON.stringify(await at.db.query(`SELECT * FROM ${table}`))).not.toContain(openid);
  }
  const body = JSON.stringify((await ask('GET', `pay/notifications?out_trade_no=${out_trade_no}`)).body);
  expect(body).toContain(out_trade_no);
  expect(body).not.toContain(openid);
});

test('S20 what is too long, no JSON, or nothing WeChat Pay sends is refused', async () => {
  const { at } = system;
  const url = `${at.system.url}/callbacks/wechatpay`;
  const { notices } = at.sandbox.bank;
  expect(await notices.raw(url, 'x'.repeat(70_000))).toBe(413);
  expect(await notices.raw(url, 'not JSON')).toBe(400);
  expect(await notices.raw(url, '{"id":"1","event_type":"TRANSACTION.SUCCESS"}')).toBe(400);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await fetch(url)).status).toBe(405);
});

test('FIN-03 what an attacker makes us write has an end', async () => {
  const { at } = system;
  const { out_trade_no } = await payments().createPayment(aPayment('flood'));
  for (let n = 0; n < 60; n += 1) expect(await at.sandbox.bank.attack(out_trade_no, 'bad_signature')).toBe(401);
  const written = await items('pay/refusals?limit=200');
  // Some of them were written in the minute before.
  expect(written.length).toBeLessThanOrEqual(60);
});

test('FIN-03 only finance looks at what WeChat Pay said', async () => {
  for (const path of ['pay/notifications', 'pay/refusals']) {
    expect((await system.at.api.get(path)).status).toBe(403);
  }
});
