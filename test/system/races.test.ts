import { differencesFromTruth } from '../support/compare';
import { type SystemAtTest, until, useSystem } from '../support/system';

const system = useSystem({ staff: 8, externalContacts: 60, groupChats: 3, leavers: 0, seed: 3 });
beforeAll(() => system.at.syncAll());

/** Lets something happen, and be told, between the answer to a call of a full read and its arrival. */
async function duringCall(at: SystemAtTest, api: string, happen: () => void): Promise<void> {
  const { faults, ledger } = at.sandbox;
  const before = ledger.calls[api] ?? 0;
  faults.set('slow', { only: [api], ms: 700, count: 1 });
  const sync = at.syncAll();
  await until(`${api} is asked`, () => (ledger.calls[api] ?? 0) > before);
  faults.clear();
  const handled = await handledCount(at);
  happen();
  await at.sandbox.callbacks.idle();
  await until('the event is handled', async () => (await handledCount(at)) > handled, 5000);
  await sync;
  await at.settled();
}

const handledCount = async ({ db }: SystemAtTest): Promise<number> => {
  const [row] = await db.query<{ n: unknown }>("SELECT COUNT(*) AS n FROM inbox_event WHERE state <> 'pending'");
  return Number(row?.n);
};

const pairOf = ({ sandbox }: SystemAtTest) => {
  const { userid, external_userid } =
    sandbox.truth().relations.find((row) => row.listed && !row.external_deleted) ?? {};
  return { userid: userid ?? '', external_userid: external_userid ?? '' };
};
const leastBusy = ({ sandbox }: SystemAtTest): string =>
  [...sandbox.world.staff.values()].sort((a, b) => a.relations.size - b.relations.size)[0]?.userid ?? '';
const batch = 'externalcontact/batch/get_by_user';

const races: [what: string, api: string, happen: (at: SystemAtTest) => void][] = [
  ['an edit', batch, (at) => at.sandbox.control.editRelation({ ...pairOf(at), remark: '新的备注' })],
  ['a deletion by staff', batch, (at) => at.sandbox.control.deleteByStaff(pairOf(at))],
  ['a new relation', batch, (at) => at.sandbox.control.addRelation({ userid: pairOf(at).userid })],
  ['a join', 'externalcontact/groupchat/get', (at) => joinAll(at)],
  ['a new name of every group', 'externalcontact/groupchat/get', (at) => renameAll(at)],
  ['a deleted tag', 'externalcontact/get_corp_tag_list', (at) => at.sandbox.control.deleteTag({ tag_id: tagOf(at) })],
  ['a new tag', 'externalcontact/get_corp_tag_list', (at) => at.sandbox.control.createTag({ name: '刚刚创建' })],
  [
    'a new name of a tag',
    'externalcontact/get_corp_tag_list',
    (at) => at.sandbox.control.renameTag({ tag_id: tagOf(at), name: '刚刚改名' }),
  ],
  ['a new department', 'department/list', (at) => at.sandbox.control.createDepartment({ name: '新部门', parentid: 1 })],
  ['a new member', 'user/list_id', (at) => at.sandbox.control.hireStaff()],
  ['a departure', 'user/list_id', (at) => at.sandbox.control.staffLeaves({ userid: leastBusy(at) })],
  [
    'a new userid',
    'user/list_id',
    (at) => at.sandbox.control.renameStaff({ userid: leastBusy(at), new_userid: 'renamed.one' }),
  ],
];

const tagOf = ({ sandbox }: SystemAtTest): string => sandbox.world.tagIds()[0] ?? '';
const joinAll = ({ sandbox }: SystemAtTest): void => {
  const { userid } = sandbox.control.hireStaff({ silent: true });
  for (const chat of sandbox.world.liveGroupChats())
    sandbox.control.joinGroup({ chat_id: chat.chat_id, members: [userid] });
};
const renameAll = ({ sandbox }: SystemAtTest): void => {
  for (const { chat_id } of sandbox.world.liveGroupChats()) sandbox.control.renameGroup({ chat_id, name: '改名了' });
};

test.each(races)('%s told while a full read still holds the older answer is not undone', async (_, api, happen) => {
  const { at } = system;
  await duringCall(at, api, () => happen(at));
  const followerOnly = ({ entity }: { entity: string }) => entity === 'staff';
  expect((await differencesFromTruth(at, at.sandbox)).filter((d) => !followerOnly(d))).toEqual([]);
});
