import { type Json, useSystem } from '../../support/system';
import { type Caller, caller, type Tree, tree } from './support';

const system = useSystem({ staff: 4, externalContacts: 8, groupChats: 0, leavers: 0 });
let people: Tree;
beforeAll(async () => {
  await system.at.syncAll();
  people = await tree(system.at);
});

/** Every way that leads to records of a type, each as the ids it shows. */
async function shownTo(who: Caller, path: string, id: string, name: string): Promise<Record<string, unknown>> {
  const q = `q=${encodeURIComponent(name)}`;
  const filter = encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: name }));
  const one = async (address: string) => (await who.get(address)).status;
  return {
    one: await one(`${path}/${id}`),
    history: await one(`${path}/${id}/changes`),
    list: (await who.ids(`${path}?limit=200`)).includes(id),
    search: (await who.ids(`${path}?${q}`)).includes(id),
    filter: (await who.ids(`${path}?filter=${filter}`)).includes(id),
    count: (await who.get(`${path}/count?filter=${filter}`)).body.count,
  };
}
const all = { one: 200, history: 200, list: true, search: true, filter: true, count: 1 };
const nothing = { one: 404, history: 404, list: false, search: false, filter: false, count: 0 };

test.each(['customers', 'contacts', 'leads'])(
  'S9 PLT-01 superiors see %s of those below, peers do not exist for them',
  async (path) => {
    const name = `范围 ${path}`;
    const made = await people.chen.made(path, { name, ...(path === 'leads' ? { wechat: 'scope-1' } : {}) });
    expect(made.owner_userid).toBe('t_chen');
    for (const who of ['chen', 'zhao', 'li', 'wang'] as const) {
      expect([who, await shownTo(people[who], path, made.id, name)]).toEqual([who, all]);
    }
    for (const who of ['sun', 'qian', 'wu'] as const) {
      expect([who, await shownTo(people[who], path, made.id, name)]).toEqual([who, nothing]);
    }
    for (const who of ['sun', 'qian', 'wu'] as const) {
      const tries = [
        await people[who].patch(`${path}/${made.id}`, { version: 1, name: 'x' }),
        await people[who].del(`${path}/${made.id}?version=1`),
        await people[who].post(`${path}/${made.id}/restore`),
      ];
      expect([who, tries.map(({ status }) => status)]).toEqual([who, [404, 404, 404]]);
    }
  },
);

test('S9 the customer’s owner sees what hangs on it, whoever made it; others cannot hang anything on it', async () => {
  const customer = await people.chen.made('customers', { name: '挂靠公司' });
  const boss = await caller(system.at, ['sales_manager']);
  const contact = await boss.made('contacts', { name: '挂靠人', customer_id: customer.id });
  expect(contact.owner_userid).toBeNull();
  expect((await people.chen.get(`contacts/${contact.id}`)).body).toMatchObject({ customer_name: '挂靠公司' });
  expect((await people.zhao.get(`contacts/${contact.id}`)).status).toBe(200);
  expect((await people.sun.get(`contacts/${contact.id}`)).status).toBe(404);
  const strange = await people.sun.post('contacts', { name: '乱挂', customer_id: customer.id });
  expect([strange.status, strange.body.fields]).toEqual([
    422,
    [expect.objectContaining({ path: 'customer_id', rule: 'unknown' })],
  ]);
});

test('S9 a name of a record outside the scope is not told either', async () => {
  const group = await people.wu.made('customers', { name: '看不见的集团' });
  const boss = await caller(system.at, ['sales_manager']);
  const customer = await people.chen.made('customers', { name: '子公司' });
  await boss.patch(`customers/${customer.id}`, { version: 1, parent_customer_id: group.id });
  expect((await people.chen.get(`customers/${customer.id}`)).body).toMatchObject({ parent_customer_name: null });
  expect((await boss.get(`customers/${customer.id}`)).body).toMatchObject({ parent_customer_name: '看不见的集团' });
});

test('EXT-22 whoever it is shared with reads it, or writes it, until the day is over', async () => {
  const { db } = system.at;
  const customer = await people.chen.made('customers', { name: '共享公司', legal_representative: '孙总' });
  const [wu] = await db.query<{ id: string }>("SELECT id FROM staff WHERE userid = 't_wu'");
  const share = (level: string, until: Date | null) =>
    db.execute(
      `INSERT INTO collaborator (id, object_type, object_id, staff_id, level, until, created_by, created_at)
       VALUES (?, 'customer', ?, ?, ?, ?, 'test', ?)`,
      [`share-${level}`, customer.id, wu?.id ?? '', level, until, db.now()],
    );
  await share('read', null);
  const seen = (await people.wu.get(`customers/${customer.id}`)).body;
  expect([seen.name, seen.legal_representative, seen.masked.includes('legal_representative')]).toEqual([
    '共享公司',
    '***',
    true,
  ]);
  expect((await people.wu.patch(`customers/${customer.id}`, { version: 1, profile: 'x' })).body.code).toBe(
    'READ_ONLY_FOR_YOU',
  );
  await db.execute("UPDATE collaborator SET level = 'edit' WHERE id = 'share-read'");
  expect((await people.wu.patch(`customers/${customer.id}`, { version: 1, profile: 'x' })).status).toBe(200);
  await db.execute("UPDATE collaborator SET until = ? WHERE id = 'share-read'", [new Date(Date.now() - 1000)]);
  expect((await people.wu.get(`customers/${customer.id}`)).status).toBe(404);
});

test('S9 an administrator sees no business, compliance everything and changes nothing', async () => {
  const customer = await people.chen.made('customers', { name: '谁能看公司' });
  const [admin, compliance] = [
    await caller(system.at, ['system_admin']),
    await caller(system.at, ['compliance_officer']),
  ];
  expect((await admin.get(`customers/${customer.id}`)).status).toBe(404);
  expect((await compliance.get(`customers/${customer.id}`)).status).toBe(200);
  expect((await compliance.patch(`customers/${customer.id}`, { version: 1, name: 'x' })).status).toBe(403);
});

test('PLT-01 records follow their owner to another department', async () => {
  const customer = await people.sun.made('customers', { name: '跟人走公司' });
  const security = await caller(system.at, ['security_admin']);
  const edges = (await security.get('reporting-edges?userid=t_sun')).body.items;
  const edge = edges.find(({ superior }: Json) => superior === 't_zhao');
  expect((await security.del(`reporting-edges/${edge.id}`)).status).toBe(204);
  await security.post('reporting-edges', { superior: 't_qian', userid: 't_sun' });
  await system.at.settled();
  expect((await people.qian.get(`customers/${customer.id}`)).status).toBe(200);
  expect((await people.zhao.get(`customers/${customer.id}`)).status).toBe(404);
});
