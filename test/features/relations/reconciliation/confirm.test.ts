import { eventSamples, type Sandbox } from '../../../../src/sandbox';
import { differencesFromTruth } from '../../../support/compare';
import { type Json, until, useSystem } from '../../../support/system';

/** The second look is due only when a test says so. */
const system = useSystem({
  staff: 6,
  externalContacts: 120,
  groupChats: 2,
  leavers: 0,
  seed: 31,
  confirmSeconds: 3600,
});
beforeAll(() => system.at.syncAll());

const firstListed = ({ world }: Sandbox, nth: number) => {
  const relations = world.followers().flatMap((staff) => [...staff.relations.values()]);
  const relation = relations.filter((row) => !row.half && !row.external_deleted)[nth];
  return { userid: relation?.staff.userid ?? '', external_userid: relation?.contact.external_userid ?? '' };
};

/** @returns the differences of a run before its second look, and a way to have that look now */
async function reconcileOnce(): Promise<{ found: Json[]; secondLook(): Promise<Json[]> }> {
  const { at } = system;
  const { run, differences } = await at.reconcile();
  return {
    found: differences,
    async secondLook() {
      await at.db.execute("UPDATE job SET run_at = ? WHERE state = 'ready'", [new Date()]);
      at.system.services.queue.wake();
      const waiting = async () => (await at.db.query("SELECT id FROM job WHERE state IN ('ready', 'running')")).length;
      await until('the second look is done', async () => (await waiting()) === 0);
      return at.api.all(`reconciliation-runs/${run.id}/differences`);
    },
  };
}

const stateOf = async (pair: { userid: string; external_userid: string }): Promise<Json> =>
  (await system.at.api.get(`relations?userid=${pair.userid}&external_userid=${pair.external_userid}`)).body.items[0];

test('a relation that is gone in one read stays as it is; the second read makes it missing', async () => {
  const { at } = system;
  const pair = at.sandbox.control.deleteByStaff({ ...firstListed(at.sandbox, 0), silent: true });
  const { found, secondLook } = await reconcileOnce();
  expect(found).toEqual([expect.objectContaining({ ...pair, kind: 'relation_missing', state: 'unconfirmed' })]);
  expect(await stateOf(pair)).toMatchObject({ state: 'active', absent_since: expect.any(String) });
  expect(await secondLook()).toEqual([expect.objectContaining({ state: 'confirmed', explanation: 'no_event' })]);
  expect(await stateOf(pair)).toMatchObject({ state: 'missing', ended_at: expect.any(String) });
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
});

test('a relation that the second read shows again is withdrawn', async () => {
  const { at } = system;
  const pair = firstListed(at.sandbox, 1);
  const relation = at.sandbox.world.findRelation(pair.userid, pair.external_userid);
  if (!relation) throw new Error('no such relation');
  at.sandbox.world.unlink(relation);
  const { found, secondLook } = await reconcileOnce();
  expect(found).toEqual([expect.objectContaining({ ...pair, state: 'unconfirmed' })]);
  at.sandbox.world.link(relation.staff, relation.contact, { ...relation });
  expect(await secondLook()).toEqual([expect.objectContaining({ state: 'withdrawn' })]);
  expect(await stateOf(pair)).toMatchObject({ state: 'active', absent_since: null, spell: 1 });
});

test('an event between the two reads explains the loss, and says who ended it', async () => {
  const { at } = system;
  const pair = at.sandbox.control.deleteByStaff({ ...firstListed(at.sandbox, 2), silent: true });
  const { found, secondLook } = await reconcileOnce();
  expect(found).toEqual([expect.objectContaining({ ...pair, state: 'unconfirmed' })]);
  at.sandbox.world.holdByExternal(pair.userid, pair.external_userid);
  const { external_userid, userid } = pair;
  const createTime = Math.floor(Date.now() / 1000);
  const xml = eventSamples['change_external_contact/del_external_contact']?.({ userid, external_userid, createTime });
  await at.sandbox.callbacks.sendRaw('agent', xml ?? '');
  await at.settled();
  expect(await secondLook()).toEqual([expect.objectContaining({ state: 'applied', explanation: 'event_late' })]);
  expect((await stateOf(pair)).state).toBe('deleted_by_staff');
});

test('an event that was handled before the run explains nothing of what came after it in silence', async () => {
  const { at } = system;
  const pair = at.sandbox.control.editRelation({ ...firstListed(at.sandbox, 4), remark: '说过的' });
  await at.settled();
  at.sandbox.control.editRelation({ ...pair, remark: '没说的', silent: true });
  const { secondLook } = await reconcileOnce();
  expect(await secondLook()).toEqual([
    expect.objectContaining({ ...pair, kind: 'relation_changed', state: 'applied', explanation: 'no_event' }),
  ]);
});

test('a customer’s own silent deletion of a staff member is not seen, and not invented', async () => {
  const { at } = system;
  const pair = at.sandbox.control.deleteByExternal({ ...firstListed(at.sandbox, 3), silent: true });
  const { found } = await reconcileOnce();
  expect(found).toEqual([]);
  expect((await stateOf(pair)).state).toBe('active');
});

test('when four fifths of somebody’s relations vanish at once nobody is lost: the read is held as doubtful', async () => {
  const { at } = system;
  const [staff] = at.sandbox.world.followers().sort((a, b) => b.relations.size - a.relations.size);
  if (!staff) throw new Error('nobody works with customers');
  const all = [...staff.relations.values()];
  const hidden = all.slice(0, Math.ceil(all.length * 0.8));
  expect(hidden.length).toBeGreaterThan(10);
  for (const relation of hidden) at.sandbox.world.unlink(relation);
  const { found, secondLook } = await reconcileOnce();
  expect(found).toEqual([
    expect.objectContaining({
      kind: 'relations_shrank',
      userid: staff.userid,
      state: 'held',
      explanation: 'scope_changed',
    }),
  ]);
  await secondLook();
  const active = await at.api.all(`relations?userid=${staff.userid}&state=active`);
  expect(active.map((row) => row.external_userid)).toEqual(
    expect.arrayContaining(hidden.filter((row) => !row.external_deleted).map((row) => row.contact.external_userid)),
  );
  for (const relation of hidden) at.sandbox.world.link(staff, relation.contact, { ...relation });
  expect((await reconcileOnce()).found).toEqual([]);
});

test('a member who loses the customer function is out of scope, with every relation, and comes back with them', async () => {
  const { at } = system;
  const [staff] = at.sandbox.world.followers().filter((one) => one.relations.size > 0);
  const userid = staff?.userid ?? '';
  at.sandbox.control.setFollower({ userid, follower: false, silent: true });
  const { found } = await reconcileOnce();
  expect(found).toEqual([expect.objectContaining({ kind: 'staff_out_of_scope', userid })]);
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  at.sandbox.control.setFollower({ userid, follower: true, silent: true });
  await at.reconcile();
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
});
