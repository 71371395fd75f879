import { aPerson } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { busiest, itemsOf, leaves, plan, submit } from './support';

const system = useSystem({
  ...{ staff: 16, externalContacts: 300, groupChats: 8, leavers: 0, seed: 97 },
  env: { HANDOVER_LOOKUP_SECONDS: '0', HANDOVER_SECOND_PERSON_FROM: '20' },
});
let leaver = '';
let others: string[] = [];
beforeAll(async () => {
  await system.at.syncAll();
  [leaver = '', ...others] = busiest(system.at);
  await leaves(system.at, leaver);
});

const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
const aPlan = (more: object = {}) =>
  plan(system.at, { from_userids: [leaver], successors: to(...others.slice(0, 3)), ...more });
const read = async (id: string): Promise<Json> => (await system.at.api.get(`handovers/${id}`)).body;
const give = (id: string, item_ids: number[], to_userid: string | null) =>
  system.at.api.post(`handovers/${id}/assignments`, { changes: [{ item_ids, to_userid }] });

async function replan(id: string, more: object = {}): Promise<Json> {
  const { version } = await read(id);
  const rule = { distribution: 'one', prefer: [] };
  return system.at.api.post(`handovers/${id}/replan`, { version, successors: to(others[3] ?? ''), rule, ...more });
}

const ownersOf = (items: readonly Json[]): Record<number, string> =>
  Object.fromEntries(items.map(({ id, to_userid }) => [id, to_userid]));

test('EXT-31 a draft is decided anew by another rule for other successors; its story and the trail tell', async () => {
  const { at } = system;
  const { id, version } = await aPlan();
  const before = await itemsOf(at, id);
  const [wanted = ''] = others.slice(3);
  const { status, body } = await replan(id, { successors: [{ userid: wanted, capacity: 5, takes: [] }] });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ version: version + 1, rule: { distribution: 'one', prefer: [] }, departments: [] },
    successors: [{ userid: wanted, capacity: 5, takes: [] }],
  });
  const after = await itemsOf(at, id);
  expect(after.map((item) => [item.id, item.external_userid ?? item.chat_id])).toEqual(
    before.map((item) => [item.id, item.external_userid ?? item.chat_id]),
  );
  expect(after.filter(({ to_userid }) => to_userid === wanted)).toHaveLength(5);
  expect(after.filter(({ to_userid }) => to_userid === null)).toHaveLength(before.length - 5);
  const moved = after.find(({ to_userid }) => to_userid === wanted);
  const { body: story } = await at.api.get(`handovers/${id}/items/${moved?.id}`);
  expect(story.steps).toMatchObject([
    { kind: 'replanned', to_userid: wanted, detail: { from: ownersOf(before)[moved?.id] }, actor: expect.any(String) },
  ]);
  const [audit] = await at.api.all('audit-events?action=handover.replanned');
  expect(audit).toMatchObject({ target: `handover:${id}`, detail: { items: before.length, left_out: 0 } });
});

test('EXT-31 what it would be is seen first, and nothing is stored', async () => {
  const { at } = system;
  const { id } = await aPlan();
  const before = await itemsOf(at, id);
  const { body: dry } = await replan(id, { dry_run: true });
  expect(dry).toMatchObject({ id, dry_run: true, summary: { total: before.length } });
  expect(dry.items.every(({ to_userid }: Json) => to_userid === others[3])).toBe(true);
  expect(await itemsOf(at, id)).toEqual(before);
  expect((await replan(id)).body.summary).toEqual(dry.summary);
});

test('EXT-31 what was given by hand stays, beside the rule and over any capacity, unless it is asked for', async () => {
  const { at } = system;
  const { id } = await aPlan();
  const [first, second, third, ...rest] = await itemsOf(at, id);
  const [, , , chosen = '', outsider = ''] = others;
  await give(id, [first?.id], outsider);
  await give(id, [second?.id, third?.id], chosen);
  await give(id, [rest[0]?.id], null);
  const { body } = await replan(id, { successors: [{ userid: chosen, capacity: 1, takes: [] }] });
  const kept = ownersOf(await itemsOf(at, id));
  expect([kept[first?.id], kept[second?.id], kept[third?.id]]).toEqual([outsider, chosen, chosen]);
  expect(rest.map((item) => kept[item.id])).toEqual(rest.map(() => null));
  expect(body.successors.map(({ userid }: Json) => userid)).toEqual([chosen]);
  const roomy = { successors: [{ userid: chosen, capacity: null, takes: [] }] };
  await replan(id, roomy);
  const anew = ownersOf(await itemsOf(at, id));
  expect([anew[first?.id], anew[rest[0]?.id]]).toEqual([outsider, chosen]);
  await replan(id, { ...roomy, keep_by_hand: false });
  expect(new Set(Object.values(ownersOf(await itemsOf(at, id))))).toEqual(new Set([chosen]));
});

test('EXT-31 of a customer of two givers only what was given by hand stays', async () => {
  const { at } = system;
  const pairs = await at.db.query<{ a: string; b: string; id: string }>(
    `SELECT s.userid AS a, u.userid AS b, r.external_userid AS id FROM relation r JOIN staff s ON s.id = r.staff_id
     JOIN relation o ON o.external_userid = r.external_userid AND o.state = 'active' JOIN staff u ON u.id = o.staff_id
     WHERE r.state = 'active' AND s.userid < u.userid ORDER BY r.id LIMIT 1`,
  );
  const [{ a, b, id: shared } = { a: '', b: '', id: '' }] = pairs;
  const [one = '', other = ''] = others.filter((userid) => userid !== a && userid !== b);
  const { id } = await plan(at, {
    ...{ from_userids: [a, b], external_contacts: [shared], group_chats: 'none', successors: to(one) },
  });
  const [first, second] = await itemsOf(at, id);
  await give(id, [first?.id], other);
  await replan(id, { successors: to(one) });
  expect(ownersOf(await itemsOf(at, id))).toEqual({ [first?.id]: other, [second?.id]: one });
});

test('EXT-31 what was left out stays out; what can no longer be moved is left out, and counted', async () => {
  const { at } = system;
  const { id, summary } = await aPlan();
  const [gone, removed] = await itemsOf(at, id, '?kind=external_contact');
  await at.api.post(`handovers/${id}/removals`, { item_ids: [removed?.id] });
  await at.db.execute(
    "UPDATE relation SET state = 'transferred' WHERE external_userid = ? AND staff_id = (SELECT id FROM staff WHERE userid = ?)",
    [gone?.external_userid, leaver],
  );
  expect((await replan(id)).body.summary.total).toBe(summary.total - 2);
  const left = (await itemsOf(at, id)).map((item) => item.id);
  expect(left).not.toContain(gone?.id);
  expect(left).not.toContain(removed?.id);
  const audits = await at.api.all('audit-events?action=handover.replanned');
  expect(audits.find(({ target }) => target === `handover:${id}`)).toMatchObject({ detail: { left_out: 1 } });
});

test('EXT-31 everybody of a department takes part again the next time', async () => {
  const { at } = system;
  const [place] = await at.db.query<{ id: number; n: unknown }>(
    `SELECT d.department_id AS id, COUNT(*) AS n FROM staff_department d JOIN staff s ON s.id = d.staff_id
     WHERE s.departed_at IS NULL GROUP BY d.department_id ORDER BY n DESC LIMIT 1`,
  );
  const { id } = await aPlan({ departments: [Number(place?.id)] });
  const known = await read(id);
  expect(known.departments).toEqual([Number(place?.id)]);
  expect(known.successors.map(({ userid }: Json) => userid)).toEqual(others.slice(0, 3));
  const { successors, departments } = known;
  const again = (await replan(id, { successors, departments, rule: known.rule })).body;
  expect(again.summary.by_successor).toEqual(known.summary.by_successor);
});

test('S12 whoever agreed to a plan agreed to nothing once it is decided anew', async () => {
  const { at } = system;
  const { access, approvals } = at.system.services;
  const { id, version } = await aPlan();
  const place = { access, db: at.db };
  const [asker, other] = [
    await aPerson(place, { roles: ['sales_manager'], name: 'asks' }),
    await aPerson(place, { roles: ['sales_manager'], name: 'agrees' }),
  ];
  const by = (viewer: Json) => ({ viewer: viewer as never, address: '127.0.0.1' });
  const payload = { id, version, scheduled_for: null };
  const asked = await approvals.ask({ action: 'handover.submit', payload, reason: 'she left' }, by(asker.viewer));
  expect((await replan(id)).status).toBe(200);
  await approvals.decide(asked.id, { decision: 'approve', reason: 'yes' } as never, by(other.viewer));
  await expect(approvals.execute(asked.id, by(asker.viewer))).rejects.toMatchObject({
    code: 'handover.version_conflict',
  });
  expect(await read(id)).toMatchObject({ state: 'draft', submitted_at: null });
});

test("EXT-31 only a draft, as it is now, of one's own line and to it is decided anew", async () => {
  const { at } = system;
  const { id, version } = await aPlan();
  const stale = await replan(id, { version: version - 1 + 7 });
  expect([stale.status, stale.body.code]).toEqual([409, 'HANDOVER_VERSION_CONFLICT']);
  const unknown = await replan(id, { successors: to('nobody') });
  expect([unknown.status, unknown.body.fields]).toMatchObject([422, [{ path: 'successors', rule: 'unknown' }]]);
  const [{ id: staffId } = { id: '' }] = await at.db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [
    others.at(-1) ?? '',
  ]);
  const viewer = aViewer(['sales_manager'], { staffId, hasSuperior: true });
  const { plans } = at.system.services.handovers;
  const wanted = { version, successors: [], departments: [], keep_by_hand: true, dry_run: false };
  const rule = { distribution: 'one' as const, prefer: [] };
  await expect(plans.replan(id, { ...wanted, rule }, { viewer, address: '' })).rejects.toMatchObject({
    code: 'handover.not_found',
  });
  await at.api.post(`handovers/${id}/cancel`);
  expect((await replan(id)).body.code).toBe('HANDOVER_NOT_A_DRAFT');
});

test('EXT-31 what was left out of a draft is put back as it was; once it goes out, nobody knows of it', async () => {
  const { at } = system;
  const { id, summary } = await aPlan();
  const before = await itemsOf(at, id);
  const filter = { kind: 'external_contact', to_userid: others[0] };
  const { body: removed } = await at.api.post(`handovers/${id}/removals`, { filter });
  expect(removed.removed).toBeGreaterThan(1);
  const shown = (await at.api.get('handovers')).body.items.find((row: Json) => row.id === id);
  expect([shown.total, shown.by_state.cancelled]).toEqual([summary.total - removed.removed, 0]);
  expect((await itemsOf(at, id, '?state=cancelled')).map((item) => item.id)).toEqual(removed.item_ids);
  const { body: restored } = await at.api.post(`handovers/${id}/restorations`, { item_ids: removed.item_ids });
  expect(restored).toEqual({ restored: removed.removed });
  expect(await itemsOf(at, id)).toEqual(before);
  expect((await read(id)).summary).toEqual(summary);
  const { body: story } = await at.api.get(`handovers/${id}/items/${removed.item_ids[0]}`);
  expect(story.steps.map(({ kind }: Json) => kind)).toEqual(['removed', 'restored']);
  const rest = before.slice(2).map((item) => item.id);
  await at.api.post(`handovers/${id}/removals`, { item_ids: rest });
  await submit(at, id);
  expect((await itemsOf(at, id)).map((item) => item.id)).toEqual(before.slice(0, 2).map((item) => item.id));
  expect((await at.api.post(`handovers/${id}/retries`, { item_ids: rest })).body.code).toBe('HANDOVER_NO_ITEM');
  expect((await at.api.post(`handovers/${id}/restorations`, { item_ids: rest })).body.code).toBe(
    'HANDOVER_NOT_A_DRAFT',
  );
});
