import { eventSamples } from '../../../src/sandbox';
import { useSystem } from '../../support/system';
import { type Pair, pairsOf, secondsAgo } from './pairs';

const system = useSystem({ staff: 40, externalContacts: 900, groupChats: 3, leavers: 0, seed: 61 });
const { take, tell, found, about } = pairsOf(system);
beforeAll(() => system.at.syncAll());

const missing = (): Promise<unknown[]> => found('detector=CUSTOMER_MISSING');
const send = async (kind: string, pair: Pair, ago: number): Promise<void> => {
  const createTime = secondsAgo(ago).getTime() / 1000;
  const xml = eventSamples[`change_external_contact/${kind}`]?.({ ...pair, createTime }) ?? '';
  await system.at.sandbox.callbacks.sendRaw('agent', xml);
};
const colleagueOf = ({ userid, external_userid }: Pair): string =>
  system.at.sandbox.world.followers().find((staff) => staff.userid !== userid && !staff.relations.has(external_userid))
    ?.userid ?? '';

/** A transfer takes a day; here it is over at once. */
function transfer(pair: Pair, takeover: string): void {
  const { control, world } = system.at.sandbox;
  const order = { handover_userid: pair.userid, takeover_userid: takeover };
  control.transferCustomers({ ...order, external_userids: [pair.external_userid] });
  for (const one of world.transfers) one.takeover_time = 0;
  control.settleTransfers();
}

test('VIO-2.2-2 what we did ourselves through the API is no finding', async () => {
  const [deleted, moved] = [take(), take()];
  await tell(deleted, 'staff_deleted', secondsAgo(60), { source: 'own_write' });
  await tell(moved, 'missing', secondsAgo(60), { source: 'own_write' });
  for (const pair of [deleted, moved]) expect(await about(pair)).toEqual([]);
});

test('VIO-2.2-3 a successor who was a friend before is told nothing: no finding, also after a reconciliation', async () => {
  const pair = take();
  const takeover = colleagueOf(pair);
  system.at.sandbox.control.addRelation({ userid: takeover, external_userid: pair.external_userid });
  transfer(pair, takeover);
  await system.at.settled();
  await system.at.reconcile();
  expect(await found(`external_userid=${pair.external_userid}`)).toEqual([]);
});

test('VIO-2.2-3 a transfer of whose end nobody told is not missed: the successor has the customer', async () => {
  const pair = take();
  const takeover = colleagueOf(pair);
  system.at.sandbox.deliverTo(undefined);
  transfer(pair, takeover);
  system.at.sandbox.deliverTo(system.at.system.url);
  await send('add_external_contact', { ...pair, userid: takeover }, 0);
  await system.at.settled();
  await system.at.reconcile();
  const [relation] = await system.at.api.all(`relations?userid=${pair.userid}&external_userid=${pair.external_userid}`);
  expect(relation?.state).toBe('missing');
  expect(await found(`external_userid=${pair.external_userid}`)).toEqual([]);
});

test('VIO-2.2-4 a refused transfer ends nothing: both go on, and nobody is lost', async () => {
  const pair = take();
  system.at.sandbox.control.planTransfer({ external_userid: pair.external_userid, outcome: 'customer_refused' });
  transfer(pair, colleagueOf(pair));
  await system.at.settled();
  await system.at.reconcile();
  expect(await found(`external_userid=${pair.external_userid}`)).toEqual([]);
  const [relation] = await system.at.api.all(`relations?userid=${pair.userid}&external_userid=${pair.external_userid}`);
  expect(relation?.state).toBe('active');
});

test('VIO-2.2-5 DET CUSTOMER_DELETED_BY_STAFF told three times, and the re-add before the deletion: one finding each, cleared as in order', async () => {
  const pair = take();
  const { control } = system.at.sandbox;
  control.deleteByStaff({ ...pair, silent: true });
  control.addRelation({ ...pair, silent: true });
  for (let n = 0; n < 3; n += 1) {
    await send('add_external_contact', pair, 20);
    await system.at.settled();
    await send('del_external_contact', pair, 40);
    await system.at.settled();
  }
  expect(await about(pair)).toEqual(['DELETE_READD low open', 'CUSTOMER_DELETED_BY_STAFF high cleared']);
});

test('VIO-2.2-5 a deletion and an add of one second, which the list sets in order, are no second deletion', async () => {
  const pair = take();
  const { control } = system.at.sandbox;
  const { external_userid } = control.addRelation({ userid: pair.userid, silent: true });
  const fresh = { userid: pair.userid, external_userid };
  control.deleteByStaff({ ...fresh, silent: true });
  await send('del_external_contact', fresh, 30);
  await system.at.settled();
  await send('add_external_contact', fresh, 30);
  await system.at.settled();
  const history = await system.at.db.query(
    "SELECT id FROM relation_history WHERE kind = 'staff_deleted' AND detail IS NOT NULL",
  );
  expect(history).not.toEqual([]);
  expect(await about(fresh)).toEqual(['CUSTOMER_DELETED_BY_STAFF high open']);
});

test('VIO-2.2-6 DET CUSTOMER_MISSING half an add that nobody confirmed is in no list, and is not missed', async () => {
  const { userid } = take();
  const { external_userid } = system.at.sandbox.control.addRelation({ userid, half: true });
  await system.at.settled();
  const before = await missing();
  await system.at.reconcile();
  await tell({ userid, external_userid }, 'missing', new Date());
  expect(await missing()).toEqual(before);
});

test('VIO-2.2-7 DET CUSTOMER_MISSING most of somebody’s customers gone at once are one held difference, and no finding', async () => {
  const { at } = system;
  const { userid } = take();
  const staff = at.sandbox.world.findStaff(userid);
  const all = [...(staff?.relations.values() ?? [])];
  for (const relation of all.slice(0, Math.ceil(all.length * 0.8))) at.sandbox.world.unlink(relation);
  const before = await missing();
  const { differences } = await at.reconcile();
  expect(differences.filter((one) => one.userid === userid)).toEqual([
    expect.objectContaining({ kind: 'relations_shrank', state: 'held', explanation: 'scope_changed' }),
  ]);
  expect(await missing()).toEqual(before);
  if (staff) for (const relation of all) at.sandbox.world.link(staff, relation.contact, { ...relation });
});

test('VIO-2.2-7 I6 DET CUSTOMER_MISSING what somebody takes for really lost is missed one by one, at the second look', async () => {
  const { at } = system;
  const { userid } = take();
  const staff = at.sandbox.world.findStaff(userid);
  const gone = [...(staff?.relations.values() ?? [])].slice(0, 12);
  for (const { contact } of gone)
    at.sandbox.control.deleteByStaff({ userid, external_userid: contact.external_userid, silent: true });
  const before = (await missing()).length;
  const first = await at.reconcile();
  const held = first.differences.find((one) => one.userid === userid && one.state === 'held');
  expect(await missing()).toHaveLength(before);
  const accept = (id: unknown) => at.api.post(`differences/${id}/accept`);
  expect((await accept(held?.id)).body).toMatchObject({ state: 'applied', explanation: 'accepted' });
  expect([(await accept(held?.id)).status, (await accept(999_999_999)).status]).toEqual([409, 404]);
  await at.reconcile();
  expect(await missing()).toHaveLength(before + gone.length);
});

test.each(['externalcontact/batch/get_by_user', 'externalcontact/list'])(
  'VIO-2.2-8 DET CUSTOMER_MISSING when %s fails nobody is missed; 84061 is not an empty list',
  async (api) => {
    const { at } = system;
    const pair = at.sandbox.control.deleteByStaff({ ...take(), silent: true });
    at.sandbox.faults.set('refused', { only: [api], errcode: 84061 });
    const before = await missing();
    await at.reconcile();
    at.sandbox.faults.clear();
    expect(await missing()).toEqual(before);
    await at.reconcile();
    expect(await about(pair)).toEqual(['CUSTOMER_MISSING high open']);
  },
);

test('VIO-2.2-9 DET CUSTOMER_MISSING a leaver’s customers wait for a successor, or had gone before: none is missed', async () => {
  const { at } = system;
  const { userid, ...pair } = take();
  at.sandbox.control.deleteByExternal({ userid, ...pair, silent: true });
  at.sandbox.control.deleteByExternal({ ...take(userid) });
  await at.settled();
  at.sandbox.control.staffLeaves({ userid });
  await at.settled();
  await at.db.execute('UPDATE staff SET departed_at = ? WHERE userid = ?', [secondsAgo(7200), userid]);
  const before = await missing();
  await at.reconcile();
  await at.reconcile();
  expect(await missing()).toEqual(before);
  expect(await found(`userid=${userid}&detector=CUSTOMER_DELETED_BY_STAFF`)).toEqual([]);
});

test('VIO-2.2-10 DET CUSTOMER_MISSING that `get` goes on showing who was deleted clears nothing; only a list brings them back', async () => {
  const { at } = system;
  const pair = take();
  const { external_userid, userid } = pair;
  const relation = at.sandbox.world.findRelation(userid, external_userid);
  await tell(pair, 'staff_deleted', secondsAgo(60));
  // The world still has the pair, as a stale `get` would.
  at.sandbox.control.addRelation({ userid: colleagueOf(pair), external_userid });
  await at.settled();
  const stateOf = async () =>
    (await at.api.all(`relations?userid=${userid}&external_userid=${external_userid}`))[0]?.state;
  expect(relation).toBeDefined();
  expect(await stateOf()).toBe('deleted_by_staff');
  expect(await about(pair)).toEqual(['CUSTOMER_DELETED_BY_STAFF high open']);
  await at.reconcile();
  expect(await stateOf()).toBe('active');
});

test('VIO-2.2-11 DET CUSTOMER_MISSING after a migration the same people stand in the lists under new ids: nobody is missed, nobody held', async () => {
  const { at } = system;
  const { world } = at.sandbox;
  const small = take();
  const big = take();
  const everybody = [small, big].map(({ userid }) => world.findStaff(userid));
  const gone = at.sandbox.control.deleteByStaff({ ...take(small.userid), silent: true });
  const renamed = everybody.flatMap((staff) => {
    if (!staff) return [];
    return [...staff.relations.values()].map((relation) => {
      const { contact: before, ...fields } = relation;
      const external_userid = `${before.external_userid.slice(0, -3)}NEW`;
      world.unlink(relation);
      world.link(staff, { ...before, external_userid, followers: [] }, fields);
      return external_userid;
    });
  });
  expect(renamed.length).toBeGreaterThan(20);
  const before = (await missing()).length;
  const { differences } = await at.reconcile();
  const own = differences.filter(({ userid }) => [small.userid, big.userid].includes(userid));
  expect(new Set(own.map(({ kind, explanation }) => `${kind} ${explanation}`))).toEqual(
    new Set(['relation_missing new_id', 'relation_appeared no_event', 'relation_missing no_event']),
  );
  expect(await missing()).toHaveLength(before + 1);
  expect(await about(gone)).toEqual(['CUSTOMER_MISSING high open']);
});

test('WCM-06 a deletion that is told after it was missed explains the loss, which is then found once, as told', async () => {
  const { at } = system;
  const pair = take();
  at.sandbox.control.deleteByStaff({ ...pair, silent: true });
  await at.reconcile();
  expect(await about(pair)).toEqual(['CUSTOMER_MISSING high open']);
  await send('del_external_contact', pair, 30);
  await at.settled();
  expect(await about(pair)).toEqual(['CUSTOMER_DELETED_BY_STAFF high open', 'CUSTOMER_MISSING high cleared']);
});

test.each([
  ['transferred_out', 'transferred'],
  ['reappeared', 'came_back'],
  ['added', 'readded'],
] as const)('WCM-06 somebody missed is explained by %s', async (kind, comment) => {
  const pair = take();
  await tell(pair, 'missing', secondsAgo(600));
  await tell(pair, kind, kind === 'transferred_out' ? secondsAgo(900) : secondsAgo(60));
  const [finding] = await found(
    `external_userid=${pair.external_userid}&detector=CUSTOMER_MISSING&userid=${pair.userid}`,
  );
  expect(finding?.state).toBe('cleared');
  const { steps } = (await system.at.api.get(`findings/${finding?.id}`)).body;
  expect(steps).toMatchObject([{ by: { actor: 'system' }, reason: 'explained', comment }]);
});

test('WCM-06 an edit, or an add of another month, explains no loss', async () => {
  const pair = take();
  await tell(pair, 'missing', secondsAgo(3 * 86_400));
  await tell(pair, 'added', secondsAgo(60));
  expect(await about(pair)).toEqual(['CUSTOMER_MISSING high open']);
});

test('VIO-2.2-18 what is found happened when the event says, not when we heard of it', async () => {
  const pair = take();
  system.at.sandbox.control.deleteByStaff({ ...pair, silent: true });
  await send('del_external_contact', pair, 500);
  await system.at.settled();
  const [finding] = await found(`external_userid=${pair.external_userid}&userid=${pair.userid}`);
  expect(Date.now() - Date.parse(finding?.occurred_at)).toBeGreaterThanOrEqual(500_000);
  expect(Date.now() - Date.parse(finding?.detected_at)).toBeLessThan(60_000);
});
