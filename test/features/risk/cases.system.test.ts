import { days } from '../../../src/core/clock';
import { aPerson, type Person } from '../../support/people';
import { type Json, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';
import { staffId } from '../kernel/scope/company';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let officer: Person;

beforeAll(async () => {
  desk = await openDesk(system.at);
  officer = await desk.officer('Anna');
});

const manager = (userid: string): Promise<Person> =>
  aPerson({ access: system.at.system.services.access, db: system.at.db }, { roles: ['sales_manager'], userid });

let moment = Date.parse('2026-04-01T00:00:00.000Z');
/** Chen deletes a customer, as an event tells it. @returns the finding's id */
async function deletedBy(name: string): Promise<string> {
  const { db, system: running } = system.at;
  const { store, presence } = running.services.externalContacts;
  const relation = await store.pair(staffId(name), `wm${name}`);
  if (!relation) throw new Error(`${name} has nobody`);
  // Far enough apart to have nothing to do with each other.
  moment += days(8);
  const at = new Date(moment);
  const facts = [
    { kind: 'added' as const, occurred_at: new Date(moment - 30_000) },
    { kind: 'staff_deleted' as const, occurred_at: at },
  ];
  await db.transact(() => presence.record(relation, facts, { source: 'event', ref: 'e1', at }));
  const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM finding');
  return String(row?.id);
}

const open = (who: Person, id: string) => desk.call(who, `findings/${id}`);
const idsOf = async (who: Person): Promise<string[]> =>
  (await desk.call(who, 'findings?limit=200')).body.items.map(({ id }: Json) => id);
const decide = (who: Person, id: string, body: object) => desk.call(who, `findings/${id}/decisions`, body);

test('WCM-03 a case is taken up, confirmed with words, and looked at again; every step is evidence', async () => {
  const id = await deletedBy('Chen');
  expect((await decide(officer, id, { state: 'reviewing', version: 1 })).body).toMatchObject({ state: 'reviewing' });
  const silent = await decide(officer, id, { state: 'confirmed', version: 2 });
  expect([silent.status, silent.body.code]).toEqual([422, 'FINDING_COMMENT_NEEDED']);
  const confirmed = await decide(officer, id, { state: 'confirmed', version: 2, comment: '客户已核实' });
  expect([confirmed.status, confirmed.body.state]).toEqual([201, 'confirmed']);
  expect((await decide(officer, id, { state: 'cleared', version: 3, reason: 'other', comment: 'x' })).body.code).toBe(
    'FINDING_WRONG_STATE',
  );
  await decide(officer, id, { state: 'reviewing', version: 3 });
  const { steps } = (await open(officer, id)).body;
  expect(steps.map((step: Json) => [step.state, step.by.name, step.comment])).toEqual([
    ['reviewing', 'Anna', null],
    ['confirmed', 'Anna', '客户已核实'],
    ['reviewing', 'Anna', null],
  ]);
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
  await expect(system.at.db.execute("UPDATE finding SET severity = 'low'")).rejects.toThrow('insert-only');
});

test('WCM-03 clearing needs a reason; of two who decide at once one does', async () => {
  const id = await deletedBy('Chen');
  const bare = await decide(officer, id, { state: 'cleared', version: 1, comment: '误删' });
  expect([bare.status, bare.body.code]).toEqual([422, 'FINDING_REASON_NEEDED']);
  const bo = await desk.officer('Bo');
  const body = { state: 'cleared', version: 1, reason: 'false_positive', comment: '误报' };
  const both = await Promise.all([decide(officer, id, body), decide(bo, id, body)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('S9 WCM-03 a finding is seen inside the line, never by whom it concerns nor about whoever stands above', async () => {
  const [ofChen, ofZhao] = [await deletedBy('Chen'), await deletedBy('Zhao')];
  const [zhao, qian, chen] = [await manager('Zhao'), await manager('Qian'), await desk.officer('Chen', 'Chen')];
  expect(await idsOf(zhao)).toContain(ofChen);
  expect(await idsOf(zhao)).not.toContain(ofZhao);
  expect(await idsOf(qian)).toEqual([]);
  for (const id of [ofChen, ofZhao]) {
    expect(await idsOf(chen)).not.toContain(id);
    expect((await open(chen, id)).status).toBe(404);
    expect((await decide(chen, id, { state: 'reviewing', version: 1 })).status).toBe(404);
  }
  expect((await open(qian, ofChen)).status).toBe(404);
  expect((await open(zhao, ofChen)).status).toBe(200);
});

test('S16 that a finding was opened is in the audit trail before it is shown', async () => {
  const id = await deletedBy('Sun');
  const { db } = system.at;
  await open(officer, id);
  const sql = 'SELECT actor, result FROM audit_event WHERE action = ? AND target = ?';
  expect(await db.query(sql, ['finding.opened', `finding:${id}`])).toEqual([
    { actor: `account:${officer.id}`, result: 'ok' },
  ]);
});
