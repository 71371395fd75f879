import { useSystem } from '../../../support/system';
import { aDayLater, busiest, carriedOut, itemsOf, plan, refresh, submit } from './support';

const system = useSystem({
  ...{ staff: 24, externalContacts: 500, groupChats: 24, leavers: 0, seed: 93 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());

const used = new Set<string>();
function take(n = 3): [string, ...string[]] {
  const free = busiest(system.at).filter((userid) => !used.has(userid));
  const [first = ''] = free;
  used.add(first);
  return [first, ...free.slice(-n)];
}
const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
const statesOf = async (external_userid: string) => {
  const rows = await system.at.api.all(`relations?external_userid=${external_userid}`);
  return Object.fromEntries(rows.map(({ userid, state }) => [userid, state]));
};
/** Of those who may be handed over. */
const contactsOf = async (userid: string): Promise<string[]> =>
  (await system.at.api.all(`relations?userid=${userid}&state=active`)).map((row) => row.external_userid);

test('CUS-04 WCM-07 who serves gives customers and groups away: relations, notes and history are as expected', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const [first = '', ...rest] = await contactsOf(giver);
  const before = (await at.api.get(`external-contacts/${first}`)).body.relations.find(
    (row: { userid: string }) => row.userid === giver,
  );
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: [first, ...rest.slice(0, 9)], successors: to(...others) },
    message: '您好，今后由我的同事为您服务。',
  });
  expect(handover.from).toEqual([{ userid: giver, name: expect.any(String), departed_at: null }]);
  const done = await carriedOut(at, handover.id);
  expect(done).toMatchObject({ state: 'done' });
  expect(done.summary.by_state.taken_over).toBe(done.summary.total);
  const [item] = (await itemsOf(at, handover.id)).filter((row) => row.external_userid === first);
  expect(await statesOf(first)).toMatchObject({ [giver]: 'transferred_out', [item?.to_userid]: 'active' });
  const { body: contact } = await at.api.get(`external-contacts/${first}`);
  const after = contact.relations.find((row: { userid: string }) => row.userid === item?.to_userid);
  expect(after).toMatchObject({ remark: before.remark, description: before.description });
  expect(after.remark_mobiles).toEqual(expect.arrayContaining(before.remark_mobiles));
  expect(await at.api.all('findings?detector=CUSTOMER_DELETED_BY_STAFF')).toEqual([]);
  expect((await at.reconcile()).differences).toEqual([]);
});

test('WCM-07 the third time in 90 days WeCom says no, and the plan had warned of it', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const [external_userid = ''] = await contactsOf(giver);
  const move = { external_contacts: [external_userid], group_chats: 'none' };
  let from = giver;
  for (const next of others.slice(0, 2)) {
    await carriedOut(at, (await plan(at, { ...move, from_userids: [from], successors: to(next) })).id);
    from = next;
  }
  const third = await plan(at, { ...move, from_userids: [from], successors: to(others[2] ?? '') });
  expect(third.summary.by_warning).toMatchObject({ two_transfers: 1, protected_90_days: 1 });
  await submit(at, third.id);
  expect(await itemsOf(at, third.id)).toMatchObject([{ state: 'failed', errcode: 40128, advice: 'after_90_days' }]);
  expect(await statesOf(external_userid)).toMatchObject({ [from]: 'active' });
});

test('VIO-2.2-4 whoever refuses stays with the giver, and nothing is lost or found', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const [external_userid = ''] = await contactsOf(giver);
  at.sandbox.control.planTransfer({ external_userid, outcome: 'customer_refused' });
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: [external_userid], group_chats: 'none', second_candidate: false },
    successors: to(others[0] ?? ''),
  });
  await carriedOut(at, handover.id);
  expect(await itemsOf(at, handover.id)).toMatchObject([{ state: 'refused' }]);
  expect(await statesOf(external_userid)).toMatchObject({ [giver]: 'active' });
});

test('VIO-2.2-3 to a colleague who knows the customer already no add is told: the result tells, and is believed', async () => {
  const { at } = system;
  const [giver, friend] = take(1) as [string, string];
  const [external_userid = ''] = await contactsOf(giver);
  if (!at.sandbox.world.findStaff(friend)?.relations.has(external_userid)) {
    at.sandbox.control.addRelation({ userid: friend, external_userid });
    await at.settled();
  }
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: [external_userid], group_chats: 'none', successors: to(friend) },
  });
  expect(handover.summary.by_warning).toMatchObject({ already_friends: 1 });
  await submit(at, handover.id);
  await aDayLater(at);
  await refresh(at, handover.id);
  expect(await itemsOf(at, handover.id)).toMatchObject([{ state: 'taken_over', carry: 'done' }]);
  expect(await statesOf(external_userid)).toMatchObject({ [giver]: 'transferred_out', [friend]: 'active' });
});

test('I5 one who went over is told once in the history, whichever of the event and the result is first', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const chosen = (await contactsOf(giver)).slice(0, 6);
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: chosen, group_chats: 'none', successors: to(...others) },
  });
  await carriedOut(at, handover.id);
  const rows = await at.db.query<{ external_userid: string; n: unknown }>(
    `SELECT r.external_userid, COUNT(*) AS n FROM relation r JOIN staff s ON s.id = r.staff_id
     JOIN relation_history h ON h.relation_id = r.id AND h.kind = 'transferred_out'
     WHERE s.userid = ? GROUP BY r.external_userid`,
    [giver],
  );
  expect(rows.map(({ n }) => Number(n))).toEqual(chosen.map(() => 1));
});

test('WCM-07 of one owner no more than 300 groups go out in a day; the others wait for tomorrow', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const { chat_ids } = at.sandbox.control.givePortfolio({ userid: giver, customers: 0, group_chats: 305 });
  await at.syncAll('group_chats');
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: 'none', group_chats: chat_ids, successors: to(...others) },
  });
  await submit(at, handover.id);
  const { body } = await at.api.get(`handovers/${handover.id}`);
  expect(body.summary.by_state).toMatchObject({ taken_over: 300, planned: 5, failed: 0 });
  const [late] = await itemsOf(at, handover.id, '?state=planned');
  expect(new Date(late?.not_before).getTime()).toBeGreaterThan(Date.now());
  const theirs = at.sandbox.truth().group_transfers.filter((row) => row.handover_userid === giver);
  expect(theirs).toHaveLength(300);
});

test('CUS-04 what was taken over can be given back: the first giver has them again', async () => {
  const { at } = system;
  const [giver, ...others] = take();
  const chosen = (await contactsOf(giver)).slice(0, 3);
  const move = { from_userids: [giver], external_contacts: chosen, group_chats: 'none', successors: to(...others) };
  const { id } = await plan(at, move);
  await carriedOut(at, id);
  const { status, body: back } = await at.api.post(`handovers/${id}/hand-back`);
  expect([status, back.reverses_id, back.summary.total]).toEqual([201, id, 3]);
  expect((await at.api.get(`handovers/${id}`)).body.reversed_by).toEqual([
    { id: back.id, name: back.name, state: 'draft' },
  ]);
  await carriedOut(at, back.id);
  for (const external_userid of chosen) expect(await statesOf(external_userid)).toMatchObject({ [giver]: 'active' });
  expect((await at.reconcile()).differences).toEqual([]);
  expect((await at.api.post(`handovers/${back.id}/hand-back`)).status).toBe(201);
});
