import { type Json, useSystem } from '../../support/system';
import { leaversOf } from './leavers-at-test';

const system = useSystem({ staff: 16, externalContacts: 200, groupChats: 16, leavers: 0, seed: 92 });
const { take, leaves, item, departureOf, leftoversOf } = leaversOf(system);
beforeAll(async () => {
  await system.at.syncAll();
});

const heldBy = async (userid: string): Promise<Json[]> => {
  const { id } = await departureOf(userid);
  return system.at.api.all(`departures/${id}/external-contacts?state=unassigned`);
};
const reasons = (rows: Json[]) =>
  Object.fromEntries(rows.map(({ id, why, errcode }) => [id, errcode ? [why, errcode] : why]));
const total = async (): Promise<Json> => (await system.at.api.get('leftovers/summary')).body;

test('WCM-07 EXT-31 whatever is still a leaver’s is named with why, and counted by it', async () => {
  const userid = take({ owner: true });
  await leaves(userid);
  const ids = (await heldBy(userid)).map((row): string => row.external_userid);
  const [none = '', planned = '', waiting = '', refused = '', full = '', failed = '', missing = '', unlisted = ''] =
    ids;
  const group = (await leftoversOf(userid, '&kind=group_chat'))[0]?.id;
  const contact = (id: string, state: string, errcode?: number) =>
    item(userid, { kind: 'external_contact', id, state, errcode });
  await contact(none, 'cancelled');
  await contact(planned, 'planned');
  await contact(waiting, 'refused');
  await contact(waiting, 'waiting');
  await contact(refused, 'refused');
  await contact(refused, 'cancelled');
  await contact(full, 'over_limit');
  await contact(failed, 'failed', 40128);
  await item(userid, { kind: 'group_chat', id: group, state: 'failed', errcode: 90503 });
  const state = (id: string, to: string) =>
    system.at.db.execute('UPDATE relation SET state = ? WHERE external_userid = ? AND state = ?', [
      ...[to, id, 'unassigned'],
    ]);
  await state(missing, 'missing');
  await state(unlisted, 'active');
  const rows = await leftoversOf(userid);
  expect(reasons(rows)).toMatchObject({
    ...{ [none]: 'no_handover', [planned]: 'planned', [waiting]: 'under_way' },
    ...{ [refused]: 'refused', [full]: 'over_limit', [failed]: ['failed', 40128] },
    ...{ [missing]: 'ended_as_missing', [unlisted]: 'not_in_wecom_list', [group]: ['failed', 90503] },
  });
  expect(await leftoversOf(userid, '&why=failed')).toHaveLength(2);
  expect(await leftoversOf(userid, '&kind=group_chat&why=no_handover')).toEqual(
    rows.filter((row) => row.kind === 'group_chat' && row.why === 'no_handover'),
  );

  expect((await departureOf(userid)).counts).toMatchObject({ in_handover: 2, exceptions: 4, moved: 0 });
});

test('WCM-07 the list of what is left over goes on where a page ends, and its summary counts it', async () => {
  const userid = take({ owner: true });
  await leaves(userid);
  const pages: Json[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor && `&cursor=${cursor}`;
    const { body } = await system.at.api.get(`leftovers?limit=3${more}`);
    expect(body.items.length).toBeLessThanOrEqual(3);
    pages.push(...body.items);
    cursor = body.next_cursor;
  }
  const all = await system.at.api.all('leftovers');
  expect(pages).toEqual(all);
  const summary = await total();
  expect(summary.total).toBe(all.length);
  for (const { kind, why, count } of summary.counts) {
    expect([kind, why, count]).toEqual([kind, why, all.filter((row) => row.kind === kind && row.why === why).length]);
  }
  expect(Date.parse(summary.list_read_at)).toBeLessThanOrEqual(Date.parse(summary.checked_at));
});

test('EXT-31 the inventory tells how the handover of each stands, and finds by it', async () => {
  const userid = take({ owner: true });
  await leaves(userid);
  const { id } = await departureOf(userid);
  const all = await heldBy(userid);
  const [open, done] = all.map((row): string => row.external_userid);
  await item(userid, { kind: 'external_contact', id: open ?? '', state: 'waiting' });
  await item(userid, { kind: 'external_contact', id: done ?? '', state: 'taken_over' });
  const find = async (handover: string) =>
    (await system.at.api.all(`departures/${id}/external-contacts?handover=${handover}`)).map(
      (row) => row.external_userid,
    );
  expect(await find('open')).toEqual([open]);
  expect(await find('done')).toEqual([done]);
  expect(await find('none')).not.toContain(open);
  expect((await find('none')).length).toBeGreaterThan(0);
  const rows = await system.at.api.all(`departures/${id}/external-contacts`);
  expect(rows.find((row) => row.external_userid === open)).toMatchObject({
    ...{ may_move: false, why_not: 'under_way', handover: { state: 'waiting' } },
  });
  const groups = await system.at.api.all(`departures/${id}/group-chats`);
  const chat = groups[0]?.chat_id;
  expect(groups[0]).toMatchObject({ may_move: true, why_not: null, status: 'owner_left', handover: null });
  await item(userid, { kind: 'group_chat', id: chat, state: 'submitted' });
  const under = (handover: string) => system.at.api.all(`departures/${id}/group-chats?handover=${handover}`);
  expect(await under('open')).toMatchObject([{ chat_id: chat, may_move: false, why_not: 'under_way' }]);
  expect((await under('none')).length).toBe(groups.length - 1);
});

test('WCM-07 CUS-04 what was taken over is nobody’s who left: in the end nothing is left over', async () => {
  const { sandbox } = system.at;
  const userid = take();
  await leaves(userid);
  const before = await leftoversOf(userid);
  expect(before.length).toBeGreaterThan(0);
  const { control, world } = sandbox;
  for (const { handover, contact } of [...world.unassigned()].filter((row) => row.handover.userid === userid)) {
    const successor = world.followers().find((staff) => !staff.relations.has(contact.external_userid));
    const order = { handover_userid: handover.userid, takeover_userid: successor?.userid ?? '' };
    control.planTransfer({ external_userid: contact.external_userid, outcome: 'taken_over' });
    control.transferCustomers({ ...order, external_userids: [contact.external_userid] });
  }
  for (const transfer of world.transfers) transfer.takeover_time = 0;
  control.settleTransfers();
  await system.at.settled();
  await system.at.reconcile();
  const left = (await leftoversOf(userid)).filter((row) => row.kind === 'external_contact');
  expect(left.filter(({ why }) => why !== 'ended_as_missing')).toEqual([]);
  expect((await departureOf(userid)).counts.external_contacts.movable).toBe(0);
});

test('EXT-31 a group chat that was taken over is found among what is done, as somebody else’s', async () => {
  const userid = take({ owner: true });
  const heir = take();
  await leaves(userid);
  const { id } = await departureOf(userid);
  const [chat] = await system.at.api.all(`departures/${id}/group-chats`);
  await item(userid, { kind: 'group_chat', id: chat?.chat_id, state: 'taken_over' });
  await system.at.db.execute('UPDATE group_chat SET owner = ?, status = 0 WHERE chat_id = ?', [heir, chat?.chat_id]);
  const done = await system.at.api.all(`departures/${id}/group-chats?handover=done`);
  expect(done).toMatchObject([{ chat_id: chat?.chat_id, may_move: false, why_not: 'not_held' }]);
  const left = await system.at.api.all(`departures/${id}/group-chats`);
  expect(left.map(({ chat_id }) => chat_id)).not.toContain(chat?.chat_id);
  expect((await leftoversOf(userid)).map((row) => row.id)).not.toContain(chat?.chat_id);
});
