import type { Database } from '../../../../src/db/database';
import { createDomainEvents } from '../../../../src/features/kernel/events';
import { createScopes } from '../../../../src/features/kernel/scope';
import {
  groupChatDetail,
  groupChatHistoryPage,
  groupChatHistoryQuery,
  groupChatPage,
  groupChatQuery,
} from '../../../../src/features/relations/group-chats/group-chats.schema';
import { createGroupChatService } from '../../../../src/features/relations/group-chats/group-chats.service';
import {
  createGroupChatViews,
  type GroupChatViews,
} from '../../../../src/features/relations/group-chats/group-chats.views';
import type { GroupChat } from '../../../../src/wecom';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest } from '../../../support/vault';
import { head } from '../../../support/viewers';
import { writer } from '../external-contacts/rows';
import { aChat, aMember, FakeGroups, second } from './fake-groups';

let db: Database;
let close: () => Promise<void>;
let views: GroupChatViews;
let store: (chat: GroupChat, status?: number) => Promise<unknown>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
  views = createGroupChatViews({ db, scopes: createScopes(db), vault: vaultAtTest });
  const staff = { resolve: async () => new Map<string, string>() };
  const groups = createGroupChatService({
    db,
    wecom: { groupChats: new FakeGroups() },
    staff,
    vault: vaultAtTest,
    erasedOf: async () => new Set<string>(),
    events: createDomainEvents(),
  });
  store = (chat, status) =>
    db.transact(() => groups.mirror(chat, status, { source: 'sync', ref: 'run-1', at: db.now() }));
});
afterEach(() => close());

const list = async (query: object = {}) => groupChatPage.parse(await views.list(groupChatQuery.parse(query), head));
const ids = async (query: object = {}) => (await list(query)).items.map((chat) => chat.chat_id);
const history = async (query: object = {}) =>
  groupChatHistoryPage.parse(await views.history('wrA', groupChatHistoryQuery.parse(query), head));

test('pages run newest first and show every row exactly once while rows are added', async () => {
  for (let n = 1; n <= 7; n++) await store(aChat(`wr${n}`, [aMember('li')]));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((chat) => chat.chat_id));
    cursor = page.next_cursor;
    await store(aChat(`wrNew${seen.length}`, [aMember('li')]));
  } while (cursor);
  expect(seen).toEqual(['wr7', 'wr6', 'wr5', 'wr4', 'wr3', 'wr2', 'wr1']);
});

test('narrow by owner, member, state and name', async () => {
  const write = writer(db);
  await write.staff('s-li', 'Li', '李');
  await write.formerUserid('old.li', 's-li');
  await store(aChat('wrA', [aMember('Li'), aMember('wm1')], { owner: 'Li', name: 'VIP_群' }));
  await store(aChat('wrB', [aMember('wang'), aMember('Li')], { owner: 'wang', name: 'vip1群' }), 2);
  expect(await ids({ owner: 'old.LI' })).toEqual(['wrA']);
  expect(await ids({ owner: 'nobody' })).toEqual([]);
  expect(await ids({ member: 'li' })).toEqual(['wrB', 'wrA']);
  expect(await ids({ member: 'wm1' })).toEqual(['wrA']);
  expect(await ids({ member: 'li', owner: 'wang' })).toEqual(['wrB']);
  expect(await ids({ q: 'vip_' })).toEqual(['wrA']);
  expect(await ids({ q: 'ViP' })).toEqual(['wrB', 'wrA']);
  expect(await ids({ state: 'active' })).toEqual(['wrB', 'wrA']);
  expect(await ids({ state: 'missing' })).toEqual([]);
  expect((await list()).items.map((chat) => [chat.owner, chat.owner_name, chat.status])).toEqual([
    ['wang', null, 'inheriting'],
    ['Li', '李', 'normal'],
  ]);
});

test('one group: members by the time they joined, admins marked', async () => {
  const members = [
    aMember('wm2', { joined_at: second(9), join_scene: 3, unionid: 'o1', group_nickname: '小二' }),
    aMember('wm1', { joined_at: second(5), invitor: 'wang' }),
    aMember('wang'),
    aMember('li'),
  ];
  await store(aChat('wrA', members, { admins: ['wang'] }));
  const chat = groupChatDetail.parse(await views.get('wrA', head));
  expect(chat.members.map((m) => [m.userid, m.type, m.is_admin])).toEqual([
    ['li', 'staff', false],
    ['wang', 'staff', true],
    ['wm1', 'external', false],
    ['wm2', 'external', false],
  ]);
  expect(chat.members[2]).toMatchObject({ invitor: 'wang', unionid: null });
  expect(chat.members[3]).toMatchObject({
    join_scene: 3,
    unionid: 'o1',
    nickname: '小二',
    joined_at: second(9).toISOString(),
  });
});

test('the history comes newest first, page by page', async () => {
  await store(aChat('wrA', [aMember('li')]));
  await store(aChat('wrB', [aMember('li')]));
  for (const name of ['a', 'b', 'c']) await store(aChat('wrA', [aMember('li')], { name }));
  const first = await history({ limit: 3 });
  const older = await history({ limit: 3, cursor: first.next_cursor });
  expect(first.items.map((l) => l.detail)).toMatchObject([{ after: 'c' }, { after: 'b' }, { after: 'a' }]);
  expect(older.items.map((l) => l.kind)).toEqual(['created']);
  expect(older.next_cursor).toBeNull();
});

test('strangers, unknown filters and strange cursors are refused', async () => {
  await store(aChat('wrA', [aMember('li')]));
  const refusal = { code: 'group_chat.not_found', status: 404 };
  await expect(views.get('wrZ', head)).rejects.toMatchObject(refusal);
  await expect(views.history('wrZ', groupChatHistoryQuery.parse({}), head)).rejects.toMatchObject(refusal);
  expect(() => groupChatQuery.parse({ colour: 'red' })).toThrow('colour');
  const bad = { code: 'paging.bad_cursor', status: 400 };
  await expect(list({ cursor: Buffer.from('[1]').toString('base64url') })).rejects.toMatchObject(bad);
  await expect(history({ cursor: Buffer.from('["x"]').toString('base64url') })).rejects.toMatchObject(bad);
});
