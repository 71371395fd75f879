import { type Json, until, useSystem } from '../../support/system';
import { type Caller, caller } from './support';

const system = useSystem({ staff: 8, externalContacts: 40, groupChats: 0, leavers: 0, seed: 31 });
let boss: Caller;
let [one, other] = ['', ''];
beforeAll(async () => {
  await system.at.syncAll();
  boss = await caller(system.at, ['sales_manager']);
  [one = '', other = ''] = system.at.sandbox.world.followers().map(({ userid }) => userid);
});
const complete = { need: true, budget: true, authority: true, timing: true };
const fault = ({ status, body }: { status: number; body: Json }) => [status, body.code, body.fields?.[0]?.path];

let serial = 0;
const fresh = (more: object = {}) => {
  serial += 1;
  return { name: `线索 ${serial}`, phones: [`138${String(10_000_000 + serial)}`], ...more };
};
const qualified = async (more: object = {}) => {
  const lead = await boss.made('leads', fresh({ owner_userid: one, checklist: complete, ...more }));
  await boss.made(`leads/${lead.id}/touches`, { kind: 'talk', note: '聊过了' });
  const answer = await boss.post(`leads/${lead.id}/qualify`);
  expect([answer.status, answer.body.status]).toEqual([200, 'qualified']);
  return answer.body;
};

test('LEA-01 a lead needs a way to be reached; without an owner it is new, with one assigned', async () => {
  expect(fault(await boss.post('leads', { name: '无渠道' }))).toEqual([422, 'VALIDATION', 'phones']);
  expect(await boss.made('leads', fresh())).toMatchObject({ status: 'new', owner_userid: null });
  const given = await boss.made(
    'leads',
    fresh({ owner_userid: one, estimated_amount: 1_000_000, contact_name: '沈先生' }),
  );
  expect(given).toMatchObject({ status: 'assigned', owner_userid: one, currency: 'CNY', contact_name: '沈先生' });
  expect(given.code).toMatch(/^XS/);
});

test('LEA-01 a second open lead of the same person is refused, one after the first ended is not', async () => {
  const body = fresh();
  const first = await boss.made('leads', body);
  expect(fault(await boss.post('leads', { ...body, name: '又一个' }))).toEqual([409, 'DUPLICATE', 'phones']);
  expect((await boss.post(`leads/${first.id}/discard`, { reason: '空号' })).body).toMatchObject({
    ...{ status: 'discarded', closing_reason: '空号' },
  });
  await boss.made('leads', { ...body, name: '又一个' });
});

test('LEA-04 the first talk moves it on and stops the clock; a talk that lies ahead is refused', async () => {
  const lead = await boss.made('leads', fresh({ owner_userid: one }));
  const mailed = await boss.made(`leads/${lead.id}/touches`, { kind: 'mail' });
  expect(mailed).toMatchObject({ status: 'assigned', first_response_at: null });
  const at = new Date(Date.now() - 60_000).toISOString();
  const talked = await boss.made(`leads/${lead.id}/touches`, { kind: 'call', at, note: '要报价' });
  expect(talked).toMatchObject({ status: 'contacted', first_response_at: at });
  const ahead = new Date(Date.now() + 60_000).toISOString();
  expect(fault(await boss.post(`leads/${lead.id}/touches`, { kind: 'call', at: ahead }))).toEqual([
    422,
    'VALIDATION',
    'at',
  ]);
  const { items } = (await boss.get(`leads/${lead.id}/touches`)).body;
  expect(items.map(({ kind, note }: Json) => [kind, note])).toEqual([
    ['mail', null],
    ['call', '要报价'],
  ]);
  const past = { version: talked.version, next_follow_up_at: '2020-01-01T00:00:00Z' };
  expect(fault(await boss.patch(`leads/${lead.id}`, past))).toEqual([422, 'VALIDATION', 'next_follow_up_at']);
});

test('LEA-04 no state is skipped, and a status is nobody’s to type', async () => {
  const lead = await boss.made('leads', fresh({ checklist: complete }));
  const skipped = await boss.post(`leads/${lead.id}/qualify`);
  expect([skipped.status, skipped.body.code, skipped.body.details]).toEqual([
    ...[409, 'BAD_TRANSITION', { from: 'new', to: 'qualified', allowed: ['assigned', 'discarded', 'pooled'] }],
  ]);
  expect((await boss.post(`leads/${lead.id}/convert`, {})).body.code).toBe('BAD_TRANSITION');
  expect(fault(await boss.patch(`leads/${lead.id}`, { version: 1, status: 'qualified' }))).toEqual([
    422,
    'VALIDATION',
    'status',
  ]);
});

test('LEA-02 a checklist with a gap is not qualified', async () => {
  const lead = await boss.made('leads', fresh({ owner_userid: one, checklist: { ...complete, budget: false } }));
  await boss.made(`leads/${lead.id}/touches`, { kind: 'visit' });
  expect(fault(await boss.post(`leads/${lead.id}/qualify`))).toEqual([422, 'VALIDATION', 'checklist']);
});

test('LEA-02 converted it is a customer and a contact of the same owner, at once or not at all, and read-only', async () => {
  const lead = await qualified({ company: '转化科技有限公司', contact_name: '林可', source: 'exhibition' });
  const done = (await boss.post(`leads/${lead.id}/convert`, {})).body;
  expect(done).toMatchObject({
    status: 'converted',
    converted_customer_name: '转化科技有限公司',
    converted_contact_name: '林可',
  });
  const customer = (await boss.get(`customers/${done.converted_customer_id}`)).body;
  expect(customer).toMatchObject({ name: '转化科技有限公司', owner_userid: one, source: 'exhibition' });
  const contact = (await boss.get(`contacts/${done.converted_contact_id}`)).body;
  expect(contact).toMatchObject({
    ...{ name: '林可', customer_id: customer.id, is_primary: true, owner_userid: one, mobiles: lead.phones },
  });
  expect((await boss.post(`leads/${lead.id}/convert`, {})).body).toEqual(done);
  const again = await boss.patch(`leads/${lead.id}`, { version: done.version, remark: 'x' });
  expect([again.status, again.body.code]).toEqual([409, 'BAD_TRANSITION']);
});

test('LEA-02 into a customer that is there; a company that is there already is not made twice', async () => {
  const customer = await boss.made('customers', { name: '已有客户有限公司' });
  const lead = await qualified({ company: '已有客户' });
  const twice = await boss.post(`leads/${lead.id}/convert`, {});
  expect(fault(twice)).toEqual([409, 'DUPLICATE', 'name']);
  expect((await boss.get(`leads/${lead.id}`)).body).toMatchObject({ status: 'qualified', converted_customer_id: null });
  const done = (await boss.post(`leads/${lead.id}/convert`, { customer_id: customer.id })).body;
  expect(done).toMatchObject({ status: 'converted', converted_customer_id: customer.id });
});

test('LEA-02 of many who convert it at once, all get the one customer', async () => {
  const lead = await qualified({ company: '只转一次公司' });
  const answers = await Promise.all(Array.from({ length: 6 }, () => boss.post(`leads/${lead.id}/convert`, {})));
  const good = answers.filter(({ status }) => status === 200);
  expect(new Set(good.map(({ body }) => body.converted_customer_id)).size).toBe(1);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect(await boss.ids(`customers?q=${encodeURIComponent('只转一次')}`)).toHaveLength(1);
});

test('LEA-03 it is given to somebody, and not to whom it belongs already', async () => {
  const lead = await boss.made('leads', fresh());
  const given = await boss.post(`leads/${lead.id}/assign`, { userid: one, reason: '区域' });
  expect(given.body).toMatchObject({ status: 'assigned', owner_userid: one });
  expect(fault(await boss.post(`leads/${lead.id}/assign`, { userid: one }))).toEqual([422, 'VALIDATION', 'userid']);
  expect(fault(await boss.post(`leads/${lead.id}/assign`, { userid: 'nobody' }))).toEqual([
    422,
    'VALIDATION',
    'userid',
  ]);
});

const addedBy = (userid: string) => system.at.sandbox.control.addRelation({ userid, state: 'expo-2026' });
const leadsOf = async (externalUserid: string): Promise<Json[]> => {
  const filter = JSON.stringify({ field: 'external_userid', op: 'eq', value: externalUserid });
  return (await boss.get(`leads?filter=${encodeURIComponent(filter)}`)).body.items;
};

test('WCM-09 LEA-01 whoever is added in WeCom is a lead of the member within seconds, with the way they came', async () => {
  const { external_userid } = addedBy(one);
  await until('there is a lead', async () => (await leadsOf(external_userid)).length > 0, 5000);
  const [lead] = await leadsOf(external_userid);
  expect(lead).toMatchObject({
    status: 'assigned',
    owner_userid: one,
    source: 'wecom_contact_way',
    state_code: 'expo-2026',
  });
  const { items } = (await boss.get(`leads/${lead?.id}/touches`)).body;
  expect(items.map(({ kind }: Json) => kind)).toEqual(['wecom_added']);
});

test('WCM-09 whoever came without a contact way was added in WeCom, or out of a group chat', async () => {
  const { control } = system.at.sandbox;
  const [plain, group] = [control.addRelation({ userid: one }), control.addRelation({ userid: one, add_way: 4 })];
  await system.at.settled();
  const sources = [await leadsOf(plain.external_userid), await leadsOf(group.external_userid)];
  expect(sources.map((leads) => leads.map(({ source }) => source))).toEqual([['wecom_added'], ['wecom_group']]);
});

test('WCM-09 a second member who adds them is one more touch, and repeated callbacks are none', async () => {
  const { external_userid } = addedBy(one);
  await system.at.settled();
  const relation = { userid: other, external_userid };
  system.at.sandbox.control.addRelation(relation);
  await system.at.settled();
  const [lead, ...more] = await leadsOf(external_userid);
  expect([lead?.owner_userid, more]).toEqual([one, []]);
  const touches = (await boss.get(`leads/${lead?.id}/touches`)).body.items;
  expect(touches.map(({ kind }: Json) => kind)).toEqual(['wecom_added', 'wecom_added']);
});

test('WCM-09 somebody whose contact we have is no lead', async () => {
  const { external_userid } = addedBy(one);
  await system.at.settled();
  const [lead] = await leadsOf(external_userid);
  await boss.patch(`leads/${lead?.id}`, { version: lead?.version, checklist: complete });
  await boss.made(`leads/${lead?.id}/touches`, { kind: 'talk' });
  await boss.post(`leads/${lead?.id}/qualify`);
  const done = (await boss.post(`leads/${lead?.id}/convert`, {})).body;
  expect((await boss.get(`contacts/${done.converted_contact_id}`)).body).toMatchObject({ external_userid });
  system.at.sandbox.control.addRelation({ userid: other, external_userid });
  await system.at.settled();
  expect((await leadsOf(external_userid)).map(({ status }) => status)).toEqual(['converted']);
});

test('WCM-09 LEA-01 somebody whom a colleague had before is nobody new: neither added again nor transferred', async () => {
  const { world, control } = system.at.sandbox;
  const [giver, taker] = [world.findStaff(one), world.findStaff(other)];
  const known = [...(giver?.relations.keys() ?? [])].find((id) => !taker?.relations.has(id)) ?? '';
  const [before] = await system.at.db.query<{ count: unknown }>('SELECT COUNT(*) AS count FROM sales_lead');
  control.addRelation({ userid: other, external_userid: known });
  await system.at.settled();
  expect(await leadsOf(known)).toEqual([]);
  const [after] = await system.at.db.query<{ count: unknown }>('SELECT COUNT(*) AS count FROM sales_lead');
  expect(Number(after?.count)).toBe(Number(before?.count));
});

test('WCM-09 a full read makes no leads', async () => {
  const [before] = await system.at.db.query<{ count: unknown }>('SELECT COUNT(*) AS count FROM sales_lead');
  await system.at.syncAll();
  await system.at.settled();
  const [after] = await system.at.db.query<{ count: unknown }>('SELECT COUNT(*) AS count FROM sales_lead');
  expect(Number(after?.count)).toBe(Number(before?.count));
});
