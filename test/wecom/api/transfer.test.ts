import type { Wecom } from '../../../src/wecom';
import { ok, refuse } from '../support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

const sent = (api: string) => at.fake.last(`externalcontact/${api}`)?.body;
const pair = { from: 'gone', to: 'heir' };
const many = Array.from({ length: 101 }, (_, n) => `wm${n}`);

describe('external contacts are handed over', () => {
  const customer = [
    { external_userid: 'wm1', errcode: 0 },
    { external_userid: 'wm2', errcode: 40128 },
  ];

  test('WCM-07 in service with a message, after a resignation without; each with its own errcode', async () => {
    for (const path of ['', 'resigned/']) at.fake.on(`externalcontact/${path}transfer_customer`, ok({ customer }));
    const order = { ...pair, external_userids: ['wm1', 'wm2'], message: '以后由我服务您' };
    expect(await wecom.transfers.customers({ ...order, resigned: false }, click)).toEqual(customer);
    const body = { handover_userid: 'gone', takeover_userid: 'heir', external_userid: ['wm1', 'wm2'] };
    expect(sent('transfer_customer')).toEqual({ ...body, transfer_success_msg: '以后由我服务您' });
    expect(await wecom.transfers.customers({ ...order, resigned: true }, click)).toEqual(customer);
    expect(sent('resigned/transfer_customer')).toEqual(body);
  });

  test('WCM-07 at most 100 a call, and at least one', async () => {
    for (const external_userids of [many, []]) {
      const order = wecom.transfers.customers({ ...pair, external_userids, resigned: true }, bulk);
      await expect(order).rejects.toBeInstanceOf(RangeError);
    }
  });

  test('WCM-07 an order that may have arrived is not sent again', async () => {
    const path = 'externalcontact/resigned/transfer_customer';
    at.fake.on(path, { fault: 'reset' }, ok({ customer }));
    const order = { ...pair, external_userids: ['wm1'], resigned: true };
    await expect(wecom.transfers.customers(order, bulk)).rejects.toMatchObject({ name: 'WecomUnreachable' });
    expect(at.fake.count(path)).toBe(1);
  });

  test('WCM-07 a row without its errcode is malformed, never “started”; nor is a bare object an answer', async () => {
    const path = 'externalcontact/transfer_customer';
    const order = { ...pair, external_userids: ['wm1'], resigned: false };
    at.fake.on(path, ok({ customer: [{ external_userid: 'wm1' }] }));
    await expect(wecom.transfers.customers(order, bulk)).rejects.toThrow('customer.0.errcode');
    at.fake.on(path, { json: {} });
    await expect(wecom.transfers.customers(order, bulk)).rejects.toThrow('neither errcode nor customer');
  });
});

describe('how transfers stand', () => {
  test('WCM-07 every status by name, one nobody knows as unknown; the time only where there is one', async () => {
    const customer = [1, 2, 3, 4, 5, 9].map((status) => ({
      external_userid: `wm${status}`,
      status,
      takeover_time: status === 2 ? 1_700_000_000 : 0,
    }));
    at.fake.on('externalcontact/transfer_result', ok({ customer, next_cursor: 'more' }));
    const page = await wecom.transfers.results({ ...pair, resigned: false }, undefined, bulk);
    expect(page.items.map(({ status }) => status)).toEqual([
      'taken_over',
      'waiting',
      'refused',
      'over_limit',
      'no_record',
      'unknown',
    ]);
    const planned = { external_userid: 'wm2', status: 'waiting', takeover_at: new Date('2023-11-14T22:13:20Z') };
    expect(page.items[1]).toEqual(planned);
    expect(page.items[0]?.takeover_at).toBeNull();
    expect(page.next_cursor).toBe('more');
  });

  test('WCM-07 those of a leaver are asked apart, page by page', async () => {
    at.fake.on('externalcontact/resigned/transfer_result', ok({ next_cursor: '' }));
    const page = await wecom.transfers.results({ ...pair, resigned: true }, 'c', bulk);
    expect(page).toEqual({ items: [], next_cursor: null });
    expect(sent('resigned/transfer_result')).toEqual({
      handover_userid: 'gone',
      takeover_userid: 'heir',
      cursor: 'c',
    });
  });
});

describe('group chats are handed over', () => {
  test('WCM-07 in service and after a resignation: nothing failed where WeCom names nothing', async () => {
    const failed = { chat_id: 'wr2', errcode: 90500, errmsg: 'the owner is not resigned' };
    at.fake.on('externalcontact/groupchat/onjob_transfer', ok());
    at.fake.on('externalcontact/groupchat/transfer', ok({ failed_chat_list: [failed] }));
    const order = { chat_ids: ['wr1', 'wr2'], to: 'heir' };
    expect(await wecom.transfers.groupChats({ ...order, resigned: false }, click)).toEqual([]);
    expect(sent('groupchat/onjob_transfer')).toEqual({ chat_id_list: ['wr1', 'wr2'], new_owner: 'heir' });
    const refused = await wecom.transfers.groupChats({ ...order, resigned: true }, click);
    expect(refused).toEqual([{ chat_id: 'wr2', errcode: 90500 }]);
  });

  test('WCM-07 at most 100 a call; sent once; the refusal of the whole call is passed on', async () => {
    const order = { chat_ids: many, to: 'heir', resigned: true };
    await expect(wecom.transfers.groupChats(order, bulk)).rejects.toBeInstanceOf(RangeError);
    const path = 'externalcontact/groupchat/transfer';
    at.fake.on(path, { fault: 'truncate' }, refuse(40098));
    const one = { ...order, chat_ids: ['wr1'] };
    await expect(wecom.transfers.groupChats(one, bulk)).rejects.toMatchObject({ name: 'WecomUnreachable' });
    expect(at.fake.count(path)).toBe(1);
    await expect(wecom.transfers.groupChats(one, bulk)).rejects.toMatchObject({ errcode: 40098 });
  });
});
