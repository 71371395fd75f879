import { sleep } from '../../../../src/core/clock';
import { toDate } from '../../../../src/db/database';
import { type Json, useSystem } from '../../../support/system';
import { aDayLater, busiest, itemsOf, leaves, plan, refresh, submit } from './support';

const system = useSystem({
  ...{ staff: 24, externalContacts: 400, groupChats: 0, leavers: 0, seed: 97 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());
afterEach(() => system.at.sandbox.faults.clear());

const used = new Set<string>();
/** Somebody who leaves, some of their external contacts, and two colleagues. */
async function leaver(n: number) {
  const { at } = system;
  const free = busiest(at).filter((userid) => !used.has(userid));
  const [userid = ''] = free;
  const [other = '', one = ''] = free.slice(-2);
  for (const gone of [userid, one, other]) used.add(gone);
  await leaves(at, userid);
  const rows = await at.api.all(`relations?userid=${userid}&state=unassigned`);
  const chosen = rows.slice(0, n).map((row) => String(row.external_userid));
  const by_hand = Object.fromEntries(chosen.map((id) => [id, one]));
  const successors = [{ userid: one }, { userid: other }];
  const scope = { from_userids: [userid], external_contacts: chosen, group_chats: 'none' };
  return { userid, one, other, chosen, body: { ...scope, successors, rule: { by_hand } } };
}

const acceptedBy = (userid: string, chosen: readonly string[]): number =>
  [...system.at.sandbox.world.transfers].filter(
    ({ takeover, contact }) => takeover.userid === userid && chosen.includes(contact.external_userid),
  ).length;

async function as(
  roles: string[],
  userid: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Json }> {
  const { access } = system.at.system.services;
  const { token } = await access.issueToken({ name: userid, roles: roles as never, userid });
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

test('WCM-07 S9 whoever is to go sees nothing of the plan about them, whatever their role', async () => {
  const { at } = system;
  const [giver = '', to = ''] = busiest(at).filter((userid) => !used.has(userid));
  used.add(giver);
  const { id } = await plan(at, { from_userids: [giver], successors: [{ userid: to }] });
  for (const role of ['compliance_officer', 'auditor', 'sales_manager']) {
    for (const path of ['', '/items', '/outcome', '/report']) {
      expect([role, path, (await as([role], giver, `handovers/${id}${path}`)).status]).toEqual([role, path, 404]);
    }
    const listed = (await as([role], giver, 'handovers')).body.items.map((one: Json) => one.id);
    expect(listed).not.toContain(id);
  }
  expect((await as(['sales_manager'], giver, `handovers/${id}/cancel`, {})).status).toBe(404);
  expect((await as(['compliance_officer'], to, `handovers/${id}`)).status).toBe(200);
});

test('CUS-04 S9 what somebody gives away themselves they see', async () => {
  const { at } = system;
  const [line] = await at.db.query<{ boss: string; member: string }>(
    `SELECT b.userid AS boss, m.userid AS member FROM reporting_reach y JOIN staff b ON b.id = y.superior_id
     JOIN staff m ON m.id = y.staff_id AND m.id <> b.id JOIN relation r ON r.staff_id = b.id AND r.state = 'active'
     WHERE m.departed_at IS NULL AND b.departed_at IS NULL AND m.follows_external = 1 ORDER BY b.userid, m.userid LIMIT 1`,
  );
  const { boss = '', member = '' } = line ?? {};
  const { access } = at.system.services;
  const { token } = await access.issueToken({ name: 'boss', roles: ['sales_manager'], userid: boss });
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' };
    const sent = body ? { body: JSON.stringify(body) } : {};
    const answer = await fetch(`${at.system.url}/api/v1/${path}`, { method, headers, ...sent });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const made = await ask('POST', 'handovers', { from_userids: [boss], successors: [{ userid: member }] });
  expect(made.status).toBe(201);
  expect((await ask('GET', `handovers/${made.body.id}`)).status).toBe(200);
  expect((await ask('GET', 'handovers')).body.items.map(({ id }: Json) => id)).toContain(made.body.id);
});

test('WCM-07 a successor who left before it went out is not asked for: the second choice takes over, or nobody', async () => {
  const { at } = system;
  const { body, one, other, chosen } = await leaver(4);
  const [first, second, third, fourth] = chosen as [string, string, string, string];
  const withSecond = await plan(at, { ...body, external_contacts: [first, second] });
  const without = await plan(at, { ...body, external_contacts: [third, fourth], second_candidate: false });
  await leaves(at, one);
  for (const { id } of [withSecond, without]) await submit(at, id);
  expect((await itemsOf(at, withSecond.id)).map(({ state, to_userid }) => [state, to_userid])).toEqual([
    ['waiting', other],
    ['waiting', other],
  ]);
  expect(await itemsOf(at, without.id)).toMatchObject([
    { state: 'failed', reason: 'successor_left', advice: 'choose_another', errcode: null },
    { state: 'failed', reason: 'successor_left' },
  ]);
  expect([acceptedBy(one, chosen), acceptedBy(other, chosen)]).toEqual([0, 2]);
});

test('E3 who was refused and is tried again is not taken for refused by the refusal of before', async () => {
  const { at } = system;
  const { body, one, chosen } = await leaver(1);
  const [external_userid = ''] = chosen;
  at.sandbox.control.planTransfer({ external_userid, outcome: 'customer_refused' });
  const { id } = await plan(at, { ...body, second_candidate: false });
  await submit(at, id);
  await aDayLater(at);
  await refresh(at, id);
  const [item] = await itemsOf(at, id);
  expect(item).toMatchObject({ state: 'refused', to_userid: one });

  at.sandbox.faults.set('busy', { only: ['externalcontact/resigned/transfer_customer'], count: 1 });
  expect((await at.api.post(`handovers/${id}/retries`, { item_ids: [item?.id] })).status).toBe(200);
  await refresh(at, id);
  expect(await itemsOf(at, id)).toMatchObject([{ state: 'waiting', to_userid: one }]);
  expect(acceptedBy(one, chosen)).toBe(2);
  await aDayLater(at);
  await refresh(at, id);
  expect(await itemsOf(at, id)).toMatchObject([{ state: 'taken_over' }]);
});

test('F5 while WeCom may not be asked, nothing is tried of what goes along, and nothing of it is given up', async () => {
  const { at } = system;
  const [giver = '', ...others] = busiest(at).filter((userid) => !used.has(userid));
  const to = others.at(-1) ?? '';
  for (const gone of [giver, to]) used.add(gone);
  const known = at.sandbox.world.findStaff(to)?.relations;
  const theirs = [...(at.sandbox.world.findStaff(giver)?.relations.keys() ?? [])];
  const [external_userid = ''] = theirs.filter((id) => !known?.has(id));
  at.sandbox.control.editRelation({ userid: giver, external_userid, remark: '要小心的人' });
  await at.settled();
  await leaves(at, giver);
  const scope = { external_contacts: [external_userid], group_chats: 'none' };
  const { id } = await plan(at, { from_userids: [giver], successors: [{ userid: to }], ...scope });
  const inAnHour = new Date(at.db.now().getTime() + 3_600_000);
  const block = 'INSERT INTO wecom_block (api, blocked_until, eased_until, reason) VALUES (?, ?, ?, ?)';
  await at.db.execute(block, ['externalcontact/remark', inAnHour, inAnHour, '45009']);
  await sleep(1100);
  await submit(at, id);
  await aDayLater(at);
  await refresh(at, id);
  const [item] = await at.db.query<{ state: string; carry: string; carry_tries: unknown; carry_at: unknown }>(
    'SELECT state, carry, carry_tries, carry_at FROM handover_item WHERE handover_id = ?',
    [id],
  );
  expect([item?.state, item?.carry, Number(item?.carry_tries)]).toEqual(['taken_over', 'pending', 0]);
  expect(toDate(item?.carry_at).getTime()).toBeGreaterThan(at.db.now().getTime() + 3_000_000);
});

test('F5 EXT-31 what WeCom asks to wait with can still be held back, and keeps no other handover waiting', async () => {
  const { at } = system;
  const { body, chosen, one } = await leaver(3);
  const { id } = await plan(at, body);
  at.sandbox.faults.set('overLimit', { only: ['externalcontact/resigned/transfer_customer'], count: 1 });
  await submit(at, id);
  const held = await itemsOf(at, id);
  expect(held.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned']);
  expect(held.every(({ not_before }) => Date.parse(not_before) > Date.now())).toBe(true);
  expect((await at.api.post(`handovers/${id}/cancel`)).status).toBe(200);
  await at.db.execute("UPDATE wecom_block SET blocked_until = ? WHERE reason = '45009'", [at.db.now()]);
  await at.system.services.handovers.wake();
  await at.settled();
  expect((await itemsOf(at, id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(acceptedBy(one, chosen)).toBe(0);
  expect((await at.api.get(`handovers/${id}`)).body).toMatchObject({ state: 'done' });
});

test('S20 a plan that is sent twice with one key is one plan', async () => {
  const { at } = system;
  const { body } = await leaver(2);
  const { token } = await at.system.services.access.issueToken({ name: 'twice', roles: ['sales_manager'] });
  const send = async () => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'plan-1',
    };
    const sent = { method: 'POST', headers: { ...headers, connection: 'close' }, body: JSON.stringify(body) };
    const answer = await fetch(`${at.system.url}/api/v1/handovers`, sent);
    return [answer.status, ((await answer.json()) as Json).id];
  };
  const first = await send();
  expect(first[0]).toBe(201);
  expect(await send()).toEqual(first);
});
