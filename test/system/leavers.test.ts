import { eventSamples, type Sandbox } from '../../src/sandbox';
import { differencesFromTruth } from '../support/compare';
import { useSystem } from '../support/system';

const system = useSystem({ staff: 10, externalContacts: 120, groupChats: 8, leavers: 0, seed: 37 });
beforeAll(() => system.at.syncAll());

const now = (): number => Math.floor(Date.now() / 1000);
const busiest = ({ world }: Sandbox) => world.followers().sort((a, b) => b.relations.size - a.relations.size);
const differences = () => differencesFromTruth(system.at, system.at.sandbox);
/** Who works with customers is told by lists only. */
const told = async () => (await differences()).filter(({ entity }) => entity !== 'staff');

/** A transfer takes a day; here it is over at once. */
function settleTransfers({ world, control }: Sandbox): void {
  for (const transfer of world.transfers) transfer.takeover_time = 0;
  control.settleTransfers();
}

const statesOf = async (external_userid: string): Promise<Record<string, string>> => {
  const rows = await system.at.api.all(`relations?external_userid=${external_userid}`);
  return Object.fromEntries(rows.map((row) => [row.userid, row.state]));
};

test.each([
  ['the end first', 0],
  ['the beginning first', 1],
])('a transfer in service, %s, ends with one relation given and one taken', async (_, turn) => {
  const { at } = system;
  const [from, to] = busiest(at.sandbox);
  const own = [...(from?.relations.values() ?? [])].filter((row) => !row.half && !row.external_deleted);
  const ids = own.map((row) => row.contact.external_userid);
  const external_userid = ids.find((id) => !to?.relations.has(id)) ?? '';
  at.sandbox.deliverTo(undefined);
  const order = { handover_userid: from?.userid ?? '', takeover_userid: to?.userid ?? '' };
  at.sandbox.control.transferCustomers({ ...order, external_userids: [external_userid] });
  settleTransfers(at.sandbox);
  at.sandbox.deliverTo(at.system.url);
  const pair = { external_userid, createTime: now() };
  const events = [
    eventSamples['change_external_contact/del_external_contact#transfer']?.({ ...pair, userid: order.handover_userid }),
    eventSamples['change_external_contact/add_external_contact']?.({ ...pair, userid: order.takeover_userid }),
  ];
  if (turn === 1) events.reverse();
  for (const xml of events) await at.sandbox.callbacks.sendRaw('agent', xml ?? '');
  await at.settled();
  expect(await statesOf(external_userid)).toMatchObject({
    [order.handover_userid]: 'transferred_out',
    [order.takeover_userid]: 'active',
  });
  expect(await told()).toEqual([]);
});

test('a leaver’s customers become unassigned and the groups ownerless, by the event alone', async () => {
  const { at } = system;
  const owner = busiest(at.sandbox).find(({ userid }) =>
    at.sandbox.world.liveGroupChats().some((c) => c.owner === userid),
  );
  const { userid, unassigned } = at.sandbox.control.staffLeaves({ userid: owner?.userid ?? '' });
  expect(unassigned).toBeGreaterThan(0);
  await at.settled();
  expect((await told()).filter(({ entity }) => entity !== 'group_chats')).toEqual([]);
  const owned = await at.api.all(`group-chats?owner=${userid}`);
  expect(owned.length).toBeGreaterThan(0);
  expect(owned.every(({ status }) => status === 'owner_left')).toBe(true);
  const departed = (await at.api.all('staff?departed=true')).map((row) => row.userid);
  expect(departed).toContain(userid);
});

test('a customer of a leaver whose transfer is refused is unassigned again', async () => {
  const { at } = system;
  const [row] = [...at.sandbox.world.unassigned()];
  const external_userid = row?.contact.external_userid ?? '';
  const handover_userid = row?.handover.userid ?? '';
  at.sandbox.control.planTransfer({ external_userid, outcome: 'customer_refused' });
  const takeover_userid = busiest(at.sandbox).find((staff) => !staff.relations.has(external_userid))?.userid ?? '';
  at.sandbox.control.transferCustomers({ handover_userid, takeover_userid, external_userids: [external_userid] });
  await at.reconcile();
  expect((await statesOf(external_userid))[handover_userid]).toBe('transferred_out');
  settleTransfers(at.sandbox);
  await at.settled();
  await at.reconcile();
  expect((await statesOf(external_userid))[handover_userid]).toBe('unassigned');
  expect(await differences()).toEqual([]);
});

test('news of a departure that arrives after the member came back under the same userid changes nothing', async () => {
  const { at } = system;
  const { userid } = at.sandbox.control.hireStaff();
  await at.settled();
  const late = eventSamples['change_contact/delete_user']?.({ userid, createTime: now() - 5 });
  await at.sandbox.callbacks.sendRaw('contacts', late ?? '');
  await at.settled();
  const [member] = (await at.api.all('staff')).filter((row) => row.userid === userid);
  expect(member).toMatchObject({ status: 'active', departed_at: null });
});

test('a leaver who comes back under the same userid serves again, also after a full read', async () => {
  const { at } = system;
  const [row] = [...at.sandbox.world.unassigned()];
  const userid = row?.handover.userid ?? '';
  at.sandbox.control.hireStaff({ userid, name: '回来的人' });
  await at.settled();
  await at.syncAll();
  const [member] = (await at.api.all('staff')).filter((one) => one.userid === userid);
  expect(member).toMatchObject({ status: 'active', departed_at: null });
});

test('a relation that waited for its leaver’s successor is settled also after the leaver came back', async () => {
  const { at } = system;
  const { userid } = busiest(at.sandbox)[0] ?? { userid: '' };
  at.sandbox.control.staffLeaves({ userid });
  await at.settled();
  const row = [...at.sandbox.world.unassigned()].find(({ handover }) => handover.userid === userid);
  const external_userid = row?.contact.external_userid ?? '';
  const takeover_userid = busiest(at.sandbox).find((staff) => !staff.relations.has(external_userid))?.userid ?? '';
  expect((await statesOf(external_userid))[userid]).toBe('unassigned');
  const order = { handover_userid: userid, takeover_userid, external_userids: [external_userid] };
  at.sandbox.control.transferCustomers(order);
  settleTransfers(at.sandbox);
  at.sandbox.control.hireStaff({ userid, name: '回来的人' });
  await at.settled();
  await at.reconcile();
  expect((await statesOf(external_userid))[userid]).toBe('transferred_out');
});

test('half a relation of a leaver was nobody’s to give: it is missing, not transferred', async () => {
  const { at } = system;
  const { userid } = busiest(at.sandbox)[0] ?? { userid: '' };
  const { external_userid } = at.sandbox.control.addRelation({ userid, half: true });
  await at.settled();
  expect((await statesOf(external_userid))[userid]).toBe('half');
  at.sandbox.control.staffLeaves({ userid });
  await at.settled();
  const { differences } = await at.reconcile();
  expect((await statesOf(external_userid))[userid]).toBe('missing');
  expect(differences.filter(({ kind }) => kind === 'relation_missing').map((one) => one.external_userid)).toContain(
    external_userid,
  );
});

test('a leaver of whom nobody told, and whose customers were all given away, follows nobody after a full read', async () => {
  const { at } = system;
  const [leaver, ...others] = busiest(at.sandbox).filter(({ departed_at }) => departed_at === undefined);
  const userid = leaver?.userid ?? '';
  at.sandbox.deliverTo(undefined);
  at.sandbox.control.staffLeaves({ userid });
  const given = [...at.sandbox.world.unassigned()].filter(({ handover }) => handover === leaver);
  const external_userids = given.map(({ contact }) => contact.external_userid);
  expect(external_userids.length).toBeGreaterThan(0);
  at.sandbox.control.transferCustomers({
    handover_userid: userid,
    takeover_userid: others[0]?.userid ?? '',
    external_userids,
  });
  at.sandbox.deliverTo(at.system.url);
  const heldBy = async () => (await at.api.all(`relations?userid=${userid}`)).map(({ state }) => state);
  await at.reconcile();
  expect(await heldBy()).not.toContain('active');
  await at.reconcile();
  const over = ['transferred_out', 'missing'];
  expect((await heldBy()).filter((state) => !over.includes(state))).toEqual([]);
  expect((await differences()).filter(({ key }) => key.startsWith(userid))).toEqual([]);
});
