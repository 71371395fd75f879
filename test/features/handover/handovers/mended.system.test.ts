import { until, useSystem } from '../../../support/system';
import { aDayLater, busiest, itemsOf, leaves, plan, refresh, submit } from './support';

const system = useSystem({
  ...{ staff: 24, externalContacts: 400, groupChats: 6, leavers: 0, seed: 96 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());
afterEach(() => system.at.sandbox.faults.clear());

const used = new Set<string>();
/** Somebody who has not been used yet, and colleagues to take their customers. */
function take(): [string, string, string] {
  const free = busiest(system.at).filter((userid) => !used.has(userid));
  const [first = '', ...others] = free;
  used.add(first);
  return [first, others.at(-1) ?? '', others.at(-2) ?? ''];
}
const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
async function leaver(n: number) {
  const [userid, one, other] = take();
  await leaves(system.at, userid);
  const rows = await system.at.api.all(`relations?userid=${userid}&state=unassigned`);
  const body = { from_userids: [userid], group_chats: 'none', successors: to(one, other) };
  const chosen = rows.slice(0, n).map((row) => row.external_userid);
  return { userid, one, other, chosen, body: { ...body, external_contacts: chosen } };
}

test('EXT-31 a plan that nothing is left of cannot be scheduled, and keeps no other waiting', async () => {
  const { at } = system;
  const { body } = await leaver(2);
  const empty = await plan(at, body);
  const soon = new Date(Date.now() + 500).toISOString();
  expect((await at.api.post(`handovers/${empty.id}/schedule`, { scheduled_for: soon })).status).toBe(200);
  await at.db.execute("DELETE FROM handover_item WHERE handover_id = ? AND state = 'planned'", [empty.id]);
  const other = await plan(at, body);
  await at.api.post(`handovers/${other.id}/schedule`, { scheduled_for: soon });
  await new Promise((resolve) => setTimeout(resolve, 600));
  await at.system.services.handovers.wake();
  await at.settled();
  expect((await at.api.get(`handovers/${empty.id}`)).body).toMatchObject({ state: 'draft', scheduled_for: null });
  expect((await at.api.get(`handovers/${other.id}`)).body).toMatchObject({ state: 'under_way' });
  expect((await at.api.post(`handovers/${empty.id}/schedule`, { scheduled_for: soon })).status).toBe(422);
});

test('EXT-31 what was held back goes to nobody else, though the customer refuses later', async () => {
  const { at } = system;
  const { body, chosen, one } = await leaver(1);
  const [external_userid = ''] = chosen;
  at.sandbox.control.planTransfer({ external_userid, outcome: 'customer_refused' });
  const { id } = await plan(at, { ...body, rule: { by_hand: { [external_userid]: one } } });
  await submit(at, id);
  await at.api.post(`handovers/${id}/cancel`);
  await aDayLater(at);
  await refresh(at, id);
  expect(await itemsOf(at, id)).toMatchObject([{ state: 'refused', to_userid: one }]);
  expect((await at.api.get(`handovers/${id}`)).body).toMatchObject({ state: 'done' });
});

test('E3 R1 what had ended before anybody could look it up is recorded like all that ends, and its notes go along', async () => {
  const { at } = system;
  const { userid, body, chosen } = await leaver(2);
  const { id } = await plan(at, body);
  at.sandbox.faults.set('reset', { only: ['externalcontact/resigned/transfer_customer'] });
  at.sandbox.faults.set('busy', { only: ['externalcontact/resigned/transfer_result'] });
  const started = (await at.api.post(`handovers/${id}/submit`)).body;
  const unheard = async () => (await itemsOf(at, id)).filter(({ state }) => state === 'unknown').length;
  for (let n = 0; n < 200 && (await unheard()) < 2; n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const transfer of at.sandbox.world.transfers) if (!transfer.outcome) transfer.takeover_time = 0;
  at.sandbox.control.settleTransfers();
  at.sandbox.faults.clear();
  await at.runEnds('runs', started.id);
  await refresh(at, id);
  expect((await itemsOf(at, id)).map(({ state, carry }) => [state, carry])).toEqual([
    ['taken_over', 'done'],
    ['taken_over', 'done'],
  ]);
  const left = await at.api.all(`relations?userid=${userid}&state=transferred_out`);
  expect(left.map((row) => row.external_userid)).toEqual(expect.arrayContaining(chosen));
});

test('WCM-07 one pair of whom WeCom refuses to tell keeps no other waiting', async () => {
  const { at } = system;
  const { body, one, other, chosen } = await leaver(2);
  const [first = '', second = ''] = chosen;
  const { id } = await plan(at, { ...body, rule: { by_hand: { [first]: one, [second]: other } } });
  await submit(at, id);
  at.sandbox.deliverTo(undefined);
  await aDayLater(at);
  at.sandbox.deliverTo(at.system.url);
  at.sandbox.faults.set('refused', {
    ...{ only: ['externalcontact/resigned/transfer_result'], errcode: 60111, count: 1 },
  });
  await refresh(at, id);
  const states = (await itemsOf(at, id)).map(({ state }) => state).sort();
  expect(states).toEqual(['taken_over', 'waiting']);
});

test('E3 a call of which WeCom refuses to tell holds up neither the run nor other handovers, and is given up after days', async () => {
  const { at } = system;
  const { body, one, other, chosen } = await leaver(2);
  const [first = '', second = ''] = chosen;
  const apart = (external_userid: string, userid: string) =>
    plan(at, { ...body, external_contacts: [external_userid], successors: to(userid) });
  const [unheard, calm] = [await apart(first, one), await apart(second, other)];
  at.sandbox.faults.set('reset', { only: ['externalcontact/resigned/transfer_customer'], count: 1 });
  at.sandbox.faults.set('refused', { only: ['externalcontact/resigned/transfer_result'], errcode: 60111 });
  await submit(at, unheard.id);
  expect(await itemsOf(at, unheard.id)).toMatchObject([{ state: 'unknown' }]);
  await submit(at, calm.id);
  expect(await itemsOf(at, calm.id)).toMatchObject([{ state: 'waiting' }]);

  const aWeekAgo = new Date(at.db.now().getTime() - 8 * 86_400_000);
  const since = 'UPDATE handover_call SET sent_at = ?, look_at = ? WHERE handover_id = ?';
  await at.db.execute(since, [aWeekAgo, aWeekAgo, unheard.id]);
  await at.system.services.handovers.wake();
  await at.settled();
  expect(await itemsOf(at, unheard.id)).toMatchObject([
    { state: 'failed', reason: 'no_result', advice: 'look_in_wecom' },
  ]);
  expect((await at.api.get(`handovers/${unheard.id}`)).body).toMatchObject({ state: 'done' });
});

test('WCM-07 whoever is refused waits for others on the way to a second choice, and they go in one call', async () => {
  const { at } = system;
  const { body, one, other, chosen } = await leaver(2);
  for (const external_userid of chosen)
    at.sandbox.control.planTransfer({ external_userid, outcome: 'customer_refused' });
  const by_hand = Object.fromEntries(chosen.map((id) => [id, one]));
  const { id } = await plan(at, { ...body, rule: { by_hand } });
  await submit(at, id);
  const last = [...at.sandbox.world.transfers].at(-1);
  for (const transfer of at.sandbox.world.transfers) {
    if (!transfer.outcome && transfer !== last) transfer.takeover_time = 0;
  }
  at.sandbox.control.settleTransfers();
  const states = async () => (await itemsOf(at, id)).map(({ state, to_userid }) => [state, to_userid]).sort();
  await until('the refusal is known', async () => (await states()).some(([state]) => state === 'planned'));
  await at.system.services.handovers.wake();
  await at.settled();
  expect(await states()).toEqual([
    ['planned', other],
    ['waiting', one],
  ]);

  await aDayLater(at);
  await refresh(at, id);
  expect(await states()).toEqual([
    ['waiting', other],
    ['waiting', other],
  ]);
  const calls = await at.db.query('SELECT items FROM handover_call WHERE handover_id = ? ORDER BY id', [id]);
  expect(calls.map(({ items }) => Number(items))).toEqual([2, 2]);
});

test('S20 items are found by a part of the name, whatever signs it holds', async () => {
  const { at } = system;
  const { body } = await leaver(3);
  const { id } = await plan(at, body);
  const [item] = await itemsOf(at, id);
  const part = [...String(item?.name)].slice(0, 2).join('');
  const found = await at.api.get(`handovers/${id}/items?q=${encodeURIComponent(part)}`);
  expect(found.body.items.map((row: { id: number }) => row.id)).toContain(item?.id);
  expect((await at.api.get(`handovers/${id}/items?q=${encodeURIComponent("%_!'")}`)).body.items).toEqual([]);
});

test('CUS-04 nobody takes over from themselves, and a second choice is somebody else', async () => {
  const { at } = system;
  const { userid, one, other, body } = await leaver(1);
  const { id } = await plan(at, body);
  const [item] = await itemsOf(at, id);
  const change = (to_userid: string) =>
    at.api.post(`handovers/${id}/assignments`, {
      changes: [{ item_ids: [item?.id], to_userid }],
    });
  expect((await change(userid)).status).toBe(422);
  const second = item?.second_userid === one ? one : other;
  expect((await change(second)).status).toBe(200);
  expect(await itemsOf(at, id)).toMatchObject([{ to_userid: second, second_userid: null }]);
});
