import { useSystem } from '../../../support/system';
import { aDayLater, busiest, carriedOut, itemsOf, leaves, plan, refresh, submit } from './support';

const system = useSystem({
  ...{ staff: 30, externalContacts: 600, groupChats: 12, leavers: 0, seed: 92 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());
afterEach(() => system.at.sandbox.faults.clear());

/** Somebody who has not been used yet, with customers, and colleagues to take them. */
function take(n = 3): [string, ...string[]] {
  const free = busiest(system.at).filter((userid) => !used.has(userid));
  const [first = ''] = free;
  used.add(first);
  return [first, ...free.slice(-n)];
}
const used = new Set<string>();

const contactsOf = (userid: string): string[] =>
  [...(system.at.sandbox.world.findStaff(userid)?.relations.values() ?? [])]
    .filter((row) => !row.half)
    .map((row) => row.contact.external_userid);
const to = (...userids: string[]) => userids.map((userid) => ({ userid }));
const acceptedTimes = () =>
  new Map(
    system.at.sandbox
      .truth()
      .transfers_accepted.map((row) => [`${row.handover_userid} ${row.external_userid}`, row.times]),
  );

test('WCM-07 who refuses goes to the second choice, who finds a full list too; without one they end as what they are', async () => {
  const { at } = system;
  const [leaver, one, other] = take(2) as [string, string, string];
  const [refuses = '', full = ''] = contactsOf(leaver);
  await leaves(at, leaver);
  at.sandbox.control.planTransfer({ external_userid: refuses, outcome: 'customer_refused' });
  at.sandbox.control.planTransfer({ external_userid: full, outcome: 'customer_limit_exceed' });
  const body = { from_userids: [leaver], group_chats: 'none', successors: to(one, other) };
  const only = await plan(at, { ...body, external_contacts: [refuses, full], second_candidate: false });
  await carriedOut(at, only.id);
  const states = (await itemsOf(at, only.id)).map(({ external_userid, state }) => [external_userid, state]);
  expect(Object.fromEntries(states)).toEqual({ [refuses]: 'refused', [full]: 'over_limit' });

  at.sandbox.control.planTransfer({ external_userid: refuses, outcome: 'customer_refused' });
  const again = await plan(at, { ...body, external_contacts: [refuses], rule: { by_hand: { [refuses]: one } } });
  await submit(at, again.id);
  await aDayLater(at);
  await refresh(at, again.id);
  expect(await itemsOf(at, again.id)).toMatchObject([{ state: 'waiting', to_userid: other, second_userid: null }]);
  await aDayLater(at);
  await refresh(at, again.id);
  const [item] = await itemsOf(at, again.id);
  expect(item).toMatchObject({ state: 'taken_over', attempt: 2 });
  const { body: story } = await at.api.get(`handovers/${again.id}/items/${item?.id}`);
  expect(story.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['submitted', 'accepted', 'second_candidate', 'submitted', 'accepted', 'taken_over', 'carried'],
  ]);
});

test.each(['reset', 'truncate', 'busy', 'httpError'] as const)(
  'E3 an answer that nobody heard (%s) is looked up: whoever was accepted is not submitted again',
  async (fault) => {
    const { at } = system;
    const [leaver, ...others] = take();
    await leaves(at, leaver);
    const before = acceptedTimes();
    at.sandbox.faults.set(fault, { only: ['externalcontact/resigned/transfer_customer'], count: 2 });
    const handover = await plan(at, { from_userids: [leaver], group_chats: 'none', successors: to(...others) });
    await submit(at, handover.id);
    const items = await itemsOf(at, handover.id);
    expect(items.filter(({ state }) => state !== 'waiting')).toEqual([]);
    const times = [...acceptedTimes()].filter(([key]) => !before.has(key));
    expect(times).toHaveLength(items.length);
    expect(times.filter(([, n]) => n !== 1)).toEqual([]);
    await aDayLater(at);
    await refresh(at, handover.id);
    expect((await at.api.get(`handovers/${handover.id}`)).body).toMatchObject({ state: 'done' });
  },
);

test('E3 a transfer that somebody else began is not ours, and is not begun again', async () => {
  const { at } = system;
  const [leaver, ...others] = take();
  const [external_userid = ''] = contactsOf(leaver);
  await leaves(at, leaver);
  at.sandbox.control.transferCustomers({
    ...{ handover_userid: leaver, takeover_userid: others[0] ?? '', external_userids: [external_userid] },
  });
  const handover = await plan(at, {
    ...{ from_userids: [leaver], external_contacts: [external_userid], group_chats: 'none' },
    successors: to(others[1] ?? ''),
  });
  await submit(at, handover.id);
  const [item] = await itemsOf(at, handover.id);
  expect(item).toMatchObject({ state: 'failed', errcode: 40129, advice: 'wait' });
});

test('WCM-07 whoever WeCom does not accept as a successor is named with what to do, and the second choice is asked', async () => {
  const { at } = system;
  const [leaver, unreal, other] = take(2) as [string, string, string];
  const [first = '', second = ''] = contactsOf(leaver);
  await leaves(at, leaver);
  at.sandbox.control.setFitness({ userid: unreal, real_named: false });
  const body = {
    from_userids: [leaver],
    group_chats: 'none',
    rule: { by_hand: { [first]: unreal, [second]: unreal } },
  };
  const alone = await plan(at, {
    ...body,
    ...{ external_contacts: [first], successors: to(unreal, other), second_candidate: false },
  });
  await submit(at, alone.id);
  expect(await itemsOf(at, alone.id)).toMatchObject([{ state: 'failed', errcode: 40098, advice: 'choose_another' }]);
  expect((await at.api.get(`handovers/${alone.id}`)).body.summary.by_errcode).toEqual([
    { errcode: 40098, count: 1, advice: 'choose_another' },
  ]);
  const both = await plan(at, { ...body, external_contacts: [second], successors: to(unreal, other) });
  expect(both.summary.by_warning).toMatchObject({ successor_refused: 1 });
  await submit(at, both.id);
  expect(await itemsOf(at, both.id)).toMatchObject([{ state: 'waiting', to_userid: other }]);
});

test('WCM-07 what failed can be tried once more, with another successor', async () => {
  const { at } = system;
  const [leaver, unreal, other] = take(2) as [string, string, string];
  const [external_userid = ''] = contactsOf(leaver);
  await leaves(at, leaver);
  at.sandbox.control.setFitness({ userid: unreal, real_named: false });
  const handover = await plan(at, {
    ...{ from_userids: [leaver], external_contacts: [external_userid], group_chats: 'none' },
    successors: to(unreal),
  });
  await submit(at, handover.id);
  const { body, status } = await at.api.post(`handovers/${handover.id}/retries`, {
    ...{ filter: { state: 'failed' }, to_userid: other },
  });
  expect([status, body]).toEqual([200, { retried: 1 }]);
  await at.system.services.handovers.wake();
  await at.settled();
  expect(await itemsOf(at, handover.id)).toMatchObject([{ state: 'waiting', to_userid: other }]);
  expect((await at.api.post(`handovers/${handover.id}/retries`, { filter: { state: 'failed' } })).status).toBe(422);
});

test('WCM-07 news from WeCom is a reason to ask: nobody has to', async () => {
  const { at } = system;
  const [leaver, ...others] = take();
  await leaves(at, leaver);
  const handover = await plan(at, { from_userids: [leaver], successors: to(...others) });
  await submit(at, handover.id);
  await aDayLater(at);
  const { body } = await at.api.get(`handovers/${handover.id}`);
  expect(body).toMatchObject({ state: 'done' });
  expect(body.summary.by_state.taken_over).toBe(body.summary.total);
});

test('EXT-31 what is cancelled does not go out; what has gone out is followed to its end', async () => {
  const { at } = system;
  const [leaver, ...others] = take();
  await leaves(at, leaver);
  const draft = await plan(at, { from_userids: [leaver], group_chats: 'none', successors: to(...others) });
  const { body } = await at.api.post(`handovers/${draft.id}/cancel`);
  expect(body).toMatchObject({ state: 'cancelled' });
  expect(body.summary.by_state.cancelled).toBe(body.summary.total);
  expect((await at.api.post(`handovers/${draft.id}/submit`)).status).toBe(409);
  const { body: none } = await at.api.get(`handovers/${draft.id}/items?state=planned`);
  expect(none.items).toEqual([]);
});
