import { days } from '../../../src/core/clock';
import { eventSamples } from '../../../src/sandbox';
import { aPerson } from '../../support/people';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 12, externalContacts: 120, groupChats: 0, leavers: 0, seed: 71 });
beforeAll(() => system.at.syncAll());

const found = (chat_id: string): Promise<Json[]> =>
  system.at.api.all('findings').then((rows) => rows.filter((row) => row.chat_id === chat_id));

/** A group of the first member's, with these colleagues and two customers. */
async function group(...colleagues: string[]) {
  const { control, world } = system.at.sandbox;
  const [owner] = world.followers().sort((a, b) => b.relations.size - a.relations.size);
  const customers = [...(owner?.relations.keys() ?? [])].slice(0, 2);
  const made = control.createGroup({ owner: owner?.userid, members: [...customers, ...colleagues] });
  await system.at.settled();
  return { ...made, owner: owner?.userid ?? '', customers };
}
const colleague = (nth: number): string => {
  const [, ...others] = system.at.sandbox.world.followers().sort((a, b) => b.relations.size - a.relations.size);
  return others[nth]?.userid ?? '';
};
const act = async (deed: () => unknown): Promise<void> => {
  deed();
  await system.at.settled();
};

test('DET GROUP_DISMISSED a lively group with customers is grave; its owner is named as the owner then', async () => {
  const { chat_id, owner } = await group();
  await act(() => system.at.sandbox.control.dismissGroup({ chat_id }));
  const [finding, ...more] = await found(chat_id);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ detector: 'GROUP_DISMISSED', evidence_level: 'OFFICIAL', severity: 'high', userid: owner },
    features: { named_as: 'owner_then', external_members: 2, archived: false, quiet_days: 0 },
    evidence: [{ source: 'group_chat_history' }],
  });
});

test('DET GROUP_DISMISSED a group that was long quiet, or without customers, weighs less; what is archived counts first', async () => {
  const { control } = system.at.sandbox;
  const { db } = system.at;
  const [quiet, empty] = [await group(), control.createGroup({ owner: colleague(0), members: [colleague(1)] })];
  await system.at.settled();
  await db.execute(
    `INSERT INTO archive_conversation (id, kind, chat_id, last_message_id, first_message_at, last_message_at, messages)
     VALUES ('quiet', 'group', ?, 1, ?, ?, 1)`,
    [quiet.chat_id, new Date(Date.now() - days(40)), new Date(Date.now() - days(31.5))],
  );
  await act(() => control.dismissGroup({ chat_id: quiet.chat_id }));
  await act(() => control.dismissGroup({ chat_id: empty.chat_id }));
  expect(await found(quiet.chat_id)).toMatchObject([
    { severity: 'medium', features: { archived: true, quiet_days: 31 } },
  ]);
  expect(await found(empty.chat_id)).toMatchObject([{ severity: 'medium', features: { external_members: 0 } }]);
});

test('VIO-2.2-5 DET GROUP_DISMISSED told again, and read again, it is one; one whom everybody left is none', async () => {
  const { control, callbacks, ledger } = system.at.sandbox;
  const [gone, empty] = [await group(), await group()];
  await act(() => control.dismissGroup({ chat_id: gone.chat_id }));
  await callbacks.sendRaw('agent', `${ledger.delivered.at(-1)?.xml ?? ''} `);
  await system.at.settled();
  await system.at.syncAll('group_chats');
  expect(await found(gone.chat_id)).toHaveLength(1);
  await act(() => control.leaveGroup({ chat_id: empty.chat_id, members: empty.customers }));
  expect(await found(empty.chat_id)).toEqual([]);
});

test('DET GROUP_MEMBER_REMOVED who is put out is found, who leaves is not; told again it is one', async () => {
  const { control, callbacks, ledger } = system.at.sandbox;
  const { chat_id, owner, customers } = await group();
  const [first = '', second = ''] = customers;
  await act(() => control.leaveGroup({ chat_id, members: [first] }));
  expect(await found(chat_id)).toEqual([]);
  await act(() => control.leaveGroup({ chat_id, members: [second], removed: true }));
  const told = ledger.delivered.at(-1)?.xml ?? '';
  await callbacks.sendRaw('agent', `${told} `);
  await system.at.settled();
  expect(await found(chat_id)).toMatchObject([
    {
      ...{ detector: 'GROUP_MEMBER_REMOVED', severity: 'medium', userid: owner, external_userid: second },
      features: { named_as: 'owner_then', removed_external: true, removed_supervisor: false },
    },
  ]);
});

test('DET GROUP_MEMBER_REMOVED whoever watches over the group for compliance is gravest', async () => {
  const { at } = system;
  const officer = colleague(2);
  await aPerson({ access: at.system.services.access, db: at.db }, { roles: ['compliance_officer'], userid: officer });
  const { chat_id } = await group(officer, colleague(3));
  await act(() => at.sandbox.control.leaveGroup({ chat_id, members: [officer, colleague(3)], removed: true }));
  const rows = await found(chat_id);
  expect(rows.map(({ severity, features }) => [features.removed_userid, severity]).sort()).toEqual(
    [
      [officer, 'high'],
      [colleague(3), 'medium'],
    ].sort(),
  );
  expect(rows.every(({ external_userid }) => external_userid === null)).toBe(true);
});

test('VIO-2.2-12 DET GROUP_MEMBER_REMOVED a scene left over in an event about something else removes nobody', async () => {
  const { at } = system;
  const { chat_id, customers } = await group();
  at.sandbox.world.groupChats.get(chat_id)?.members.delete(customers[0] ?? '');
  const createTime = Math.floor(Date.now() / 1000);
  const removed = eventSamples['change_external_chat/update#del_member']?.({
    chat_id,
    createTime,
    external_userid: customers[0] ?? '',
  });
  const xml = removed?.replace('del_member', 'change_name') ?? '';
  expect(xml).toMatch(/QuitScene/);
  await at.sandbox.callbacks.sendRaw('agent', xml);
  await at.settled();
  const { members } = (await at.api.get(`group-chats/${chat_id}`)).body;
  expect(members).toHaveLength(2);
  expect(await found(chat_id)).toEqual([]);
});

test('VIO-2.2-13 DET GROUP_MEMBER_REMOVED a leaver who is put out of a group is no finding', async () => {
  const { at } = system;
  const { userid } = at.sandbox.control.hireStaff();
  await at.settled();
  const { chat_id } = await group(userid);
  await act(() => at.sandbox.control.staffLeaves({ userid }));
  const createTime = Math.floor(Date.now() / 1000);
  const xml = eventSamples['change_external_chat/update#del_member']?.({
    chat_id,
    createTime,
    external_userid: userid,
  });
  await at.sandbox.callbacks.sendRaw('agent', xml ?? '');
  await at.settled();
  const left = await at.db.query("SELECT id FROM group_chat_history WHERE chat_id = ? AND kind = 'left'", [chat_id]);
  expect(left).not.toEqual([]);
  expect(await found(chat_id)).toEqual([]);
});

test('VIO-2.2-9 DET GROUP_OWNER_CHANGED to a colleague; to somebody we cannot see it is grave; a leaver’s heir is as it should be', async () => {
  const { at } = system;
  const { control, world } = at.sandbox;
  const [handed, hidden, inherited] = [await group(), await group(), await group()];
  await act(() => control.changeOwner({ chat_id: handed.chat_id, owner: colleague(4) }));
  expect(await found(handed.chat_id)).toMatchObject([
    {
      ...{ detector: 'GROUP_OWNER_CHANGED', evidence_level: 'OFFICIAL', severity: 'medium', userid: handed.owner },
      features: { named_as: 'former_owner', new_owner: colleague(4), new_owner_out_of_sight: false },
    },
  ]);
  await at.db.execute("UPDATE staff SET status = 'unknown' WHERE userid = ?", [colleague(5)]);
  await act(() => control.changeOwner({ chat_id: hidden.chat_id, owner: colleague(5) }));
  expect(await found(hidden.chat_id)).toMatchObject([{ severity: 'high', features: { new_owner_out_of_sight: true } }]);
  await at.db.execute("UPDATE staff SET status = 'left', departed_at = ? WHERE userid = ?", [
    new Date(),
    inherited.owner,
  ]);
  const chat = world.groupChats.get(inherited.chat_id);
  if (chat) chat.owner = colleague(4);
  await at.syncAll('group_chats');
  expect((await at.api.get(`group-chats/${inherited.chat_id}`)).body.owner).toBe(colleague(4));
  expect(await found(inherited.chat_id)).toEqual([]);
});

test('DET GROUP_OWNER_CHANGED what only a read showed is derived', async () => {
  const { at } = system;
  const { chat_id } = at.sandbox.control.createGroup({ owner: colleague(6) });
  await at.settled();
  at.sandbox.control.changeOwner({ chat_id, owner: colleague(7), silent: true });
  await at.syncAll('group_chats');
  expect(await found(chat_id)).toMatchObject([{ detector: 'GROUP_OWNER_CHANGED', evidence_level: 'DERIVED' }]);
});

test('I6 DET GROUP_DISMISSED one whose end nobody told is found by the next read, derived; told late it stays one', async () => {
  const { at } = system;
  const { chat_id } = await group();
  at.sandbox.control.dismissGroup({ chat_id, silent: true });
  await at.syncAll('group_chats');
  const createTime = Math.floor(Date.now() / 1000);
  const xml = eventSamples['change_external_chat/dismiss']?.({ chat_id, createTime });
  expect(xml).toContain(chat_id);
  await at.sandbox.callbacks.sendRaw('agent', xml ?? '');
  await at.settled();
  expect(await found(chat_id)).toMatchObject([
    { detector: 'GROUP_DISMISSED', evidence_level: 'DERIVED', evidence: [{ source: 'group_chat_history' }] },
  ]);
});
