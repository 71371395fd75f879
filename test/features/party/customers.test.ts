import { type Json, useSystem } from '../../support/system';
import { type Caller, caller } from './support';

const system = useSystem({ staff: 6, externalContacts: 20, groupChats: 0, leavers: 0 });
let boss: Caller;
let finance: Caller;
beforeAll(async () => {
  await system.at.syncAll();
  boss = await caller(system.at, ['sales_manager']);
  finance = await caller(system.at, ['finance']);
});
const staffOf = () => system.at.sandbox.world.followers().map(({ userid }) => userid);
const fault = ({ status, body }: { status: number; body: Json }) => [
  status,
  body.code,
  (body.fields ?? []).map(({ path, rule }: Json) => `${path} ${rule}`),
];

test('CUS-01 a customer is made with a code of the series and its name as one line', async () => {
  const made = await boss.made('customers', {
    name: ' 上海  星辰\t科技有限公司 ',
    phone: '021-55556666',
    nature: 'private',
  });
  expect(made).toMatchObject({ name: '上海 星辰 科技有限公司', version: 1, phone: '021-55556666', nature: 'private' });
  expect(made.code).toMatch(/^KH/);
  expect((await boss.get(`customers/${made.id}`)).body).toEqual(made);
});

test('CUS-01 a real change has a new version, its author and its history; a no-op save touches nothing', async () => {
  const made = await boss.made('customers', { name: '真变更有限公司' });
  const same = await boss.patch(`customers/${made.id}`, { version: 1, name: '真变更有限公司' });
  expect(same.body).toEqual(made);
  const changed = await boss.patch(`customers/${made.id}`, { version: 1, profile: '做轴承的', phone: '13800001111' });
  expect(changed.body).toMatchObject({ version: 2, profile: '做轴承的', code: made.code });
  const stale = await boss.patch(`customers/${made.id}`, { version: 1, profile: '别的' });
  expect(fault(stale)).toEqual([409, 'STALE_VERSION', []]);
  const { items } = (await boss.get(`customers/${made.id}/changes`)).body;
  expect(items.map(({ kind, changes }: Json) => [kind, changes])).toEqual([
    ['changed', { profile: [null, '做轴承的'], phone: '***' }],
    ['created', {}],
  ]);
});

test('CUS-01 every failing field is in one answer', async () => {
  const answer = await boss.post('customers', {
    ...{ phone: '不是号码', homepage: 'javascript:alert(1)', created_at: '2020-01-01T00:00:00Z', code: 'KH1', what: 1 },
  });
  expect(answer.status).toBe(422);
  expect(answer.body.code).toBe('VALIDATION');
  const rules = answer.body.fields.map(({ path, rule }: Json) => `${path} ${rule}`).sort();
  expect(rules).toEqual([
    ...['code read_only', 'created_at read_only', 'homepage format', 'name required', 'phone format', 'what unknown'],
  ]);
  for (const name of ['x'.repeat(201), 'a\u0007b', '   ']) {
    expect([name.slice(0, 3), (await boss.post('customers', { name })).status]).toEqual([name.slice(0, 3), 422]);
  }
});

test('CUS-01 CUS-08 one company is one record, however it is spelled; the override says why', async () => {
  await boss.made('customers', { name: '北京未来（中国）信息技术有限公司' });
  const twice = await boss.post('customers', { name: '北京未来(中国)信息技术股份有限公司' });
  expect(fault(twice)).toEqual([409, 'DUPLICATE', ['name duplicate']]);
  const other = await boss.post('customers', { name: '北京未来(中国)信息技术', duplicate_reason: '集团内另一家' });
  expect(other.status).toBe(201);
  const changed = await boss.patch(`customers/${other.body.id}`, { version: 1, profile: '改得动' });
  expect([changed.status, changed.body.profile]).toEqual([200, '改得动']);
  const credit = { unified_social_credit_code: '91350100M000100Y43' };
  await boss.made('customers', { name: '有码一', ...credit });
  expect(fault(await boss.post('customers', { name: '有码二', ...credit }))).toEqual([
    ...[409, 'DUPLICATE', ['unified_social_credit_code duplicate']],
  ]);
  const wrong = await boss.post('customers', { name: '有码三', unified_social_credit_code: '91350100M000100Y44' });
  expect(fault(wrong)).toEqual([422, 'VALIDATION', ['unified_social_credit_code format']]);
});

test('CUS-08 of many who make the same company at once, one does', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => boss.post('customers', { name: '同时建档公司' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  expect(await boss.ids(`customers?q=${encodeURIComponent('同时建档')}`)).toHaveLength(1);
});

test('S20 a create that is sent twice with one key makes one', async () => {
  const once = () => boss.call('POST', 'customers', { name: '幂等公司' }, { 'idempotency-key': 'customer-1' });
  const [first, second] = [await once(), await once()];
  expect([first.status, second.body]).toEqual([201, first.body]);
});

test('CUS-01 EXT-15 deleting waits while contacts hang on it; the recycle bin gives it back unless its place is taken', async () => {
  const made = await boss.made('customers', { name: '要删的公司' });
  const contact = await boss.made('contacts', { name: '在用', customer_id: made.id });
  const inUse = await boss.del(`customers/${made.id}?version=1`);
  expect([inUse.status, inUse.body.code, inUse.body.details]).toEqual([409, 'IN_USE', { contacts: 1 }]);
  expect((await boss.del(`contacts/${contact.id}?version=1`)).status).toBe(204);
  expect((await boss.del(`customers/${made.id}?version=1`)).status).toBe(204);
  expect(await boss.ids(`customers?q=${encodeURIComponent('要删的')}`)).toEqual([]);
  expect(await boss.ids(`customers?deleted=true&q=${encodeURIComponent('要删的')}`)).toEqual([made.id]);
  const taken = await boss.made('customers', { name: '要删的公司' });
  expect(fault(await boss.post(`customers/${made.id}/restore`))).toEqual([409, 'DUPLICATE', ['name duplicate']]);
  await boss.del(`customers/${taken.id}?version=1`);
  expect((await boss.post(`customers/${made.id}/restore`)).body).toMatchObject({ id: made.id, deleted_at: null });
});

test('CUS-05 filters combine, sort and page without losing or repeating a row', async () => {
  const [one = '', other = ''] = staffOf();
  const tier = ['a', 'b', 'vip'];
  const made = [];
  for (let i = 0; i < 23; i++) {
    const body = {
      name: `筛选公司${String(i).padStart(2, '0')}`,
      owner_userid: i % 2 ? one : other,
      value_tier: tier[i % 3],
    };
    made.push(await boss.made('customers', { ...body, ...(i % 4 ? { registered_capital: i * 100 } : {}) }));
  }
  const filter = (value: object) => `filter=${encodeURIComponent(JSON.stringify(value))}`;
  const named = { field: 'name', op: 'starts', value: '筛选公司' };
  const walk = async (query: string) => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await boss.get(`customers?limit=5&${query}${cursor}`);
      seen.push(...body.items.map(({ id }: Json) => id));
      if (!body.next_cursor) return seen;
      cursor = `&cursor=${body.next_cursor}`;
    }
  };
  for (const sort of ['registered_capital', '-registered_capital', 'name', '-name', '-updated_at', 'created_at']) {
    const seen = await walk(`sort=${sort}&${filter(named)}`);
    expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 23, 23]);
  }
  const byCapital = await walk(`sort=-registered_capital&${filter(named)}`);
  const rich = made.filter(({ registered_capital }) => registered_capital !== null).reverse();
  expect(byCapital.slice(0, rich.length)).toEqual(rich.map(({ id }) => id));
  const both = {
    and: [
      named,
      {
        or: [
          { field: 'value_tier', op: 'eq', value: 'vip' },
          { field: 'owner_userid', op: 'eq', value: one },
        ],
      },
    ],
  };
  const expected = made.filter(({ value_tier, owner_userid }) => value_tier === 'vip' || owner_userid === one);
  expect((await walk(filter(both))).sort()).toEqual(expected.map(({ id }) => id).sort());
  expect((await boss.get(`customers/count?${filter(both)}`)).body).toEqual({ count: expected.length });
  const today = { and: [named, { field: 'created_at', op: 'within', value: 'today' }] };
  expect(await walk(filter(today))).toHaveLength(23);
});

test('CUS-05 a filter that cannot be understood is refused with its place', async () => {
  const asked = async (query: string) => {
    const { status, body } = await boss.get(`customers?${query}`);
    return [status, body.code, body.fields?.[0]?.path];
  };
  const filter = (value: unknown) => asked(`filter=${encodeURIComponent(JSON.stringify(value))}`);
  expect(await filter({ and: [{ field: 'nothing', op: 'eq', value: 1 }] })).toEqual([
    400,
    'BAD_FILTER',
    'filter.and.0.field',
  ]);
  expect(await filter({ field: 'registered_capital', op: 'gt', value: 'x' })).toEqual([
    400,
    'BAD_FILTER',
    'filter.value',
  ]);
  expect(await filter({ field: 'name', op: 'like', value: 'x' })).toEqual([400, 'BAD_FILTER', 'filter']);
  expect(await filter({ field: 'phone', op: 'starts', value: '138' })).toEqual([400, 'BAD_FILTER', 'filter']);
  expect(await asked('sort=phone')).toEqual([400, 'BAD_FILTER', 'sort']);
  expect(await asked('what=1')).toEqual([400, 'BAD_FILTER', 'what']);
  expect(await asked('q=%25%25')).toEqual([400, 'BAD_FILTER', 'q']);
  expect((await asked('cursor=abc'))[0]).toBe(400);
  // Signs of SQL are signs.
  expect((await boss.get(`customers?q=${encodeURIComponent("x' OR 1=1 --")}`)).body.items).toEqual([]);
  expect((await boss.get(`customers?q=${encodeURIComponent('筛选_司')}`)).body.items).toEqual([]);
});

test('CUS-05 CON-03 a customer is found by name, code, phone and its last four digits', async () => {
  const made = await boss.made('customers', { name: '找得到公司', phone: '+86 139-1234-5678' });
  for (const q of ['得到', made.code, '13912345678', '5678', made.code.toLowerCase()]) {
    expect([q, await boss.ids(`customers?q=${encodeURIComponent(q)}`)]).toEqual([q, [made.id]]);
  }
});

test('CUS-01 finance sees every customer, and alone their bank account', async () => {
  const made = await boss.made('customers', { name: '财务看公司', legal_representative: '赵大' });
  const account = { number: '6222020200112233', bank: '工商银行' };
  expect(fault(await boss.patch(`customers/${made.id}`, { version: 1, bank_account: account }))).toEqual([
    ...[403, 'FIELD_FORBIDDEN', ['bank_account forbidden']],
  ]);
  const seen = (await finance.get(`customers/${made.id}`)).body;
  expect(seen).toMatchObject({ name: '财务看公司', legal_representative: '***' });
  expect(seen.masked).toContain('legal_representative');
  expect((await finance.patch(`customers/${made.id}`, { version: 1, name: 'x' })).status).toBe(403);
  expect((await boss.get(`customers/${made.id}`)).body).toMatchObject({
    bank_account: null,
    legal_representative: '赵大',
  });
});

test('S15 nothing personal of a customer stands readable in the database', async () => {
  const made = await boss.made('customers', { name: '密封公司', phone: '13700009999', legal_representative: '钱二宝' });
  const tables = ['customer', 'record_change', 'record_key', 'record_lookup', 'audit_event'];
  for (const table of tables) {
    const rows = JSON.stringify(await system.at.db.query(`SELECT * FROM ${table}`));
    expect([table, rows.includes('13700009999'), rows.includes('钱二宝')]).toEqual([table, false, false]);
  }
  expect((await boss.get(`customers/${made.id}`)).body).toMatchObject({ phone: '13700009999' });
});
