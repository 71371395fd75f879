import { type Json, useSystem } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { busiest, itemsOf, leaves, plan, submit } from './support';

const system = useSystem({
  ...{ staff: 16, externalContacts: 300, groupChats: 8, leavers: 0, seed: 94 },
  env: { HANDOVER_LOOKUP_SECONDS: '0', HANDOVER_SECOND_PERSON_FROM: '40' },
});
let leaver = '';
let others: string[] = [];
beforeAll(async () => {
  await system.at.syncAll();
  [leaver = '', ...others] = busiest(system.at);
  await leaves(system.at, leaver);
});

const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
const body = (more: object = {}) => ({ from_userids: [leaver], successors: to(...others.slice(0, 3)), ...more });

test('EXT-31 a dry run stores nothing, and says what the plan would be', async () => {
  const { at } = system;
  const dry = await plan(at, body({ dry_run: true }));
  expect(dry).toMatchObject({ id: null, dry_run: true, state: 'draft' });
  expect(dry.summary.total).toBe(dry.summary.external_contacts + dry.summary.group_chats);
  expect(dry.items.length).toBe(Math.min(200, dry.summary.total));
  expect((await at.api.get('handovers')).body.items).toEqual([]);
  const stored = await plan(at, body());
  expect(stored.summary).toEqual(dry.summary);
  const items = await itemsOf(at, stored.id);
  const chosen = (rows: Json[]) => rows.map((row) => [row.external_userid ?? row.chat_id, row.to_userid, row.because]);
  const sorted = (rows: Json[]) => chosen(rows).map(String).sort();
  expect(sorted(items)).toEqual(sorted(dry.items));
});

test('EXT-31 items are given to somebody else by hand, one or many, and it can be undone', async () => {
  const { at } = system;
  const { id } = await plan(at, body());
  const [first] = await itemsOf(at, id);
  const [one = '', other = ''] = others;
  const { body: changed } = await at.api.post(`handovers/${id}/assignments`, {
    changes: [{ filter: { to_userid: first?.to_userid }, to_userid: first?.to_userid === one ? other : one }],
  });
  expect(changed.changed).toBeGreaterThan(1);
  expect(changed.before).toContainEqual({ item_id: first?.id, to_userid: first?.to_userid });
  expect(await itemsOf(at, id, `?to_userid=${first?.to_userid}`)).toEqual([]);
  const undo = changed.before.map((row: Json) => ({ item_ids: [row.item_id], to_userid: row.to_userid }));
  expect((await at.api.post(`handovers/${id}/assignments`, { changes: undo })).status).toBe(200);
  expect((await itemsOf(at, id))[0]).toMatchObject({ to_userid: first?.to_userid, because: ['by_hand'] });
});

test('EXT-31 what is left out of a plan stays with the giver, and is not planned twice', async () => {
  const { at } = system;
  const { id, summary } = await plan(at, body());
  const { body: removed } = await at.api.post(`handovers/${id}/removals`, { filter: { kind: 'group_chat' } });
  expect(removed).toMatchObject({ removed: summary.group_chats });
  expect((await at.api.get(`handovers/${id}`)).body.summary).toMatchObject({ group_chats: 0 });
});

test('S12 above the threshold one person alone neither submits nor schedules', async () => {
  const { at } = system;
  const { id, summary } = await plan(at, body());
  expect(summary.total).toBeGreaterThanOrEqual(40);
  const tried = [
    await at.api.post(`handovers/${id}/submit`),
    await at.api.post(`handovers/${id}/schedule`, { scheduled_for: '2099-01-01T00:00:00.000Z' }),
  ];
  expect(tried.map(({ status, body: { code } }) => [status, code])).toEqual([
    [409, 'APPROVAL_REQUIRED'],
    [409, 'APPROVAL_REQUIRED'],
  ]);
  expect((await at.api.get(`handovers/${id}`)).body).toMatchObject({ state: 'draft', submitted_at: null });
});

test('EXT-31 a handover that is due by its schedule goes out by itself', async () => {
  const { at } = system;
  const { id } = await plan(at, body({ external_contacts: (await ids()).slice(0, 4), group_chats: 'none' }));
  const soon = new Date(Date.now() + 1500).toISOString();
  expect((await at.api.post(`handovers/${id}/schedule`, { scheduled_for: soon })).body).toMatchObject({
    ...{ state: 'scheduled', scheduled_for: soon },
  });
  await at.system.services.handovers.wake();
  expect((await itemsOf(at, id)).map(({ state }) => state)).toEqual(Array(4).fill('planned'));
  await new Promise((resolve) => setTimeout(resolve, 1600));
  await at.system.services.handovers.wake();
  await at.settled();
  expect((await itemsOf(at, id)).map(({ state }) => state)).toEqual(Array(4).fill('waiting'));
  const audits = await at.api.all('audit-events?action=handover.submitted');
  expect(audits.map(({ target }) => target)).toContain(`handover:${id}`);
});

const ids = async (): Promise<string[]> =>
  (await system.at.api.all(`relations?userid=${leaver}&state=unassigned`)).map((row) => row.external_userid);

test('WCM-07 what is on its way in one handover is not submitted by another', async () => {
  const { at } = system;
  const chosen = { external_contacts: (await ids()).slice(4, 6), group_chats: 'none' };
  const [first, second] = [await plan(at, body(chosen)), await plan(at, body(chosen))];
  await submit(at, first.id);
  await submit(at, second.id);
  expect(await itemsOf(at, second.id)).toMatchObject([
    { state: 'failed', reason: 'in_another_handover', advice: 'wait' },
    { state: 'failed', reason: 'in_another_handover' },
  ]);
  expect((await itemsOf(at, first.id)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test('WCM-07 whom nobody can take ends as just that', async () => {
  const { at } = system;
  const { id, summary } = await plan(at, {
    ...body({ external_contacts: (await ids()).slice(6, 9), group_chats: 'none' }),
    successors: [{ userid: others[0] ?? '', capacity: 1 }],
  });
  expect(summary).toMatchObject({ without_successor: 2 });
  await submit(at, id);
  const states = (await itemsOf(at, id)).map(({ state, reason }) => `${state} ${reason}`).sort();
  expect(states).toEqual(['failed no_successor', 'failed no_successor', 'waiting null']);
});

test('S9 a manager plans for their own line only, and sees no handover of anybody else', async () => {
  const { at } = system;
  const { plans } = at.system.services.handovers;
  const { id } = await plan(at, body());
  const [{ id: staffId } = { id: '' }] = await at.db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [
    others.at(-1) ?? '',
  ]);
  const viewer = aViewer(['sales_manager'], { staffId, hasSuperior: true });
  await expect(plans.views.get(id, viewer)).rejects.toMatchObject({ code: 'handover.not_found' });
  expect((await plans.views.list({ limit: 50 }, viewer)).items).toEqual([]);
  await expect(plans.submit(id, { viewer, address: '' })).rejects.toMatchObject({ code: 'handover.not_found' });
});

test.each([
  ['nobody to give', { from_userids: ['nobody'] }, 'from_userids'],
  ['nobody to take', { successors: to('nobody') }, 'successors'],
])('WCM-07 %s is refused by name', async (_, more, path) => {
  const { status, body: fault } = await system.at.api.post('handovers', body(more));
  expect(status).toBe(422);
  expect(fault.fields).toMatchObject([{ path, rule: 'unknown' }]);
});
