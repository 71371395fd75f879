import { hitsInDump, hitsInFolder } from '../support/canaries';
import { aPerson, type Person } from '../support/people';
import { type Json, useSystem } from '../support/system';

const system = useSystem({ staff: 4, externalContacts: 12, groupChats: 1, leavers: 0, seed: 31, logs: 'silly' });

/** What is known of the person, in every form and place. */
const known = {
  name: 'canary-name-4Tz8',
  laterName: 'canary-renamed-6Bv1',
  company: 'canary-company-2Jm5',
  position: 'canary-position-8Ld3',
  remark: 'canary-remark-5Wn7',
  laterRemark: 'canary-remarked-9Sf2',
  remarkCompany: 'canary-noted-company-3Gh6',
  note: 'canary-note-1Px9',
  channel: 'canary-channel-7Ry4',
  phone: '17012349001',
  laterPhone: '17012349002',
};
/** What WeCom goes on showing of them. */
const shownLater = {
  name: 'canary-again-2Vc6',
  remark: 'canary-again-8Kd1',
  phone: '17012349003',
  note: 'canary-again-5Zq3',
};
const reason = 'asked for in writing';

let erasing: Person;
let agreeing: Person;
let person: string;
let other: { userid: string; external_userid: string };
let chat: string;
let before: { other: Json[]; waiting: Json; alone: Json; own: Json; hits: string[] };

async function as({ headers }: Person, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { connection: 'close', 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const historyOf = async (id: string) =>
  (await system.at.api.get(`external-contacts/${id}/history?limit=200`)).body.items;
const rename = (name: string) => Object.assign(system.at.sandbox.world.contacts.get(person) ?? {}, { name });

/** Everything that can be known of somebody, told by callbacks, by a sync and by a reconciliation. */
async function becomeKnown(): Promise<void> {
  const { at } = system;
  const { control, clock, world } = at.sandbox;
  const pair = control.addRelation({ add_way: 10, state: known.channel, silent: true });
  person = pair.external_userid;
  const { company: corp_name, position } = known;
  Object.assign(world.contacts.get(person) ?? {}, {
    name: known.name,
    corp_name,
    corp_full_name: corp_name,
    position,
    type: 2,
  });
  other = control.addRelation({});
  await at.syncAll();
  const edit = (more: object) => {
    clock.advance(2000);
    control.editRelation({ ...pair, ...more });
  };
  edit({ remark: known.remark, remark_corp_name: known.remarkCompany, description: known.note });
  clock.advance(2000);
  control.editRelation({ ...other, remark: 'remark of another', remark_mobiles: ['17012349009'] });
  ({ chat_id: chat } = control.joinGroup({ members: [person, other.external_userid] }));
  await at.settled();
  clock.advance(10_000);
  control.leaveGroup({ chat_id: chat, members: [person] });
  await at.settled();
  clock.advance(10_000);
  control.joinGroup({ chat_id: chat, members: [person] });
  edit({ remark: known.laterRemark, remark_mobiles: [known.phone], silent: true });
  rename(known.laterName);
  await at.reconcile();
  edit({ remark_mobiles: [known.phone, known.laterPhone] });
  await at.settled();
}

async function eraseTogether(): Promise<Pick<typeof before, 'waiting' | 'alone' | 'own'>> {
  const { at } = system;
  const body = { external_userid: person, reason };
  const waiting = await as(erasing, 'privacy/erasures', body);
  const asked = await as(erasing, 'approvals', { ...waiting.body.details, reason });
  const path = `approvals/${asked.body.id}`;
  const alone = await as(erasing, `${path}/execute`, {});
  const own = await as(erasing, `${path}/decide`, { decision: 'approve' });
  expect((await as(agreeing, `${path}/decide`, { decision: 'approve' })).status).toBe(200);
  expect((await as(erasing, `${path}/execute`, {})).body.result).toMatchObject({ already_erased: false });
  await at.db.execute("UPDATE job SET run_at = ? WHERE kind = 'privacy.erase_again'", [new Date(0)]);
  await at.settled();
  return { waiting, alone, own };
}

beforeAll(async () => {
  const { at } = system;
  const { access } = at.system.services;
  const officer = (name: string) => aPerson({ access, db: at.db }, { roles: ['compliance_officer'], name });
  [erasing, agreeing] = [await officer('甲'), await officer('乙')];
  await becomeKnown();
  const hits = await hitsInDump(at.system.config.databaseUrl, known);
  const others = await historyOf(other.external_userid);
  before = { hits, other: others, ...(await eraseTogether()) };
}, 120_000);

test('S23 S12 nobody erases alone: refused until a second person has approved', () => {
  const { waiting, alone, own } = before;
  expect([waiting.status, waiting.body.code]).toEqual([409, 'APPROVAL_REQUIRED']);
  expect([alone.status, alone.body.code]).toEqual([409, 'APPROVAL_NOT_APPROVED']);
  expect([own.status, own.body.code]).toEqual([403, 'APPROVAL_NOT_YOURS']);
});

test('S23 after the erasure 0 hits in the dump and, on SQLite, in the files of the database and the logs', async () => {
  const { at } = system;
  // All that is plain by design stood there; the rest is sealed.
  const plain = ['company', 'channel', 'laterName', 'laterRemark', 'name', 'position', 'remark', 'remarkCompany'];
  expect([...new Set(before.hits.map((hit) => hit.split(' ')[0]))].sort()).toEqual(expect.arrayContaining(plain));
  expect(await hitsInDump(at.system.config.databaseUrl, known)).toEqual([]);
  expect(hitsInFolder(at.dataDir, known)).toEqual([]);
});

test('S23 the history stays without what it said of the person, and that of others is untouched', async () => {
  const lines = await historyOf(person);
  expect(lines.map(({ kind }: Json) => kind)).toEqual(expect.arrayContaining(['added', 'edited']));
  const edits = lines
    .filter(({ kind }: Json) => kind === 'edited')
    .flatMap(({ detail }: Json) => Object.values(detail));
  expect(edits.length).toBeGreaterThan(3);
  for (const values of edits) expect(values).toEqual(['***', '***']);
  expect(await historyOf(other.external_userid)).toEqual(before.other);
  expect(JSON.stringify(before.other)).toContain('remark of another');
  const group = (await system.at.api.get(`group-chats/${chat}/history?limit=200`)).body.items;
  const named = (id: string) =>
    group.filter(({ detail }: Json) => detail?.userid === id).map(({ detail }: Json) => detail.name);
  expect(named(person)).toEqual([undefined, undefined, undefined]);
  expect(named(other.external_userid)).toEqual([expect.stringMatching(/./)]);
});

test('S23 full sync, callbacks and reconciliation bring nothing back but who is connected', async () => {
  const { at } = system;
  const { control, clock } = at.sandbox;
  rename(shownLater.name);
  const edit = { remark: shownLater.remark, remark_mobiles: [shownLater.phone], description: shownLater.note };
  const pairs = (await at.api.all(`relations?external_userid=${person}`)).map(({ userid }) => userid as string);
  const [userid = ''] = pairs;
  control.editRelation({ userid, external_userid: person, ...edit });
  const free =
    at.sandbox
      .truth()
      .relations.map((r) => r.userid)
      .find((id) => !pairs.includes(id)) ?? '';
  control.addRelation({ userid: free, external_userid: person, state: shownLater.note });
  await at.settled();
  await at.syncAll();
  clock.advance(2000);
  control.editRelation({ userid: free, external_userid: person, ...edit, silent: true });
  control.leaveGroup({ chat_id: chat, members: [person] });
  control.joinGroup({ chat_id: chat, members: [person] });
  control.deleteByExternal({ userid, external_userid: person });
  await at.settled();
  await at.reconcile();
  const all = { ...known, ...Object.fromEntries(Object.entries(shownLater).map(([k, v]) => [`again ${k}`, v])) };
  expect(await hitsInDump(at.system.config.databaseUrl, all)).toEqual([]);
  expect(hitsInFolder(at.dataDir, all)).toEqual([]);
  const states = (await at.api.all(`relations?external_userid=${person}`)).map((r) => [r.userid, r.state]);
  expect(states).toEqual(
    expect.arrayContaining([
      [userid, 'deleted_by_external'],
      [free, 'active'],
    ]),
  );
  const members = (await at.api.get(`group-chats/${chat}`)).body.members;
  expect(members.find((m: Json) => m.userid === person)).toMatchObject({ name: '', nickname: '', unionid: null });
});

test('S23 lists show an erased person without values, and no search finds them', async () => {
  const { api } = system.at;
  const { body } = await api.get(`external-contacts/${person}`);
  const nothing = { name: '', avatar: null, unionid: null, position: null, corp_name: null, corp_full_name: null };
  expect(body).toMatchObject({ ...nothing, gender: 'unknown', erased_at: expect.any(String) });
  for (const relation of body.relations) {
    expect(relation).toMatchObject({
      remark: '',
      description: '',
      remark_corp_name: '',
      remark_mobiles: [],
      channel: null,
    });
  }
  for (const q of [known.laterName, known.company, known.laterRemark, known.phone]) {
    expect((await api.get(`external-contacts?q=${q}`)).body.items).toEqual([]);
  }
  expect((await api.get(`external-contacts?mobile=${known.phone}`)).body.items).toEqual([]);
});

test('S23 no callback about the person keeps its body, also of those that came later', async () => {
  const sql = 'SELECT COUNT(*) AS n, COUNT(body) AS bodies FROM inbox_event WHERE external_userid = ?';
  const [row] = await system.at.db.query(sql, [person]);
  expect(Number(row?.n)).toBeGreaterThan(3);
  expect(Number(row?.bodies)).toBe(0);
});

test('S23 a second erasure does nothing and says so; the trail says by ids what was erased, when and why', async () => {
  const again = await as(erasing, 'privacy/erasures', { external_userid: person, reason });
  expect([again.status, again.body.already_erased]).toEqual([200, true]);
  const { body } = await as(erasing, 'audit-events?action=person.erased');
  expect(body.items).toEqual([
    expect.objectContaining({
      target: `external_contact:${person}`,
      result: 'ok',
      reason,
      actor: `account:${erasing.id}`,
    }),
  ]);
});
