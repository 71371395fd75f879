import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aPerson, type Person } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { type Desk, openDesk } from '../desk';
import { outsider } from '../said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let anna: Person;
let bo: Person;
let ids: number[] = [];
const old = (day: number) => `2019-03-0${day}T02:00:00.000Z`;

beforeAll(async () => {
  desk = await openDesk(system.at);
  [anna, bo] = [await desk.officer('Anna'), await desk.officer('Bo')];
  ids = await desk.say([
    { from: 'Chen', to: [outsider(1)], at: old(1), text: 'canary-one' },
    { from: outsider(1), to: ['Chen'], at: old(2), text: 'canary-two' },
    { from: 'Chen', to: [outsider(1)], at: '2026-03-01T02:00:00.000Z', text: 'still young' },
    { from: 'Sun', to: [outsider(2)], at: old(3), text: 'on hold' },
    { from: 'Sun', to: [outsider(2)], at: old(4), text: 'canary-three' },
  ]);
});

const call = (path: string, body?: object, who = anna) => desk.call(who, path, body);
const shown = async (): Promise<string[]> => {
  const { messageReader, conversationViews } = system.at.system.services;
  const views = await conversationViews.show(await messageReader.read(ids));
  return views.map(({ state, text }) => (state === 'purged' ? state : text));
};
const runEnds = (run: Json) => system.at.runEnds('runs', run.id);
const rule = { name: '一般', ground: 'internal rule 7', years: 5 };
const hold = (more: object) => ({ name: 'inquiry', matter: 'CASE-1', reason: 'asked by the court', ...more });
/** Every byte the database has on disk. */
const onDisk = (): string =>
  readdirSync(system.at.dataDir)
    .filter((name) => name.startsWith('scrm.db'))
    .map((name) => readFileSync(join(system.at.dataDir, name), 'latin1'))
    .join('');

test('A7 A9 S12 a rule needs two people, a dry run says what is due and touches nothing', async () => {
  expect((await call('archive/retention-runs', { dry_run: false })).status).toBe(409);
  const before = await runEnds((await call('archive/retention-runs', { dry_run: true })).body);
  expect(before.result).toMatchObject({ messages: 0, held: 0 });
  const required = await call('archive/retention-rules', rule);
  expect(required.body).toMatchObject({ code: 'APPROVAL_REQUIRED', details: { action: 'archive.change_retention' } });
  const { action, payload } = required.body.details;
  const asked = await call('approvals', { action, payload, reason: 'new' });
  expect((await call(`approvals/${asked.body.id}/decide`, { decision: 'approve' })).body.code).toBe(
    'APPROVAL_NOT_YOURS',
  );
  expect((await call('archive/retention-rules')).body.items).toEqual([]);
  expect(await desk.together(anna, bo, required)).toMatchObject({ ...rule, active: true, version: 1 });
  const { result } = await runEnds((await call('archive/retention-runs', { dry_run: true })).body);
  expect(result).toMatchObject({ dry_run: true, messages: 4, conversations: 2, held: 0, by_rule: [{ over: 4 }] });
  expect(await shown()).toEqual(['canary-one', 'canary-two', 'still young', 'on hold', 'canary-three']);
});

test('A8 A9 of two holds over the same messages one keeps them when the other goes; release needs two', async () => {
  const one = (await call('archive/holds', hold({ userid: 'Sun', from: old(3), to: old(4) }))).body;
  const two = (await call('archive/holds', hold({ external_userid: outsider(2), to: old(4) }))).body;
  expect((await call(`archive/holds/${one.id}`)).body).toMatchObject({ messages: 1, state: 'active' });
  const due = async () => (await runEnds((await call('archive/retention-runs', { dry_run: true })).body)).result;
  expect(await due()).toMatchObject({ messages: 3, held: 1 });
  const required = await call(`archive/holds/${one.id}/release`, {});
  expect(required.status).toBe(409);
  expect((await call(`archive/holds/${one.id}`)).body.state).toBe('active');
  expect(await desk.together(anna, bo, required)).toMatchObject({
    ...{ state: 'released', released_by: `account:${anna.id}`, approved_by: `account:${bo.id}` },
  });
  expect(await due()).toMatchObject({ messages: 3, held: 1 });
  expect((await call(`archive/holds/${one.id}/release`, {})).body.code).toBe('HOLD_RELEASED');
  expect((await call('archive/holds?state=active')).body.items.map(({ id }: Json) => id)).toEqual([two.id]);
  expect((await call('archive/holds', hold({}))).status).toBe(422);
});

test('A7 A15 S17 a purge destroys what is due, keeps what is held, leaves tombstones; the chain still verifies', async () => {
  const { db, system: running } = system.at;
  const { evidence } = running.services;
  await evidence.seal({ sign: true });
  if (db.dialect === 'sqlite') expect(onDisk()).toContain('canary-one');
  const sealed = (await db.query<{ sealed: string }>('SELECT sealed FROM archive_body ORDER BY id'))[0]?.sealed ?? '';
  const run = await desk.together(anna, bo, await call('archive/retention-runs', { dry_run: false }));
  const { result } = await runEnds(run);
  expect(result).toMatchObject({ dry_run: false, messages: 3, keys: 1, held: 1, log_emptied: true });
  expect(await shown()).toEqual(['purged', 'purged', 'still young', 'on hold', 'purged']);
  const [tombstone] = (await call('archive/purges')).body.items;
  expect(tombstone).toMatchObject({
    ...{ cause: 'retention', count: 3, run_id: run.id, ground: 'because' },
    ...{ asked_by: `account:${anna.id}`, approved_by: `account:${bo.id}` },
  });
  const keys = await db.query('SELECT conversation_id, month, sealed, destroyed_at FROM archive_body_key ORDER BY id');
  expect(keys.map((key) => [key.month, key.sealed === null, key.destroyed_at === null])).toEqual([
    ['2019-03', true, false],
    ['2026-03', false, true],
    ['2019-03', false, true],
  ]);
  const envelopes = await db.query<{ message: string }>('SELECT message FROM archive_envelope ORDER BY id');
  expect(envelopes.map(({ message }) => message === '')).toEqual([true, true, false, false, true]);
  if (db.dialect === 'sqlite') {
    const bytes = onDisk();
    expect([bytes.includes('canary-'), bytes.includes(sealed.slice(8, 40))]).toEqual([false, false]);
  }
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
  const actions = (await call('audit-events?action=archive.purged')).body.items;
  expect(actions).toMatchObject([{ target: `purge:${tombstone.id}`, detail: { messages: 3 } }]);
});

test('A15 a purged message is still there: who, when, and that it was purged; searching its text is not', async () => {
  const [row] = await system.at.db.query<{ conversation_id: string }>(
    'SELECT conversation_id FROM archive_message WHERE id = ?',
    [ids[0] ?? 0],
  );
  const { items } = (await call(`conversations/${row?.conversation_id}/messages?order=asc`)).body;
  expect(items[0]).toMatchObject({ from: 'Chen', state: 'purged', text: '', body: {}, sent_at: old(1) });
});

test('A1 S17 the database empties no envelope without a tombstone, and changes nothing else of one with it', async () => {
  const { db } = system.at;
  const empty = (id: number) =>
    db.execute("UPDATE archive_envelope SET random_key = '', message = '' WHERE id = ?", [id]);
  await expect(empty(ids[2] ?? 0)).rejects.toThrow('insert-only');
  const purged = ids[0] ?? 0;
  await expect(db.execute("UPDATE archive_envelope SET message = 'x' WHERE id = ?", [purged])).rejects.toThrow();
  await expect(db.execute("UPDATE archive_envelope SET leaf = 'x' WHERE id = ?", [purged])).rejects.toThrow();
  await expect(db.execute('DELETE FROM archive_envelope WHERE id = ?', [purged])).rejects.toThrow('insert-only');
  await expect(db.execute('DELETE FROM archive_purged')).rejects.toThrow('insert-only');
  await expect(db.execute('UPDATE archive_purge SET count = 0')).rejects.toThrow('insert-only');
});

test('S17 what is said after the purge, late for a month that was destroyed or in one that runs, is never mixed up', async () => {
  const [late, fresh] = await desk.say([
    { from: 'Chen', to: [outsider(1)], at: old(5), text: 'came years late' },
    { from: 'Chen', to: [outsider(1)], at: '2026-03-02T02:00:00.000Z', text: 'said since' },
  ]);
  ids.push(late ?? 0, fresh ?? 0);
  expect((await shown()).slice(-2)).toEqual(['purged', 'said since']);
});

test('A16 S23 forgetting a person purges their single chats; what is on hold is restricted, and goes with the hold', async () => {
  const { db } = system.at;
  const person = outsider(9);
  await db.execute('UPDATE external_contact SET external_userid = ? WHERE external_userid = ?', [person, 'wmWu']);
  await db.execute('UPDATE relation SET external_userid = ? WHERE external_userid = ?', [person, 'wmWu']);
  const group = { roomid: 'wrDEMOgroup000001', to: ['Wu', person, outsider(2)] };
  const said = await desk.say([
    { from: 'Wu', to: [person], at: '2026-02-01T02:00:00.000Z', text: 'kept for the court' },
    { from: person, to: ['Wu'], at: '2026-03-01T02:00:00.000Z', text: 'to be forgotten' },
    { from: person, to: ['Wu'], at: new Date(), text: 'this month, forgotten' },
    { from: person, at: '2026-03-01T02:00:00.000Z', text: 'among others', ...group },
  ]);
  ids = said;
  const kept = (await call('archive/holds', hold({ userid: 'Wu', to: '2026-02-02' }))).body;
  const required = await call('privacy/erasures', { external_userid: person, reason: 'asked for it' });
  const erased = await desk.together(anna, bo, required);
  expect(erased).toMatchObject({ external_userid: person, archive: { messages: 3, on_hold: 1 } });
  await system.at.settled();
  expect(await shown()).toEqual(['kept for the court', 'purged', 'purged', 'among others']);
  const state = async () => (await call('archive/erasures')).body.items;
  expect(await state()).toMatchObject([
    { external_userid: person, state: 'restricted', purged: 2, held: 1, approved_by: `account:${bo.id}` },
  ]);
  ids = [...said, ...(await desk.say([{ from: person, to: ['Wu'], at: new Date(), text: 'said afterwards' }]))];
  expect((await shown()).at(-1)).toBe('said afterwards');
  await desk.together(anna, bo, await call(`archive/holds/${kept.id}/release`, {}));
  await system.at.settled();
  expect(await state()).toMatchObject([{ state: 'purged', held: 0 }]);
  expect(await shown()).toEqual(['purged', 'purged', 'purged', 'among others', 'said afterwards']);
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
});

test('S12 releasing a hold, and a rule, ask for a second factor of the last five minutes', async () => {
  const { services } = system.at.system;
  const place = { access: services.access, db: system.at.db };
  const late = await aPerson(place, { roles: ['compliance_officer'], name: 'Late', withFactor: false });
  const kept = (await call('archive/holds', hold({ userid: 'Li' }))).body;
  const asked = [
    await call(`archive/holds/${kept.id}/release`, {}, late),
    await call('archive/retention-rules', rule, late),
  ];
  expect(asked.map(({ status }) => status)).toEqual([403, 403]);
  for (const { body } of asked) expect(['STEP_UP_REQUIRED', 'SECOND_FACTOR_MISSING']).toContain(body.code);
  const required = await call('archive/retention-runs', { dry_run: false }, late);
  const { action, payload } = required.body.details;
  expect((await call('approvals', { action, payload, reason: 'x' }, late)).status).toBe(403);
});

test('S11 an administrator neither holds nor purges', async () => {
  const { services } = system.at.system;
  for (const role of ['system_admin', 'security_admin', 'auditor'] as const) {
    const { token } = await services.access.issueToken({ name: role, roles: [role] });
    const answer = await fetch(`${system.at.system.url}/api/v1/archive/retention-runs`, {
      method: 'POST',
      headers: { connection: 'close', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"dry_run":true}',
    });
    expect([role, answer.status]).toEqual([role, 403]);
  }
});
