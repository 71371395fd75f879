import { days, hours } from '../../../src/core/clock';
import { createReceiver } from '../receiver';
import { type Client, clientOf, smallCompany, walk } from '../support';
import { newStaff, order } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

/** A giver with customers, who has left or serves on. */
function giverWith(customers: number, { left = false } = {}) {
  const staff = newStaff(sandbox);
  const { external_userids } = sandbox.control.givePortfolio({ userid: staff.giver, customers, group_chats: 0 });
  if (left) sandbox.control.staffLeaves({ userid: staff.giver });
  return { ...staff, pair: { from: staff.giver, to: staff.heir, resigned: left }, external_userids };
}

const later = (ms: number): void => {
  sandbox.clock.advance(ms);
  client.forget();
};

const unnamed = { real_named: false };
const stale = { login_stale: true };

describe('the whole order is refused', () => {
  test.each([true, false])('WCM-07 40098 to a member without a proven name (after a resignation: %s)', async (left) => {
    const { pair, heir, external_userids } = giverWith(1, { left });
    sandbox.control.setFitness({ userid: heir, ...unnamed });
    expect(await order(client, pair, external_userids)).toBe(40098);
    sandbox.control.setFitness({ userid: heir, real_named: true });
    expect(await order(client, pair, external_userids)).toEqual([0]);
  });

  test('WCM-07 40098 to one without 客户联系, and to one who is disabled', async () => {
    const { pair, heir, external_userids } = giverWith(1);
    sandbox.control.setFollower({ userid: heir, follower: false });
    expect(await order(client, pair, external_userids)).toBe(40098);
    sandbox.control.setFollower({ userid: heir, follower: true });
    sandbox.control.setStaffStatus({ userid: heir, status: 2 });
    expect(await order(client, pair, external_userids)).toBe(40098);
  });

  test.each([true, false])('WCM-07 40205 when either has not signed in for a year (left: %s)', async (left) => {
    const { pair, giver, heir, external_userids } = giverWith(1, { left });
    sandbox.control.setFitness({ userid: heir, ...stale });
    expect(await order(client, pair, external_userids)).toBe(40205);
    sandbox.control.setFitness({ userid: heir, login_stale: false });
    sandbox.control.setFitness({ userid: giver, ...stale });
    expect(await order(client, pair, external_userids)).toBe(40205);
    expect(sandbox.truth().transfers).toEqual([]);
  });

  test('WCM-07 40205 when the giver left more than a year ago', async () => {
    const { pair, external_userids } = giverWith(2, { left: true });
    later(days(365));
    expect(await order(client, pair, external_userids.slice(0, 1))).toEqual([0]);
    later(1000);
    expect(await order(client, pair, external_userids.slice(1))).toBe(40205);
  });

  test('WCM-07 40003 to nobody, 40097 from one who has not left, 40130 to the same', async () => {
    const { pair, giver, external_userids } = giverWith(1);
    expect(await order(client, { ...pair, to: 'nobody' }, external_userids)).toBe(40003);
    expect(await order(client, { ...pair, resigned: true }, external_userids)).toBe(40097);
    expect(await order(client, { from: giver, to: giver }, external_userids)).toBe(40130);
  });

  test('WCM-07 40058 beyond 100 customers, for none, and for a message of more than 200 characters', async () => {
    const { pair, external_userids } = giverWith(101);
    expect(await order(client, pair, external_userids)).toBe(40058);
    expect(await order(client, pair, [])).toBe(40058);
    const body = {
      handover_userid: pair.from,
      takeover_userid: pair.to,
      external_userid: external_userids.slice(0, 1),
    };
    const told = { ...body, transfer_success_msg: '您'.repeat(201) };
    expect((await client.post('externalcontact/transfer_customer', told)).errcode).toBe(40058);
    expect(await order(client, pair, external_userids.slice(1))).toHaveLength(100);
  });
});

describe('each customer has an answer', () => {
  test('WCM-07 40096 unknown, 40131 of somebody else, 84061 not confirmed yet, 40129 under way', async () => {
    const { pair, giver, other, external_userids } = giverWith(1);
    const [first = ''] = external_userids;
    const foreign = sandbox.control.addRelation({ userid: other }).external_userid;
    const half = sandbox.control.addRelation({ userid: giver, half: true }).external_userid;
    expect(await order(client, pair, [first, 'wmnone', foreign, half])).toEqual([0, 40096, 40131, 84061]);
    expect(await order(client, pair, [first])).toEqual([40129]);
  });

  test('WCM-07 40131 for a leaver’s customer who is not waiting to be assigned', async () => {
    const { pair, external_userids } = giverWith(1, { left: true });
    const foreign = sandbox.control.addRelation({ userid: pair.to }).external_userid;
    expect(await order(client, pair, [foreign])).toEqual([40131]);
    expect(await order(client, pair, external_userids)).toEqual([0]);
    later(hours(24));
    expect(await order(client, pair, external_userids)).toEqual([40131]);
  });

  test('WCM-07 40128 for the third time within 90 days in service', async () => {
    const { giver, heir, other, external_userids } = giverWith(1);
    expect(await order(client, { from: giver, to: heir }, external_userids)).toEqual([0]);
    later(hours(24));
    expect(await order(client, { from: heir, to: other }, external_userids)).toEqual([0]);
    later(hours(24));
    expect(await order(client, { from: other, to: giver }, external_userids)).toEqual([40128]);
    later(days(89));
    expect(await order(client, { from: other, to: giver }, external_userids)).toEqual([0]);
  });

  test('WCM-07 40099 while the successor is full; whoever is their friend already goes through', async () => {
    const { pair, heir, external_userids } = giverWith(2);
    const [friend = '', stranger = ''] = external_userids;
    sandbox.control.addRelation({ userid: heir, external_userid: friend });
    sandbox.control.setFitness({ userid: heir, customer_cap: 1 });
    expect(await order(client, pair, [friend, stranger])).toEqual([0, 40099]);
    sandbox.control.setFitness({ userid: heir, customer_cap: null });
    expect(await order(client, pair, [stranger])).toEqual([0]);
  });
});

test('WCM-07 what does not fit any more after 24 h ends as the limit: status 4, and the customer waits again', async () => {
  const { pair, heir, external_userids } = giverWith(3, { left: true });
  sandbox.control.setFitness({ userid: heir, customer_cap: 2 });
  expect(await order(client, pair, external_userids)).toEqual([0, 0, 0]);
  later(hours(24));
  const ask = { body: { handover_userid: pair.from, takeover_userid: pair.to }, rows: 'customer' };
  const rows = await walk(client, 'externalcontact/resigned/transfer_result', ask);
  expect(rows.map(({ status }) => status)).toEqual([1, 1, 4]);
  const waiting = sandbox.truth().unassigned.filter(({ handover_userid }) => handover_userid === pair.from);
  expect(waiting.map(({ external_userid }) => external_userid)).toEqual(external_userids.slice(2));
});

test('WCM-07 an order gives no callback; its taking effect, and its failing, do', async () => {
  const receiver = createReceiver();
  sandbox.deliverTo(`${await receiver.listen()}/`);
  const { pair, external_userids } = giverWith(2);
  const [willing = '', refusing = ''] = external_userids;
  sandbox.control.planTransfer({ external_userid: refusing, outcome: 'customer_refused' });
  await sandbox.callbacks.idle();
  const before = receiver.heard.length;
  await order(client, pair, external_userids);
  await sandbox.callbacks.idle();
  expect(receiver.heard).toHaveLength(before);
  later(hours(24));
  await sandbox.callbacks.idle();
  const told = receiver.heard.slice(before).map(({ xml }) => xml);
  const heard = (...parts: string[]) => told.some((xml) => parts.every((part) => xml.includes(part)));
  expect(told).toHaveLength(3);
  expect(heard('del_external_contact', 'DELETE_BY_TRANSFER', pair.from, willing)).toBe(true);
  expect(heard('add_external_contact', pair.to, willing)).toBe(true);
  expect(heard('transfer_fail', 'customer_refused', pair.to, refusing)).toBe(true);
  receiver.close();
});

test('WCM-07 the truth holds every transfer, and how often each customer was accepted', async () => {
  const { pair, external_userids } = giverWith(2, { left: true });
  const [willing = '', refusing = ''] = external_userids;
  sandbox.control.planTransfer({ external_userid: refusing, outcome: 'customer_refused' });
  const requested_at = sandbox.clock.now().getTime() / 1000;
  await order(client, pair, [...external_userids, 'wmnone']);
  expect(sandbox.truth().transfers.map(({ outcome }) => outcome)).toEqual([null, null]);
  later(hours(24));
  await order(client, pair, [refusing]);
  const same = { handover_userid: pair.from, takeover_userid: pair.to, resigned: true };
  const { transfers, transfers_accepted } = sandbox.truth();
  expect(transfers).toHaveLength(3);
  expect(transfers).toEqual(
    expect.arrayContaining([
      { ...same, external_userid: willing, requested_at, outcome: 'taken_over' },
      { ...same, external_userid: refusing, requested_at, outcome: 'customer_refused' },
      { ...same, external_userid: refusing, requested_at: requested_at + 86_400, outcome: null },
    ]),
  );
  const times = Object.fromEntries(transfers_accepted.map((row) => [row.external_userid, row.times]));
  expect(times).toEqual({ [willing]: 1, [refusing]: 2 });
});
