import { days, minutes, seconds } from '../../../src/core/clock';
import { createReceiver } from '../receiver';
import { type Client, clientOf, smallCompany } from '../support';
import { giveGroups, newStaff } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;

async function begin(options: Parameters<typeof smallCompany>[0] = {}): Promise<void> {
  sandbox = smallCompany(options);
  await sandbox.start();
  client = clientOf(sandbox);
}
beforeEach(() => begin());
afterEach(() => sandbox.stop());

/** An owner of groups, who has left or serves on. */
function ownerOf(group_chats: number, { left = false } = {}) {
  const staff = newStaff(sandbox);
  const { chat_ids } = sandbox.control.givePortfolio({ userid: staff.giver, customers: 60, group_chats });
  if (left) sandbox.control.staffLeaves({ userid: staff.giver });
  return { ...staff, chat_ids };
}

const later = (ms: number): void => {
  sandbox.clock.advance(ms);
  client.forget();
};
const groups = (ids: readonly string[]) =>
  sandbox
    .truth()
    .group_chats.flatMap(({ chat_id, owner, status }) => (ids.includes(chat_id) ? [{ owner, status }] : []));
const listed = async (owner: string, status_filter: number): Promise<string[]> => {
  const body = { limit: 1000, status_filter, owner_filter: { userid_list: [owner] } };
  const { group_chat_list } = await client.post('externalcontact/groupchat/list', body);
  return group_chat_list.map(({ chat_id }: { chat_id: string }) => chat_id).sort();
};

test('WCM-07 in service groups change hands at once, in one fact and without a callback', async () => {
  const receiver = createReceiver();
  sandbox.deliverTo(`${await receiver.listen()}/`);
  const { giver, heir, chat_ids } = ownerOf(1);
  await sandbox.callbacks.idle();
  const [before, mark] = [receiver.heard.length, sandbox.ledger.mark()];
  expect(await giveGroups(client, { to: heir }, chat_ids)).toEqual([]);
  await sandbox.callbacks.idle();
  expect(groups(chat_ids)).toEqual([{ owner: heir, status: 0 }]);
  expect(receiver.heard).toHaveLength(before);
  const [chat_id] = chat_ids;
  expect(sandbox.ledger.since(mark)).toMatchObject([
    { kind: 'group_transferred', chat_id, origin: 'api', detail: { from: giver, owner: heir, resigned: false } },
  ]);
  receiver.close();
});

test('WCM-07 after a resignation groups are inherited at once: status 1, then 3', async () => {
  const { giver, heir, chat_ids } = ownerOf(2, { left: true });
  expect(await listed(giver, 1)).toEqual([...chat_ids].sort());
  expect(await giveGroups(client, { to: heir, resigned: true }, chat_ids)).toEqual([]);
  expect(await listed(giver, 1)).toEqual([]);
  expect(await listed(heir, 3)).toEqual([...chat_ids].sort());
  const { group_chat } = await client.post('externalcontact/groupchat/get', { chat_id: chat_ids[0] });
  expect(group_chat.owner).toBe(heir);
});

describe('when inheriting takes its time', () => {
  beforeEach(async () => {
    await sandbox.stop();
    await begin({ groupTransferDelayMs: minutes(5) });
  });

  test('WCM-07 status 2 under the leaver, 90507 meanwhile, then status 3 under the heir', async () => {
    const { giver, heir, other, chat_ids } = ownerOf(1, { left: true });
    expect(await giveGroups(client, { to: heir, resigned: true }, chat_ids)).toEqual([]);
    expect(await listed(giver, 2)).toEqual(chat_ids);
    expect(await giveGroups(client, { to: other, resigned: true }, chat_ids)).toEqual([90507]);
    expect(sandbox.truth().group_transfers).toMatchObject([{ outcome: null }]);
    later(minutes(5) - seconds(1));
    expect(groups(chat_ids)).toEqual([{ owner: giver, status: 2 }]);
    later(seconds(1));
    expect(groups(chat_ids)).toEqual([{ owner: heir, status: 3 }]);
    expect(sandbox.truth().group_transfers).toMatchObject([
      { chat_id: chat_ids[0], handover_userid: giver, takeover_userid: heir, resigned: true, outcome: 'taken_over' },
    ]);
  });

  test('WCM-07 an heir who leaves in between inherits nothing: the group waits again', async () => {
    const { giver, heir, other, chat_ids } = ownerOf(1, { left: true });
    await giveGroups(client, { to: heir, resigned: true }, chat_ids);
    sandbox.control.staffLeaves({ userid: heir });
    later(minutes(5));
    expect(groups(chat_ids)).toEqual([{ owner: giver, status: 1 }]);
    expect(sandbox.truth().group_transfers).toMatchObject([{ takeover_userid: heir, outcome: 'lapsed' }]);
    expect(await giveGroups(client, { to: other, resigned: true }, chat_ids)).toEqual([]);
  });

  test('WCM-07 in service nothing waits', async () => {
    const { heir, chat_ids } = ownerOf(1);
    await giveGroups(client, { to: heir }, chat_ids);
    expect(groups(chat_ids)).toEqual([{ owner: heir, status: 0 }]);
  });
});

describe('each group has an answer', () => {
  test('WCM-07 90500 when the owner has not left, 90502 when they have; the rest is done', async () => {
    const serving = ownerOf(1);
    const gone = ownerOf(1, { left: true });
    const both = [...serving.chat_ids, ...gone.chat_ids];
    expect(await giveGroups(client, { to: gone.heir }, gone.chat_ids)).toEqual([90502]);
    expect(await giveGroups(client, { to: gone.heir, resigned: true }, both)).toEqual([90500]);
    expect(groups(gone.chat_ids)).toEqual([{ owner: gone.heir, status: 3 }]);
    expect(groups(serving.chat_ids)).toEqual([{ owner: serving.giver, status: 0 }]);
  });

  test.each([true, false])('WCM-07 90501 for what is no customer group, or none any more (left: %s)', async (left) => {
    const { heir, chat_ids } = ownerOf(1, { left });
    for (const chat_id of chat_ids) sandbox.control.dismissGroup({ chat_id });
    expect(await giveGroups(client, { to: heir, resigned: left }, ['wrnone', ...chat_ids])).toEqual([90501, 90501]);
  });

  test('WCM-07 90504 for the owner themselves, 90508 for what somebody else inherited', async () => {
    const { heir, other, chat_ids } = ownerOf(1, { left: true });
    await giveGroups(client, { to: heir, resigned: true }, chat_ids);
    expect(await giveGroups(client, { to: heir, resigned: true }, chat_ids)).toEqual([90504]);
    expect(await giveGroups(client, { to: heir }, chat_ids)).toEqual([90504]);
    expect(await giveGroups(client, { to: other, resigned: true }, chat_ids)).toEqual([90508]);
  });

  test('WCM-07 40128 for the third time within 90 days in service', async () => {
    const { heir, other, chat_ids } = ownerOf(1);
    expect(await giveGroups(client, { to: heir }, chat_ids)).toEqual([]);
    expect(await giveGroups(client, { to: other }, chat_ids)).toEqual([]);
    expect(await giveGroups(client, { to: heir }, chat_ids)).toEqual([40128]);
    later(days(90));
    expect(await giveGroups(client, { to: heir }, chat_ids)).toEqual([]);
  });

  test('WCM-07 40205 when the owner left more than a year ago, or had not signed in for one', async () => {
    const { giver, heir, chat_ids } = ownerOf(1, { left: true });
    sandbox.control.setFitness({ userid: giver, login_stale: true });
    expect(await giveGroups(client, { to: heir, resigned: true }, chat_ids)).toEqual([40205]);
    sandbox.control.setFitness({ userid: giver, login_stale: false });
    later(days(365) + seconds(1));
    expect(await giveGroups(client, { to: heir, resigned: true }, chat_ids)).toEqual([40205]);
  });

  test('WCM-07 of one owner 300 a day: the rest fails until the next day in Shanghai', async () => {
    const { heir, chat_ids } = ownerOf(302, { left: true });
    const give = (from: number, to: number) =>
      giveGroups(client, { to: heir, resigned: true }, chat_ids.slice(from, to));
    for (const from of [0, 100, 200]) expect(await give(from, from + 100)).toEqual([]);
    expect(await give(300, 302)).toEqual([45009, 45009]);
    expect(groups(chat_ids.slice(300)).map(({ status }) => status)).toEqual([1, 1]);
    const another = ownerOf(1, { left: true });
    expect(await giveGroups(client, { to: heir, resigned: true }, another.chat_ids)).toEqual([]);
    later(Date.parse('2026-03-02T00:00:00+08:00') - sandbox.clock.now().getTime());
    expect(await give(300, 302)).toEqual([]);
  });
});

describe('the whole call is refused', () => {
  test.each([true, false])('WCM-07 40098, 40205 or 40003 for the new owner (after a resignation: %s)', async (left) => {
    const { heir, chat_ids } = ownerOf(1, { left });
    const give = (to: string) => giveGroups(client, { to, resigned: left }, chat_ids);
    sandbox.control.setFitness({ userid: heir, real_named: false });
    expect(await give(heir)).toBe(40098);
    sandbox.control.setFitness({ userid: heir, real_named: true, login_stale: true });
    expect(await give(heir)).toBe(40205);
    expect(await give('nobody')).toBe(40003);
  });

  test('WCM-07 40058 beyond 100 groups, and for none', async () => {
    const { heir, chat_ids } = ownerOf(101);
    expect(await giveGroups(client, { to: heir }, chat_ids)).toBe(40058);
    expect(await giveGroups(client, { to: heir }, [])).toBe(40058);
  });
});
