import { drawOne } from '../../../src/features/risk/spot-checks/drawing';
import { aPerson, type Person } from '../../support/people';
import { type Json, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';
import { outsider } from '../archive/said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let officer: Person;
let zhao: Person;
let ids: number[];

const manager = (userid: string): Promise<Person> =>
  aPerson({ access: system.at.system.services.access, db: system.at.db }, { roles: ['sales_manager'], userid });

beforeAll(async () => {
  desk = await openDesk(system.at);
  officer = await desk.officer('Anna');
  zhao = await manager('Zhao');
  const at = new Date();
  ids = await desk.say([
    ...['你好', '在的', '报价发您', '好的'].map((text) => ({ from: 'Chen', to: [outsider(1)], at, text })),
    ...['二', '三', '四'].map((text) => ({ from: 'Chen', to: [outsider(2)], at, text })),
    { from: 'Chen', to: ['Sun'], at, text: '同事之间' },
    { from: 'Sun', to: [outsider(3)], at: new Date(at.getTime() - 86_400_000 * 60), text: '很久以前' },
    { from: 'Zhao', to: [outsider(4)], at, text: '主管自己的' },
  ]);
});

const ask = (who: Person, body: object) => desk.call(who, 'spot-checks', body);
const open = (who: Person, id: string) => desk.call(who, `spot-checks/${id}`);
const conclude = (who: Person, id: string, body: object) => desk.call(who, `spot-checks/${id}/result`, body);
const conversationWith = async (n: number): Promise<string> => {
  const sql = 'SELECT id FROM archive_conversation WHERE external_userid = ?';
  const [row] = await system.at.db.query<{ id: string }>(sql, [outsider(n)]);
  return row?.id ?? '';
};
const chosen = async (who: Person, n = 1): Promise<string> => {
  const body = { userid: 'Chen', conversation_id: await conversationWith(n), reason: '客户反映' };
  return (await ask(who, body)).body.id;
};
const gaps = (): Promise<Json[]> => system.at.api.all('findings?detector=ATTESTATION_GAP');

test('DET ATTESTATION_GAP a draw is by chance, and anybody can draw it again from what is recorded', async () => {
  const drawn = await ask(zhao, { userid: 'Chen' });
  expect(drawn.status).toBe(201);
  const { draw, conversation_id, state } = drawn.body;
  expect([state, draw.population, draw.days]).toEqual(['open', 2, 30]);
  const among = [await conversationWith(1), await conversationWith(2)];
  expect(drawOne(draw.seed, among)).toBe(conversation_id);
  expect(drawOne(draw.seed, among.reverse())).toBe(conversation_id);
  const sql = "SELECT detail FROM audit_event WHERE action = 'spot_check.asked' AND target = ?";
  const [row] = await system.at.db.query<{ detail: string }>(sql, [`spot_check:${drawn.body.id}`]);
  expect(row?.detail).toContain(draw.seed);
  await expect(system.at.db.execute("UPDATE spot_check SET seed = 'x'")).rejects.toThrow('insert-only');
});

test('DET ATTESTATION_GAP over many draws every conversation has its chance', () => {
  const counts = { a: 0, b: 0, c: 0 };
  for (let n = 0; n < 300; n++) counts[drawOne(`seed ${n}`, ['a', 'b', 'c']) as keyof typeof counts]++;
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(60);
});

test('A11 DET ATTESTATION_GAP first, last, count and newest messages are shown, and recorded before', async () => {
  const id = await chosen(officer);
  const { archive } = (await open(officer, id)).body;
  expect([archive.messages, archive.first.text]).toEqual([4, '你好']);
  expect(archive.recent.map(({ text }: Json) => text)).toEqual(['好的', '报价发您', '在的', '你好']);
  const sql = "SELECT detail FROM audit_event WHERE action = 'archive.read' AND target = ? ORDER BY id DESC LIMIT 1";
  const [row] = await system.at.db.query<{ detail: string }>(sql, [`conversation:${await conversationWith(1)}`]);
  expect(JSON.parse(row?.detail ?? '{}')).toMatchObject({ spot_check: id });
});

test('DET ATTESTATION_GAP what the device lacks is a finding with the messages as evidence; what matches is none', async () => {
  const [lacking, fine] = [await chosen(zhao), await chosen(zhao, 2)];
  const missing = [String(ids[1]), String(ids[2])];
  const before = (await gaps()).length;
  expect((await conclude(zhao, fine, { outcome: 'matches' })).body).toMatchObject({ state: 'matches' });
  expect(await gaps()).toHaveLength(before);
  const body = { outcome: 'missing_on_device', missing, note: '手机 13800138000 上没有' };
  const concluded = await conclude(zhao, lacking, body);
  expect([concluded.status, concluded.body.state, concluded.body.result.missing]).toEqual([201, body.outcome, missing]);
  expect(concluded.body.result.note).not.toContain('13800138000');
  const [gap] = await gaps();
  expect(gap).toMatchObject({
    ...{ evidence_level: 'DERIVED', severity: 'high', userid: 'Chen', external_userid: outsider(1) },
    features: { spot_check: 'chosen', missing_on_device: 2, messages_held: 4 },
  });
  expect(gap?.evidence.map(({ source, ref }: Json) => [source, ref]).slice(1)).toEqual(
    missing.map((id) => ['message', id]),
  );
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
  await expect(system.at.db.execute("UPDATE spot_check_result SET outcome = 'x'")).rejects.toThrow('insert-only');
});

test('DET ATTESTATION_GAP a result is given once, by words, about messages of that conversation', async () => {
  const id = await chosen(zhao);
  const gone = { outcome: 'missing_on_device', note: '没有' };
  expect((await conclude(zhao, id, gone)).status).toBe(422);
  expect((await conclude(zhao, id, { outcome: 'missing_on_device', missing: [String(ids[0])] })).status).toBe(422);
  const other = await conclude(zhao, id, { ...gone, missing: [String(ids[5])] });
  expect([other.status, other.body.code]).toEqual([422, 'SPOT_CHECK_OTHER_MESSAGES']);
  const both = await Promise.all([
    conclude(zhao, id, { ...gone, missing: [String(ids[0])] }),
    conclude(officer, id, { outcome: 'matches' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect((await conclude(zhao, id, { outcome: 'matches' })).body.code).toBe('SPOT_CHECK_DONE');
});

test('VIO-2.2-16 DET ATTESTATION_GAP what was taken back is on no device, and is not missing', async () => {
  const at = new Date();
  const [said = 0] = await desk.say([{ from: 'Chen', to: [outsider(5)], at, text: '打错了' }]);
  const revoke = { action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: `m${said}_external` } };
  await desk.say([{ from: 'Chen', to: [outsider(5)], at, ...revoke }]);
  const id = await chosen(zhao, 5);
  const before = (await gaps()).length;
  const refused = await conclude(zhao, id, { outcome: 'missing_on_device', missing: [String(said)], note: '没有' });
  expect([refused.status, refused.body.code]).toEqual([422, 'SPOT_CHECK_RECALLED_MESSAGES']);
  expect(await gaps()).toHaveLength(before);
});

test('S9 DET ATTESTATION_GAP inside the own line only, and never one’s own nor of whoever stands above', async () => {
  const [qian, chen] = [await manager('Qian'), await desk.officer('Chen', 'Chen')];
  const id = await chosen(officer);
  for (const [who, userid] of [
    [qian, 'Chen'],
    [zhao, 'Zhao'],
    [chen, 'Chen'],
    [chen, 'Zhao'],
    [zhao, 'nobody'],
  ] as const) {
    expect((await ask(who, { userid })).body.code).toBe('SPOT_CHECK_STAFF_NOT_FOUND');
  }
  for (const who of [qian, chen]) {
    expect((await open(who, id)).status).toBe(404);
    expect((await conclude(who, id, { outcome: 'matches' })).status).toBe(404);
    expect((await desk.call(who, 'spot-checks')).body.items.map((one: Json) => one.id)).not.toContain(id);
  }
  expect((await desk.call(zhao, 'spot-checks?userid=Chen&state=open')).body.items.map((one: Json) => one.id)).toContain(
    id,
  );
});

test('DET ATTESTATION_GAP there must be a conversation with somebody outside, and a reason to choose one', async () => {
  expect((await ask(zhao, { userid: 'Sun', days: 30 })).body.code).toBe('SPOT_CHECK_NOTHING_TO_DRAW');
  const foreign = { userid: 'Sun', conversation_id: await conversationWith(1), reason: '看看' };
  expect((await ask(zhao, foreign)).body.code).toBe('SPOT_CHECK_CONVERSATION_NOT_FOUND');
  expect((await ask(zhao, { userid: 'Chen', conversation_id: await conversationWith(1) })).status).toBe(422);
});

test('S9 DET ATTESTATION_GAP the audit trail tells nobody of cases about themselves, or whoever stands above; the chain is whole', async () => {
  const chen = await desk.officer('Chen two', 'Chen');
  const id = await chosen(officer);
  await open(officer, id);
  const missing = [String(ids[1])];
  await conclude(officer, id, { outcome: 'missing_on_device', missing, note: '没有' });
  const [gap] = await gaps();
  await desk.call(officer, `findings/${gap?.id}`);
  await desk.call(officer, 'risk/people/Chen');
  const trail = async (who: Person, query = ''): Promise<Json[]> =>
    (await desk.call(who, `audit-events?limit=200${query}`)).body.items;
  const named = async (who: Person) => {
    const queries = [`&target=spot_check:${id}`, `&target=finding:${gap?.id}`, '&target=staff:Chen'];
    const read = `&action=archive.read&target=conversation:${await conversationWith(1)}`;
    const found = await Promise.all([...queries, read].map((query) => trail(who, query)));
    return found.map((rows) => [...new Set(rows.map(({ action }) => action))].sort());
  };
  const known = [
    ['spot_check.asked', 'spot_check.concluded'],
    ['finding.opened'],
    ['risk.person_read'],
    ['archive.read'],
  ];
  expect(await named(officer)).toEqual(known);
  expect(await named(chen)).toEqual([[], [], [], []]);
  const other = (await ask(officer, { userid: 'Zhao', conversation_id: await conversationWith(4), reason: '看' })).body
    .id;
  expect(await trail(chen, `&target=spot_check:${other}`)).toEqual([]);
  expect((await trail(officer)).map((row) => row.id)).toEqual(
    expect.arrayContaining((await trail(chen)).map((row) => row.id)),
  );
  expect((await trail(chen)).length).toBeGreaterThan(0);
  const [row] = await trail(officer, `&target=finding:${gap?.id}`);
  expect((await desk.call(officer, `audit-events/${row?.id}`)).status).toBe(200);
  expect((await desk.call(chen, `audit-events/${row?.id}`)).status).toBe(404);
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
});
