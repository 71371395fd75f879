import { minutes } from '../../../src/core/clock';
import { type Client, clientOf, smallCompany } from '../support';
import { newStaff } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

const writes = [
  'transfer_customer',
  'resigned/transfer_customer',
  'groupchat/onjob_transfer',
  'groupchat/transfer',
  'remark',
  'mark_tag',
] as const;

/** A call that would do its work, once, if nothing struck. */
function callOf(path: (typeof writes)[number]) {
  const { giver, heir } = newStaff(sandbox);
  const portfolio = { userid: giver, customers: 1, group_chats: 1 };
  const { external_userids: external_userid, chat_ids: chat_id_list } = sandbox.control.givePortfolio(portfolio);
  if (path === 'resigned/transfer_customer' || path === 'groupchat/transfer') {
    sandbox.control.staffLeaves({ userid: giver });
  }
  const pair = { userid: giver, external_userid: external_userid[0] };
  const transfer = { handover_userid: giver, takeover_userid: heir, external_userid };
  const bodies = {
    transfer_customer: transfer,
    'resigned/transfer_customer': transfer,
    'groupchat/onjob_transfer': { chat_id_list, new_owner: heir },
    'groupchat/transfer': { chat_id_list, new_owner: heir },
    remark: { ...pair, remark: '新备注' },
    mark_tag: { ...pair, add_tag: sandbox.world.tagIds().slice(0, 1) },
  };
  return { api: `externalcontact/${path}`, body: bodies[path] };
}

const facts = (mark: number) => sandbox.ledger.since(mark).filter(({ origin }) => origin === 'api');

/** @returns the errcode, or that there was no answer */
const attempt = (api: string, body: object): Promise<number | 'no answer'> =>
  client.post(api, body).then(
    ({ errcode }) => errcode as number,
    () => 'no answer' as const,
  );

describe.each(writes)('WCM-07 %s', (path) => {
  test.each([
    ['busy', -1],
    ['overLimit', 45009],
    ['tooConcurrent', 45033],
    ['httpError', 'no answer'],
  ] as const)('%s strikes before the work: nothing is done', async (fault, answer) => {
    const { api, body } = callOf(path);
    sandbox.faults.set(fault, { count: 1, only: [api] });
    const mark = sandbox.ledger.mark();
    expect(await attempt(api, body)).toBe(answer);
    expect(facts(mark)).toEqual([]);
    sandbox.clock.advance(minutes(1));
    expect(await attempt(api, body)).toBe(0);
    expect(facts(mark)).toHaveLength(1);
    const { calls, answered, struck } = sandbox.ledger;
    expect([calls[api], answered[api], struck[api]]).toEqual([2, 1, 1]);
  });

  test.each(['reset', 'truncate'] as const)('%s strikes after the work: it is done', async (fault) => {
    const { api, body } = callOf(path);
    sandbox.faults.set(fault, { count: 1, only: [api] });
    const mark = sandbox.ledger.mark();
    expect(await attempt(api, body)).toBe('no answer');
    expect(facts(mark)).toHaveLength(1);
    const { calls, answered, struck } = sandbox.ledger;
    expect([calls[api], answered[api], struck[api]]).toEqual([1, undefined, 1]);
  });

  test('hang never answers and does nothing', async () => {
    const { api, body } = callOf(path);
    await client.get('getcallbackip');
    sandbox.faults.set('hang', { count: 1, only: [api] });
    const mark = sandbox.ledger.mark();
    const waited = new Promise((resolve) => setTimeout(resolve, 100, 'waited'));
    expect(await Promise.race([attempt(api, body), waited])).toBe('waited');
    expect(facts(mark)).toEqual([]);
    expect(sandbox.ledger.struck[api]).toBe(1);
  });
});

test('WCM-07 a refusal of WeCom’s own is neither answered nor struck; a slow answer is answered', async () => {
  const { api, body } = callOf('transfer_customer');
  expect(await attempt(api, { ...body, takeover_userid: 'nobody' })).toBe(40003);
  sandbox.faults.set('slow', { count: 1, ms: 20 });
  expect(await attempt(api, body)).toBe(0);
  const { calls, answered, struck } = sandbox.ledger;
  expect([calls[api], answered[api], struck[api]]).toEqual([2, 1, undefined]);
});

test('WCM-07 a token taken away strikes the call it came with', async () => {
  const { api, body } = callOf('transfer_customer');
  await client.get('getcallbackip');
  sandbox.faults.set('tokenExpired', { count: 1, only: [api] });
  expect([42001, 40014]).toContain(await attempt(api, body));
  client.forget();
  expect(await attempt(api, body)).toBe(0);
  expect(sandbox.ledger.struck[api]).toBe(1);
  expect(sandbox.truth().transfers_accepted.map(({ times }) => times)).toEqual([1]);
});
