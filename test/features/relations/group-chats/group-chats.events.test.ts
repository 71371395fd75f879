import { aChat, aMember, second } from './fake-groups';
import { event, type GroupsAtTest, openGroups, withMembers } from './groups-at-test';

let t: GroupsAtTest;
beforeEach(async () => {
  t = await openGroups();
});
afterEach(() => t.close());

describe('events', () => {
  test('a join keeps its scene; the same event again tells nothing new', async () => {
    await t.mirror(withMembers('li'));
    t.fake.put(aChat('wrA', [aMember('li'), aMember('wm1', { joined_at: second(39), join_scene: 3 })]));
    const joined = event(second(40), { update_detail: 'add_member', join_scene: 3, quit_scene: 1, members: ['wm1'] });
    await t.react(t.groups.onUpdated(joined));
    await t.react(t.groups.onUpdated(joined));
    expect((await t.history()).slice(1)).toMatchObject([
      {
        kind: 'joined',
        source: 'event',
        ref: joined.ref,
        occurred_at: second(40).toISOString(),
        detail: { userid: 'wm1', scene: 3, join_scene: 3 },
      },
    ]);
  });

  test('a leave keeps its scene and who it was', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    t.fake.put(withMembers('li'));
    await t.react(
      t.groups.onUpdated(event(second(40), { update_detail: 'del_member', quit_scene: 1, members: ['wm1'] })),
    );
    expect(await t.memberIds()).toEqual(['li']);
    expect((await t.history()).slice(1)).toMatchObject([
      { kind: 'left', source: 'event', detail: { userid: 'wm1', scene: 1, name: 'name of wm1' } },
    ]);
  });

  test('only UpdateDetail decides: the left-overs of another change tell nothing', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    t.fake.put(aChat('wrA', [aMember('li'), aMember('wm1')], { name: '新名' }));
    const left = { join_scene: 0, members: ['wm1', 'wm2'], last_version: 'v0', current_version: 'v1' };
    await t.react(t.groups.onUpdated(event(second(40), { update_detail: 'change_name', ...left })));
    expect((await t.history()).slice(1)).toMatchObject([
      { kind: 'renamed', occurred_at: second(40).toISOString(), detail: { before: 'name of wrA', after: '新名' } },
    ]);
  });

  test('S2: a stale event only triggers a read', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    t.fake.put(withMembers('li', 'wm1'));
    const stale = { stale: true, members: ['wm1'] };
    await t.react(t.groups.onUpdated(event(second(10), { update_detail: 'del_member', ...stale })));
    await t.react(t.groups.onDismissed(event(second(10), stale)));
    expect(t.fake.reads).toBe(2);
    expect(await t.kinds()).toEqual(['created']);
    expect((await t.detail()).state).toBe('active');
  });

  test('a group that WeCom does not know stays as it is, but what the event told is kept', async () => {
    await t.react(t.groups.onCreated(event(second(1))));
    await expect(t.detail()).rejects.toMatchObject({ code: 'group_chat.not_found', status: 404 });
    await t.mirror(withMembers('li', 'wm1'));
    await t.react(
      t.groups.onUpdated(event(second(40), { update_detail: 'del_member', quit_scene: 0, members: ['wm1'] })),
    );
    expect(await t.memberIds()).toEqual(['li', 'wm1']);
    expect(await t.kinds()).toEqual(['created', 'left']);
  });

  test('a join told before a lagging read shows the member is not told again', async () => {
    await t.mirror(withMembers('li'));
    t.fake.put(withMembers('li'));
    await t.react(t.groups.onUpdated(event(second(40), { update_detail: 'add_member', members: ['wm1'] })));
    await t.mirror(aChat('wrA', [aMember('li'), aMember('wm1', { joined_at: second(39) })]));
    expect(await t.memberIds()).toEqual(['li', 'wm1']);
    expect(await t.kinds()).toEqual(['created', 'joined']);
  });

  test('a leave told before a lagging read stops showing the member is not told again', async () => {
    await t.mirror(withMembers('li', 'wm1'));
    t.fake.put(withMembers('li', 'wm1'));
    await t.react(
      t.groups.onUpdated(event(second(40), { update_detail: 'del_member', quit_scene: 0, members: ['wm1'] })),
    );
    expect(await t.mirror(withMembers('li'))).toMatchObject([{ detail: { joined: [], left: ['wm1'] } }]);
    expect(await t.kinds()).toEqual(['created', 'left']);
  });
});

describe('R10: a read that lags behind its event', () => {
  const added = (at = second(50)) =>
    event(at, { update_detail: 'add_member', members: ['wm1'], last_version: 'v1', current_version: 'v2' });
  const old = withMembers('li');
  const fresh = aChat('wrA', [aMember('li'), aMember('wm1', { joined_at: second(50) })], { member_version: 'v2' });

  test('is repeated until it shows the version told', async () => {
    t.fake.answers.push(old, old);
    t.fake.put(fresh);
    await t.react(t.groups.onUpdated(added()));
    expect(t.waits).toEqual([700, 700]);
    expect(await t.memberIds()).toEqual(['li', 'wm1']);
  });

  test('is taken as it is after three more', async () => {
    t.fake.put(old);
    await t.react(t.groups.onUpdated(added()));
    expect([t.fake.reads, t.waits]).toEqual([4, [700, 700, 700]]);
    expect(await t.memberIds()).toEqual(['li']);
  });

  test('is not waited for when it is newer, when the event is old, or when it is told to stop', async () => {
    t.fake.put({ ...fresh, member_version: 'v9' });
    await t.react(t.groups.onUpdated(added()));
    expect(t.waits).toEqual([]);
    t.fake.put(old);
    await t.react(t.groups.onUpdated(added(second(20))));
    expect(t.waits).toEqual([]);
    const stop = new AbortController();
    stop.abort();
    await t.react(t.groups.onUpdated(added(), stop.signal));
    expect([t.fake.reads, t.waits]).toEqual([3, [700]]);
  });

  test('without a member list the version alone counts', async () => {
    t.fake.answers.push(old);
    t.fake.put(fresh);
    await t.react(t.groups.onUpdated({ ...added(), members: [] }));
    expect([t.fake.reads, t.waits]).toEqual([2, [700]]);
  });
});
