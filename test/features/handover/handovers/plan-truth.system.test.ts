import { type Json, useSystem } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { busiest, carriedOut, itemsOf, leaves, plan, submit } from './support';

const system = useSystem({
  ...{ staff: 24, externalContacts: 500, groupChats: 24, leavers: 0, seed: 93 },
  env: { HANDOVER_LOOKUP_SECONDS: '0', HANDOVER_SECOND_PERSON_FROM: '0' },
});
let leaver = '';
let others: string[] = [];
beforeAll(async () => {
  await system.at.syncAll();
  [leaver = '', ...others] = busiest(system.at);
  await leaves(system.at, leaver);
});

const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
const body = (more: object = {}) => ({
  ...{ from_userids: [leaver], group_chats: 'none', successors: to(...others.slice(0, 3)), ...more },
});
const tried = (more: object) => system.at.api.post('handovers', body(more));
const give = (id: string, item_ids: number[], to_userid: string | null) =>
  system.at.api.post(`handovers/${id}/assignments`, { changes: [{ item_ids, to_userid }] });
const held = async (userid = leaver, state = 'unassigned'): Promise<string[]> =>
  (await system.at.api.all(`relations?userid=${userid}&state=${state}`)).map((row) => row.external_userid);
const idsOf = (items: readonly Json[]): number[] => items.map(({ id }) => id);
const warningsOf = async (id: string, query = ''): Promise<string[][]> =>
  (await itemsOf(system.at, id, query)).map(({ warnings }) => warnings);
const chatsOf = (userid: string): string[] =>
  system.at.sandbox.world.liveGroupChats().flatMap(({ chat_id, owner }) => (owner === userid ? chat_id : []));
/** Somebody who serves and owns a group chat, and it; each of them once. */
const owners = new Set<string>();
function owner(): [string, string] {
  const userid = others.find((one) => !owners.has(one) && chatsOf(one).length > 0) ?? '';
  owners.add(userid);
  return [userid, chatsOf(userid)[0] ?? ''];
}

test('CUS-04 nobody takes over from themselves, however they are spelt', async () => {
  const [giver, chat] = owner();
  const extent = { from_userids: [giver], external_contacts: 'none', group_chats: [chat] };
  const taker = others.find((userid) => userid !== giver) ?? '';
  const { id } = await plan(system.at, body({ ...extent, successors: to(taker) }));
  const ids = idsOf(await itemsOf(system.at, id));
  for (const userid of [giver, giver.toUpperCase()]) {
    expect(await give(id, ids, userid)).toMatchObject({ status: 422, body: { code: 'HANDOVER_SAME_PERSON' } });
  }
  const path = `rule.by_hand.${chat}`;
  const both = { ...extent, successors: to(taker, giver), rule: { by_hand: { [chat]: giver.toUpperCase() } } };
  expect(await tried(both)).toMatchObject({ status: 422, body: { fields: [{ path, rule: 'same_person' }] } });
});

test('EXT-31 who gets something by hand is found however they are spelt', async () => {
  const [external_userid = ''] = await held();
  const [one = ''] = others;
  const by_hand = { [external_userid]: one.toUpperCase() };
  const { id } = await plan(system.at, body({ external_contacts: [external_userid], rule: { by_hand } }));
  expect(await itemsOf(system.at, id)).toMatchObject([{ to_userid: one, because: ['by_hand'] }]);
});

test('EXT-31 what is over capacity is told after every change by hand, and no longer when there is room', async () => {
  const [one = '', other = ''] = others;
  const successors = [{ userid: one, capacity: 2 }, { userid: other }];
  const { id, summary } = await plan(system.at, body({ successors }));
  const all = idsOf(await itemsOf(system.at, id));
  expect(summary.by_warning.over_capacity ?? 0).toBe(0);
  await give(id, all, one.toUpperCase());
  const over = () => warningsOf(id, '?warning=over_capacity').then((found) => found.length);
  expect(await over()).toBe(all.length - 2);
  await system.at.api.post(`handovers/${id}/removals`, { item_ids: all.slice(0, 3) });
  expect(await over()).toBe(all.length - 5);
  await system.at.api.post(`handovers/${id}/restorations`, { item_ids: all.slice(0, 3) });
  expect(await over()).toBe(all.length - 2);
  await give(id, all.slice(2), other);
  expect(await over()).toBe(0);
});

test('WCM-07 whom the new successor knows already is told after a change by hand, and of whom they do not know it is not', async () => {
  const [shared] = await system.at.db.query<{ id: string; friend: string }>(
    `SELECT r.external_userid AS id, u.userid AS friend FROM relation r JOIN staff s ON s.id = r.staff_id
     JOIN relation o ON o.external_userid = r.external_userid AND o.state = 'active' JOIN staff u ON u.id = o.staff_id
     WHERE s.userid = ? AND r.state = 'unassigned' ORDER BY r.id LIMIT 1`,
    [leaver],
  );
  const { id: external_userid = '', friend = '' } = shared ?? {};
  const stranger = await strangerTo(external_userid);
  const { id } = await plan(system.at, body({ external_contacts: [external_userid], successors: to(stranger) }));
  const ids = idsOf(await itemsOf(system.at, id));
  expect(await warningsOf(id)).toEqual([[]]);
  await give(id, ids, friend);
  expect(await warningsOf(id)).toEqual([['already_friends']]);
  await give(id, ids, stranger);
  expect(await warningsOf(id)).toEqual([[]]);
  await give(id, ids, null);
  expect(await warningsOf(id)).toEqual([['nobody']]);
});

async function strangerTo(external_userid: string): Promise<string> {
  const known = (await system.at.api.all(`relations?external_userid=${external_userid}`)).map(({ userid }) => userid);
  return others.find((userid) => !known.includes(userid)) ?? '';
}

test('WCM-07 whom WeCom refused before is told of after a change by hand', async () => {
  const { at } = system;
  const unreal = others.at(-1) ?? '';
  at.sandbox.control.setFitness({ userid: unreal, real_named: false });
  const [first = '', second = ''] = (await held()).slice(-2);
  const before = await plan(at, body({ external_contacts: [first], successors: to(unreal), second_candidate: false }));
  await submit(at, before.id);
  expect(await itemsOf(at, before.id)).toMatchObject([{ state: 'failed', errcode: 40098 }]);
  const { id } = await plan(at, body({ external_contacts: [second] }));
  await give(id, idsOf(await itemsOf(at, id)), unreal);
  expect(await warningsOf(id)).toEqual([expect.arrayContaining(['successor_refused'])]);
});

test('WCM-07 who left or may not serve external contacts is given nothing by hand', async () => {
  const { at } = system;
  const [left = '', outside = ''] = others.slice(-3);
  await leaves(at, left);
  await at.db.execute('UPDATE staff SET follows_external = ? WHERE userid = ?', [false, outside]);
  const [external_userid = ''] = await held();
  const { id } = await plan(at, body({ external_contacts: [external_userid] }));
  const ids = idsOf(await itemsOf(at, id));
  for (const userid of [left, outside]) {
    const fault = (path: string) => ({ status: 422, body: { fields: [{ path, rule: 'cannot_take_over' }] } });
    expect(await give(id, ids, userid)).toMatchObject(fault('to_userid'));
    const rule = { by_hand: { [external_userid]: userid } };
    const successors = to(userid, others[0] ?? '');
    expect(await tried({ external_contacts: [external_userid], successors, rule })).toMatchObject(
      fault(`rule.by_hand.${external_userid}`),
    );
  }
  await at.db.execute('UPDATE staff SET follows_external = ? WHERE userid = ?', [true, outside]);
});

test('WCM-07 a plan tells what is on its way in another handover, contacts and group chats', async () => {
  const { at } = system;
  const chosen = (await held()).slice(0, 2);
  const [first] = [await plan(at, body({ external_contacts: chosen.slice(0, 1) }))];
  await submit(at, first.id);
  const { summary, id } = await plan(at, body({ external_contacts: chosen }));
  expect(summary.by_warning).toMatchObject({ in_another_handover: 1 });
  expect((await itemsOf(at, id, '?warning=in_another_handover')).map((item) => item.external_userid)).toEqual(
    chosen.slice(0, 1),
  );
  const [giver, chat] = owner();
  const group = { from_userids: [giver], external_contacts: 'none', group_chats: [chat] };
  const takers = to(others.find((userid) => userid !== giver) ?? '');
  const moving = await plan(at, body({ ...group, successors: takers }));
  await at.db.execute("UPDATE handover_item SET state = 'unknown', active_key = pair_key WHERE handover_id = ?", [
    moving.id,
  ]);
  const again = await plan(at, body({ ...group, successors: takers }));
  expect(await warningsOf(again.id)).toEqual([['in_another_handover']]);
});

test('WCM-07 a group chat that changed hands in service within 90 days is told, and the second time, too', async () => {
  const { at } = system;
  const [giver, chat] = owner();
  const [one = '', other = '', third = ''] = others.filter((userid) => userid !== giver);
  const move = (from: string, next: string) =>
    plan(at, { from_userids: [from], external_contacts: 'none', group_chats: [chat], successors: to(next) });
  await carriedOut(at, (await move(giver, one)).id);
  const second = await move(one, other);
  expect(await warningsOf(second.id)).toEqual([['protected_90_days']]);
  await carriedOut(at, second.id);
  expect(await warningsOf((await move(other, third)).id)).toEqual([['protected_90_days', 'two_transfers']]);
});

test('EXT-31 the giver alone takes nothing over; a successor is named once', async () => {
  expect(await tried({ successors: to(leaver.toUpperCase()) })).toMatchObject({
    ...{ status: 422, body: { code: 'HANDOVER_NOBODY_TO_TAKE' } },
  });
  const [one = ''] = others;
  expect(await tried({ successors: to(one, one.toUpperCase()) })).toMatchObject({
    ...{ status: 422, body: { fields: [{ path: 'successors', rule: 'twice' }] } },
  });
});

test('EXT-31 by hand it goes to a successor of the plan only', async () => {
  const [external_userid = ''] = await held();
  const path = `rule.by_hand.${external_userid}`;
  for (const userid of ['nobody', others[7] ?? '']) {
    expect(await tried({ rule: { by_hand: { [external_userid]: userid } } })).toMatchObject({
      ...{ status: 422, body: { fields: [{ path, rule: 'unknown', message: `${userid} is none of the successors` }] } },
    });
  }
});

test('EXT-31 what is named and nobody has is said, twenty at most; nothing vanishes', async () => {
  const [real = ''] = await held();
  const [foreign = ''] = await held(others[0], 'active').then(async (ids) => {
    const mine = new Set([...(await held()), ...(await held(leaver, 'active'))]);
    return ids.filter((id) => !mine.has(id));
  });
  const fault = (path: string, id: unknown) => ({
    path,
    rule: 'unknown',
    message: expect.stringContaining(String(id)),
  });
  const named = async (more: object) => {
    const answer = await tried(more);
    return [answer.status, answer.body.fields];
  };
  expect(await named({ external_contacts: ['wmNOPE', real, foreign] })).toEqual([
    ...[422, [fault('external_contacts', 'wmNOPE'), fault('external_contacts', foreign)]],
  ]);
  const [gone = ''] = (await held()).slice(-4);
  const state = 'UPDATE relation SET state = ? WHERE state = ? AND external_userid = ?';
  await system.at.db.execute(state, ['transferred_out', 'unassigned', gone]);
  expect(await named({ external_contacts: [real, gone] })).toEqual([422, [fault('external_contacts', gone)]]);
  await system.at.db.execute(state, ['unassigned', 'transferred_out', gone]);
  expect(await named({ group_chats: ['wrNOPE'] })).toEqual([422, [fault('group_chats', 'wrNOPE')]]);
  expect(await named({ departments: [987654] })).toEqual([422, [fault('departments', 987654)]]);
  const successors = [
    { userid: others[0], takes: [] },
    { userid: others[1], takes: ['etNOPE'] },
  ];
  expect(await named({ successors })).toEqual([422, [fault('successors.1.takes', 'etNOPE')]]);
  const many = Array.from({ length: 5000 }, (_, n) => `wm${n}`);
  const { fields } = (await tried({ external_contacts: [...many, real] })).body;
  expect(fields).toHaveLength(20);
});

test('S9 the risk behind a handover is one that is there, and that the viewer may see', async () => {
  const { at } = system;
  const raised = { code: 'RECALL', version: 1 } as const;
  const draft = {
    ...({ key: 'plan-truth', evidenceLevel: 'OFFICIAL', severity: 'high' } as const),
    ...{ userid: others[0] ?? '', occurredAt: new Date(), features: {}, evidence: [] },
  };
  await at.db.transact(() => at.system.services.findings.raise(raised, [draft]));
  const [{ id } = { id: 0 }] = await at.db.query<{ id: number }>('SELECT MAX(id) AS id FROM finding');
  const finding_id = Number(id);
  expect((await tried({ finding_id })).status).toBe(201);
  const fields = [{ path: 'finding_id', rule: 'unknown' }];
  expect(await tried({ finding_id: finding_id + 1000 })).toMatchObject({ status: 422, body: { fields } });
  const [{ id: staffId } = { id: '' }] = await at.db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [
    leaver,
  ]);
  const viewer = aViewer(['sales_manager'], { staffId, hasSuperior: true });
  const { plans } = at.system.services.handovers;
  const wish = { ...body({ finding_id, successors: [] }), departments: [], rule: { by_hand: {} } };
  await expect(plans.create(wish as never, { viewer, address: '' })).rejects.toMatchObject({ details: fields });
});

test('EXT-31 items of another handover are named, and nothing changes', async () => {
  const { at } = system;
  const chosen = await held();
  const [mine, foreign] = [
    await plan(at, body({ external_contacts: chosen.slice(3, 5) })),
    await plan(at, body({ external_contacts: chosen.slice(5, 7) })),
  ];
  const own = idsOf(await itemsOf(at, mine.id));
  const [theirs = 0] = idsOf(await itemsOf(at, foreign.id));
  const item_ids = [...own, theirs, 99_999_999];
  const isNone = { status: 404, body: { code: 'HANDOVER_NO_ITEM', details: { item_ids: [theirs, 99_999_999] } } };
  const of = (what: string) => `handovers/${mine.id}/${what}`;
  const before = [await itemsOf(at, mine.id), await itemsOf(at, foreign.id)];
  expect(await give(mine.id, item_ids, others[1] ?? '')).toMatchObject(isNone);
  expect(await at.api.post(of('removals'), { item_ids })).toMatchObject(isNone);
  expect(await at.api.post(of('restorations'), { item_ids })).toMatchObject(isNone);
  expect([await itemsOf(at, mine.id), await itemsOf(at, foreign.id)]).toEqual(before);
  await submit(at, mine.id);
  expect(await at.api.post(of('retries'), { item_ids })).toMatchObject(isNone);
});
