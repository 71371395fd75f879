import { head } from '../../../support/viewers';
import { aChat, aMember, second } from './fake-groups';
import { event, type GroupsAtTest, openGroups, withMembers } from './groups-at-test';

let t: GroupsAtTest;
beforeEach(async () => {
  t = await openGroups();
});
afterEach(() => t.close());

describe('a read', () => {
  test('shows a group for the first time: members, counters, and the staff in it made known', async () => {
    const chat = aChat('wrA', [aMember('li'), aMember('wang'), aMember('wm1'), aMember('wm1')], {
      admins: ['wang'],
      notice: '群公告',
    });
    expect(await t.mirror(chat, 1)).toEqual([
      {
        kind: 'group_chat_appeared',
        chatId: 'wrA',
        detail: { name: 'name of wrA', owner: 'li', member_count: 3 },
      },
    ]);
    expect(await t.detail()).toMatchObject({
      member_count: 3,
      external_count: 1,
      status: 'owner_left',
      admins: ['wang'],
    });
    expect([...t.made].sort()).toEqual(['li', 'wang']);
    expect(await t.history()).toMatchObject([
      { kind: 'created', source: 'sync', ref: 'run-1', occurred_at: second(0).toISOString() },
    ]);
  });

  test('that shows nothing new writes nothing', async () => {
    await t.mirror(withMembers('li', 'wm1'), 0);
    const before = await t.detail();
    t.clock.advance(60_000);
    expect(await t.mirror(withMembers('wm1', 'li'), 0)).toEqual([]);
    expect(await t.detail()).toEqual(before);
    expect(await t.kinds()).toEqual(['created']);
  });

  test('tells every difference once, with before and after', async () => {
    await t.mirror(withMembers('li', 'wm1'), 0);
    t.clock.advance(1000);
    const now = aChat(
      'wrA',
      [aMember('li'), aMember('wang', { name: '王' }), aMember('wm2', { joined_at: second(50) })],
      {
        name: '新名',
        owner: 'wang',
        notice: '公告',
        admins: ['wang', 'li'],
        member_version: 'v2',
      },
    );
    const changes = await t.mirror(now, 3);
    expect(changes).toEqual([
      {
        kind: 'group_chat_changed',
        chatId: 'wrA',
        detail: {
          name: ['name of wrA', '新名'],
          owner: ['li', 'wang'],
          notice: ['', '公告'],
          admins: [[], ['li', 'wang']],
          status: [0, 3],
        },
      },
      {
        kind: 'group_chat_members_changed',
        chatId: 'wrA',
        detail: { joined: ['wang', 'wm2'], left: ['wm1'] },
      },
    ]);
    const lines = await t.history();
    expect(lines.map((l) => l.kind).sort()).toEqual([
      ...['admins_changed', 'created', 'joined', 'joined', 'left'],
      ...['notice_changed', 'owner_changed', 'renamed', 'status_changed'],
    ]);
    expect(lines.find((l) => l.kind === 'joined' && l.occurred_at === second(50).toISOString())).toMatchObject({
      detail: { userid: 'wm2', type: 2, inferred: true },
    });
    expect(lines.find((l) => l.kind === 'left')).toMatchObject({
      occurred_at: t.clock.now().toISOString(),
      detail: { userid: 'wm1', inferred: true },
    });
    expect(await t.mirror(now, 3)).toEqual([]);
  });

  test('keeps a new nickname without telling it', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    expect(await t.mirror(aChat('wrA', [aMember('li'), aMember('wm1', { group_nickname: '小王' })]))).toEqual([]);
    expect((await t.detail()).members.map((m) => m.nickname)).toEqual(['', '小王']);
    expect(await t.kinds()).toEqual(['created']);
  });

  test('with an empty member list says nothing of the members', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    await t.mirror(aChat('wrA', [], { name: 'x' }));
    expect(await t.memberIds()).toEqual(['li', 'wm1']);
    expect(await t.kinds()).toEqual(['created', 'renamed']);
  });

  test('of one group by two at once stores and tells it once', async () => {
    const sides = [0, 1].map(() => t.mirror(withMembers('li', 'wm1', 'wm2')));
    const changes = (await Promise.all(sides)).flat();
    expect(changes).toHaveLength(1);
    expect(await t.kinds()).toEqual(['created']);
    const later = [0, 1].map(() => t.mirror(withMembers('li', 'wm2', 'wm3')));
    expect((await Promise.all(later)).flat()).toHaveLength(1);
    expect((await t.kinds()).sort()).toEqual(['created', 'joined', 'left']);
  });
});

describe('the end of a group', () => {
  test('dismissed: with its time, once, its members as they last were', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    await t.react(t.groups.onDismissed(event(second(59))));
    await t.react(t.groups.onDismissed(event(second(59))));
    expect(await t.detail()).toMatchObject({ state: 'dismissed', dismissed_at: second(59).toISOString() });
    expect(await t.kinds()).toEqual(['created', 'dismissed']);
    expect(await t.memberIds()).toEqual(['li', 'wm1']);
    expect(await t.groups.activeIds()).toEqual([]);
  });

  test('a read a moment later may still show it; a much later one revives it', async () => {
    await t.mirror(withMembers('li'));
    await t.react(t.groups.onDismissed(event(second(59))));
    await t.mirror(withMembers('li'));
    expect((await t.detail()).state).toBe('dismissed');
    t.clock.advance(60_000);
    expect(await t.mirror(withMembers('li'))).toMatchObject([{ detail: { state: ['dismissed', 'active'] } }]);
    expect(await t.detail()).toMatchObject({ state: 'active', dismissed_at: null });
    expect(await t.kinds()).toEqual(['created', 'dismissed', 'reappeared']);
  });

  test('a group nobody has read is kept as dismissed, too', async () => {
    await t.react(t.groups.onDismissed(event(second(59))));
    expect(await t.detail()).toMatchObject({ state: 'dismissed', name: '', members: [] });
  });

  test('missing without an event, and back again', async () => {
    await t.mirror(withMembers('li'));
    await t.react(t.groups.onDismissed(event(second(1), { chat_id: 'wrB' })));
    const change = await t.db.transact(() => t.groups.markMissing(['wrA', 'wrB', 'wrC'], t.origin()));
    expect(change).toMatchObject([{ kind: 'group_chat_missing', chatId: 'wrA' }]);
    expect((await t.detail()).state).toBe('missing');
    await t.mirror(withMembers('li'));
    expect((await t.detail()).state).toBe('active');
    expect(await t.kinds()).toEqual(['created', 'missing', 'reappeared']);
  });
});

test('the status comes from the list: told when it changes, unknown groups left alone', async () => {
  await t.mirror(withMembers('li'), 0);
  const set = (chatId: string, status: number) => t.db.transact(() => t.groups.setStatus(chatId, status, t.origin()));
  expect(await set('wrA', 1)).toMatchObject({ kind: 'group_chat_changed', detail: { status: [0, 1] } });
  expect(await set('wrA', 1)).toBeUndefined();
  expect(await set('wrZ', 1)).toBeUndefined();
  await t.mirror(withMembers('li'));
  expect((await t.detail()).status).toBe('owner_left');
  expect(await t.kinds()).toEqual(['created', 'status_changed']);
});

test('a changed userid is followed in owners, admins and members, also where the new one is known already', async () => {
  await t.mirror(aChat('wrA', [aMember('li'), aMember('wm1')], { admins: ['li', 'wang'] }));
  await t.mirror(aChat('wrB', [aMember('li'), aMember('li.new')], { owner: 'wang' }));
  await t.db.transact(() => t.groups.renameMember('li', 'li.new'));
  const views = t.views;
  expect(await t.detail()).toMatchObject({ owner: 'li.new', admins: ['li.new', 'wang'], member_count: 2 });
  expect(await t.memberIds()).toEqual(['li.new', 'wm1']);
  expect((await t.detail()).members.find((m) => m.userid === 'li.new')?.is_admin).toBe(true);
  expect(await views.get('wrB', head)).toMatchObject({
    owner: 'wang',
    member_count: 1,
    members: [{ userid: 'li.new' }],
  });
  expect(
    await t.mirror(aChat('wrA', [aMember('li.new'), aMember('wm1')], { owner: 'li.new', admins: ['wang', 'li.new'] })),
  ).toEqual([]);
});

test('the database itself refuses to change or remove a line of the history', async () => {
  await t.mirror(withMembers('li'));
  await expect(t.db.execute('DELETE FROM group_chat_history')).rejects.toThrow('insert-only');
  await expect(t.db.execute("UPDATE group_chat_history SET kind = 'x'")).rejects.toThrow('insert-only');
  expect(await t.kinds()).toEqual(['created']);
});
