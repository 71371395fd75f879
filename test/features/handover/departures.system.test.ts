import { days, hours, shanghaiDay } from '../../../src/core/clock';
import { type Json, useSystem } from '../../support/system';
import { leaversOf } from './leavers-at-test';

const system = useSystem({ staff: 24, externalContacts: 220, groupChats: 24, leavers: 1, seed: 91 });
beforeAll(() => system.at.syncAll());

const { take, leaves, sweep, departuresOf, departureOf, leftoversOf } = leaversOf(system);
const relationsOf = (userid: string): Promise<Json[]> => system.at.api.all(`relations?userid=${userid}`);

describe('WCM-07 a departure', () => {
  test('is opened by the event, with what they hold, and once', async () => {
    const userid = take({ owner: true });
    const groups = system.at.sandbox.world.liveGroupChats().filter((chat) => chat.owner === userid).length;
    expect(await departuresOf(userid)).toEqual([]);
    await leaves(userid);
    const departure = await departureOf(userid);
    const unassigned = [...system.at.sandbox.world.unassigned()].filter((row) => row.handover.userid === userid);
    expect(departure).toMatchObject({ state: 'left', noticed_by: 'event', last_day: null, version: 1 });
    expect(departure.created_by).toEqual({ actor: 'system', name: null });
    expect(departure.counts.external_contacts.movable).toBeGreaterThanOrEqual(unassigned.length);
    expect(unassigned.length).toBeGreaterThan(0);
    expect(departure.counts.group_chats).toEqual({ owned: groups, owner_left: groups, inheriting: 0 });
    expect(new Date(departure.movable_until).getTime() - new Date(departure.departed_at).getTime()).toBe(days(365));
    await sweep();
    await system.at.syncAll();
    expect(await departureOf(userid)).toMatchObject({ id: departure.id, version: 1 });
  });

  test('that was planned comes true in the same row; one called off does not', async () => {
    const { api } = system.at;
    const [goes, stays] = [take(), take()];
    const body = (userid: string) => ({ userid, last_day: '2098-12-31', note: '个人原因，电话 13800138000' });
    const planned = await api.post('departures', body(goes));
    expect(planned.status).toBe(201);
    expect(planned.body).toMatchObject({ state: 'planned', noticed_by: 'admin', departed_at: null });
    expect(planned.body.note).toMatch(/^个人原因，电话 138\*+8000$/);
    expect(await api.post('departures', body(goes))).toMatchObject({
      ...{ status: 409, body: { code: 'DEPARTURE_PLANNED_ALREADY' } },
    });
    const changed = { last_day: '2099-01-05', note: null, version: planned.body.version };
    expect((await api.put(`departures/${planned.body.id}`, changed)).body).toMatchObject({ last_day: '2099-01-05' });
    expect(await api.put(`departures/${planned.body.id}`, changed)).toMatchObject({
      ...{ status: 409, body: { code: 'DEPARTURE_STALE' } },
    });
    await leaves(goes);
    expect(await departureOf(goes)).toMatchObject({ id: planned.body.id, state: 'left', last_day: '2099-01-05' });
    expect((await api.post(`departures/${planned.body.id}/call-off`)).body.code).toBe('DEPARTURE_WRONG_STATE');
    expect((await api.post('departures', body(goes))).body.code).toBe('DEPARTURE_GONE');

    const other = await api.post('departures', body(stays));
    expect((await api.post(`departures/${other.body.id}/call-off`)).body).toMatchObject({ state: 'called_off' });
    expect((await api.post('departures', body(stays))).status).toBe(201);
    const trail = (await api.all(`audit-events?target=departure:${planned.body.id}`)).map((row) => row.action);
    expect(trail).toEqual(['departure.changed', 'departure.planned']);
  });

  test('of whoever comes back is over at once, and leaving again is another one', async () => {
    const userid = take();
    await leaves(userid);
    const first = await departureOf(userid);
    system.at.sandbox.control.hireStaff({ userid, name: '回来的人' });
    await system.at.settled();
    await system.at.syncAll();
    expect(await departureOf(userid)).toMatchObject({ id: first.id, state: 'returned' });
    expect(await leftoversOf(userid)).toEqual([]);
    await leaves(userid);
    expect((await departuresOf(userid)).map(({ state }) => state)).toEqual(['left', 'returned']);
  });

  test('that no event told of is opened by the sweep: leavers of before, and owners that a group has lost', async () => {
    const { db, sandbox } = system.at;
    const [before, lost, serving] = [take(), take({ owner: true }), take({ owner: true })];
    await leaves(before);
    await db.execute('DELETE FROM departure WHERE staff_id = (SELECT id FROM staff WHERE userid = ?)', [before]);
    sandbox.control.staffLeaves({ userid: lost, silent: true });
    for (const owner of [lost, serving]) await db.execute('UPDATE group_chat SET status = 1 WHERE owner = ?', [owner]);
    await sweep();
    expect(await departureOf(before)).toMatchObject({ state: 'left', noticed_by: 'list' });
    expect(await departureOf(lost)).toMatchObject({ state: 'left', noticed_by: 'group_owner' });
    expect(await departuresOf(serving)).toEqual([]);
    await db.execute('UPDATE group_chat SET status = 0 WHERE owner = ?', [serving]);
  });
});

describe('EXT-31 the inventory', () => {
  test('lists external contacts with what decides whether they can be moved, by filters and pages', async () => {
    const { api, db } = system.at;
    const userid = take();
    const rows = (await relationsOf(userid)).filter(({ state }) => state === 'active');
    const [first, second] = rows;
    await leaves(userid);
    const { id } = await departureOf(userid);
    const list = (query = '') => api.all(`departures/${id}/external-contacts${query}`);
    const all = await list();
    expect(all.length).toBeGreaterThan(3);
    const halves = all.filter((row) => row.state === 'half');
    expect(all.filter((row) => row.may_move).every((row) => row.why_not === null)).toBe(true);
    expect(halves.every((row) => row.why_not === 'half' && !row.may_move)).toBe(true);
    expect((await api.get(`departures/${id}/external-contacts?limit=1`)).body.next_cursor).not.toBeNull();
    const tagged = rows.find((row) => row.tags.some((tag: Json) => tag.type === 'corp'));
    const tag = tagged?.tags.find((one: Json) => one.type === 'corp')?.tag_id;
    expect((await list(`?tag_id=${tag}`)).map((row) => row.external_userid)).toContain(tagged?.external_userid);
    expect(await list('?tag_id=nothing')).toEqual([]);
    expect(await list(`?q=${encodeURIComponent(first?.external_name)}`)).toContainEqual(
      expect.objectContaining({ external_userid: first?.external_userid, remark: first?.remark, tags: first?.tags }),
    );
    const drafts = [
      {
        ...{ key: `inventory ${userid}`, evidenceLevel: 'DERIVED' as const, severity: 'medium' as const, userid },
        ...{ externalUserid: second?.external_userid, occurredAt: new Date(), evidence: [] },
      },
    ];
    await db.transact(() => system.at.system.services.findings.raise({ code: 'RECALL', version: 1 }, drafts));
    expect(await list('?has_finding=true')).toMatchObject([
      { external_userid: second?.external_userid, open_findings: 1 },
    ]);
    expect((await list('?has_finding=false')).length).toBe(all.length - 1);
  });

  test('tells when the two last spoke, and in how many groups they are together', async () => {
    const { api, db } = system.at;
    const userid = take({ owner: true });
    await leaves(userid);
    const { id } = await departureOf(userid);
    const all = await api.all(`departures/${id}/external-contacts`);
    const [quiet, spoken] = all.map((row): string => row.external_userid);
    const talk = async (n: number, external: string | undefined, last: Date) => {
      const conversation = `c${n}${userid}`.slice(0, 32);
      await db.execute(
        `INSERT INTO archive_conversation (id, kind, userid, external_userid, first_message_at, last_message_at,
           last_message_id, messages) VALUES (?, 'single', ?, ?, ?, ?, ?, 1)`,
        [conversation, userid, external ?? '', last, last, n],
      );
      for (const [person, kind] of [
        [userid, 'staff'],
        [external ?? '', 'external'],
      ]) {
        const sql = 'INSERT INTO archive_participant (conversation_id, person, kind) VALUES (?, ?, ?)';
        await db.execute(sql, [conversation, person ?? '', kind ?? '']);
      }
    };
    const [long, lately] = [new Date('2026-01-05T08:00:00.000Z'), new Date('2026-11-05T08:00:00.000Z')];
    await talk(1, quiet, long);
    await talk(2, spoken, lately);
    const rows = await api.all(`departures/${id}/external-contacts?quiet_since=2026-06-01T00:00:00Z`);
    const ids = rows.map((row) => row.external_userid);
    expect([ids.includes(quiet ?? ''), ids.includes(spoken ?? ''), ids.length]).toEqual([true, false, all.length - 1]);
    expect(rows.find((row) => row.external_userid === quiet)?.last_message_at).toBe(long.toISOString());
    const [chat] = system.at.sandbox.world.liveGroupChats().filter(({ owner }) => owner === userid);
    const member = all.find((row) => !chat?.members.has(row.external_userid))?.external_userid;
    const shared = async () =>
      (await api.all(`departures/${id}/external-contacts`)).find((row) => row.external_userid === member)
        ?.shared_group_chats;
    const before = await shared();
    system.at.sandbox.control.joinGroup({ chat_id: chat?.chat_id, members: [member] });
    await system.at.settled();
    expect(await shared()).toBe(before + 1);
  });

  test('tells what cannot be moved any more a year after they left', async () => {
    const { api, db } = system.at;
    const userid = take({ owner: true });
    await leaves(userid);
    const long = new Date(Date.now() - days(366));
    await db.execute('UPDATE departure SET departed_at = ? WHERE open_key = (SELECT id FROM staff WHERE userid = ?)', [
      ...[long, userid],
    ]);
    await db.execute('UPDATE staff SET departed_at = ? WHERE userid = ?', [long, userid]);
    const { id } = await departureOf(userid);
    const [contact] = await api.all(`departures/${id}/external-contacts?state=unassigned`);
    const [group] = await api.all(`departures/${id}/group-chats`);
    for (const held of [contact, group]) expect(held).toMatchObject({ may_move: false, why_not: 'left_over_a_year' });
    const reasons = (await leftoversOf(userid)).map(({ kind, why }) => `${kind} ${why}`);
    expect(new Set(reasons)).toEqual(new Set(['external_contact left_over_a_year', 'group_chat left_over_a_year']));
  });
});

test('WCM-07 whoever is to be told is: once when they leave, and once a day when something is theirs after three days', async () => {
  const { db, api } = system.at;
  const { access } = system.at.system.services;
  const { id: account } = await access.createUser({ name: 'head', roles: ['sales_manager'] });
  const told = async (kind: string): Promise<string[]> => {
    const sql = 'SELECT params FROM notification WHERE account_id = ? AND kind = ? ORDER BY id';
    return (await db.query<{ params: string }>(sql, [account, kind])).map(({ params }) => params);
  };
  const userid = take({ owner: true });
  await leaves(userid);
  const [news, ...more] = await told('staff_left');
  expect(more).toEqual([]);
  expect(JSON.parse(news ?? '{}')).toMatchObject({ userid, groups: expect.stringMatching(/^[1-9]/) });
  const mine = async () => (await told('departure_overdue')).filter((params) => params.includes(`"${userid}"`));
  await sweep();
  expect(await mine()).toEqual([]);
  const late = new Date(Date.now() - days(3) - hours(1));
  await db.execute('UPDATE departure SET departed_at = ? WHERE open_key = (SELECT id FROM staff WHERE userid = ?)', [
    ...[late, userid],
  ]);
  await sweep();
  await sweep();
  expect(await mine()).toHaveLength(1);
  expect((await api.get('leftovers/summary')).status).toBe(200);
});

test('WCM-07 a departure has a last day that is still to come, unless it stood there before', async () => {
  const { api, db } = system.at;
  const userid = take();
  const [today, yesterday] = [shanghaiDay(new Date()), shanghaiDay(new Date(Date.now() - days(1)))];
  const isOver = { status: 422, body: { fields: [{ path: 'last_day', rule: 'range' }] } };
  expect(await api.post('departures', { userid, last_day: yesterday })).toMatchObject(isOver);
  const { status, body } = await api.post('departures', { userid, last_day: today });
  expect(status).toBe(201);
  const change = (last_day: string | null, version: number) =>
    api.put(`departures/${body.id}`, { last_day, note: 'x', version });
  expect(await change(yesterday, 1)).toMatchObject(isOver);
  await db.execute('UPDATE departure SET last_day = ? WHERE id = ?', [yesterday, body.id]);
  expect(await change(yesterday, 1)).toMatchObject({ status: 200, body: { last_day: yesterday, note: 'x' } });
  expect(await change(null, 2)).toMatchObject({ status: 200, body: { last_day: null } });
  await api.post(`departures/${body.id}/call-off`);
});
