import { hours } from '../../src/core/clock';
import { type Answer, type Client, clientOf, smallCompany, walk } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

const followers = async (): Promise<string[]> => (await client.get('externalcontact/get_follow_user_list')).follow_user;
const keyOf = (row: Answer): string => `${row.follow_info.userid}|${row.external_contact.external_userid}`;
const listedPairs = () =>
  sandbox
    .truth()
    .relations.filter(({ listed }) => listed)
    .map((relation) => `${relation.userid}|${relation.external_userid}`);
const batch = 'externalcontact/batch/get_by_user';

test('a cursor walk gives every relation exactly once', async () => {
  const rows = await walk(client, batch, {
    body: { userid_list: await followers(), limit: 7 },
    rows: 'external_contact_list',
  });
  expect(rows.map(keyOf).sort()).toEqual(listedPairs().sort());
});

test('… also while the world changes: whoever stays is seen once, nobody is seen twice', async () => {
  const before = new Set(listedPairs());
  const rows = await walk(client, batch, {
    body: { userid_list: await followers(), limit: 9 },
    rows: 'external_contact_list',
    between() {
      sandbox.control.deleteByStaff();
      sandbox.control.addRelation();
      sandbox.control.deleteByExternal();
      sandbox.control.editRelation({ description: 'changed' });
    },
  });
  const seen = rows.map(keyOf);
  expect(new Set(seen).size).toBe(seen.length);
  const stayed = listedPairs().filter((pair) => before.has(pair));
  expect(stayed.filter((pair) => !seen.includes(pair))).toEqual([]);
  expect(stayed.length).toBeLessThan(before.size);
});

test('a cursor belongs to its userids: another list, or an edited cursor, answers 50100', async () => {
  const [first = '', second = ''] = await followers();
  const { next_cursor: cursor } = await client.post(batch, { userid_list: [first], limit: 1 });
  expect(cursor).not.toBe('');
  expect((await client.post(batch, { userid_list: [first], limit: 1, cursor })).errcode).toBe(0);
  expect((await client.post(batch, { userid_list: [second], limit: 1, cursor })).errcode).toBe(50100);
  expect((await client.post(batch, { userid_list: [first], limit: 1, cursor: `${cursor}A` })).errcode).toBe(50100);
  expect((await client.post(batch, { userid_list: [], limit: 1 })).errcode).toBe(40058);
});

test('half relations are in no list; customers who deleted the staff member still are', async () => {
  const [userid = ''] = await followers();
  const half = sandbox.control.addRelation({ userid, half: true });
  const lost = sandbox.control.deleteByExternal({ userid });
  const { external_userid: listed } = await client.get('externalcontact/list', { userid });
  expect(listed).toContain(lost.external_userid);
  expect(listed).not.toContain(half.external_userid);
  const refused = await client.get('externalcontact/get', { external_userid: half.external_userid });
  expect(refused.errcode).toBe(84061);
  sandbox.control.addRelation(half);
  expect((await client.get('externalcontact/get', { external_userid: half.external_userid })).errcode).toBe(0);
});

test('a member without customers, and one who left, are not empty lists', async () => {
  const { userid } = sandbox.control.hireStaff();
  expect((await client.get('externalcontact/list', { userid })).errcode).toBe(84061);
  sandbox.control.staffLeaves({ userid });
  expect((await client.get('externalcontact/list', { userid })).errcode).toBe(40003);
  expect((await client.get('user/get', { userid })).errcode).toBe(60111);
});

test('externalcontact/get pages beyond 500 followers', async () => {
  const { external_userid } = sandbox.control.addRelation();
  for (let n = 0; n < 510; n += 1) {
    const { userid } = sandbox.control.hireStaff();
    sandbox.control.addRelation({ userid, external_userid });
  }
  const first = await client.get('externalcontact/get', { external_userid });
  expect(first.follow_user).toHaveLength(500);
  const second = await client.get('externalcontact/get', { external_userid, cursor: first.next_cursor });
  expect(second.follow_user).toHaveLength(11);
  expect(second.next_cursor).toBeUndefined();
});

test('the groups of a leaver are shown only to whoever names the leaver', async () => {
  const [chat] = sandbox.truth().group_chats.filter(({ status }) => status === 0);
  if (!chat) throw new Error('no group');
  const list = async (body: object): Promise<string[]> =>
    (
      await walk(client, 'externalcontact/groupchat/list', { body: { limit: 3, ...body }, rows: 'group_chat_list' })
    ).map(({ chat_id }) => chat_id);
  expect(await list({})).toContain(chat.chat_id);
  sandbox.control.staffLeaves({ userid: chat.owner });
  expect(await list({})).not.toContain(chat.chat_id);
  expect(await list({ status_filter: 1 })).not.toContain(chat.chat_id);
  expect(await list({ owner_filter: { userid_list: [chat.owner] }, status_filter: 1 })).toContain(chat.chat_id);
});

test('groupchat/get may lag behind, and tells dismissed from unknown', async () => {
  await sandbox.stop();
  sandbox = smallCompany({ groupChatLagMs: 2000 });
  await sandbox.start();
  client = clientOf(sandbox);
  const { chat_id } = sandbox.control.createGroup({ name: 'before' });
  const nameOf = async () => (await client.post('externalcontact/groupchat/get', { chat_id })).group_chat?.name;
  sandbox.control.renameGroup({ chat_id, name: 'after' });
  expect(await nameOf()).toBe('before');
  sandbox.clock.advance(2000);
  expect(await nameOf()).toBe('after');
  sandbox.control.dismissGroup({ chat_id });
  sandbox.clock.advance(2000);
  expect((await client.post('externalcontact/groupchat/get', { chat_id })).errcode).toBe(49008);
  expect((await client.post('externalcontact/groupchat/get', { chat_id: 'wrnone' })).errcode).toBe(86001);
});

test('corp tags can be asked for by tag or by group', async () => {
  const [group] = sandbox.truth().corp_tags;
  const ask = async (body: object) => (await client.post('externalcontact/get_corp_tag_list', body)).tag_group;
  expect(await ask({})).toHaveLength(sandbox.truth().corp_tags.length);
  const tag_id = [group?.tags[0]?.id];
  expect(await ask({ tag_id })).toMatchObject([{ group_id: group?.group_id, tag: [{ id: tag_id[0] }] }]);
  expect((await ask({ group_id: [group?.group_id], tag_id }))[0].tag).toHaveLength(group?.tags.length ?? 0);
});

test('our own writes change the company without a callback', async () => {
  const { userid, external_userid } = sandbox.control.editRelation({ remark: 'old', remark_mobiles: ['13000000001'] });
  const [tag] = sandbox.truth().corp_tags[0]?.tags ?? [];
  const mark = sandbox.ledger.mark();
  const pair = { userid, external_userid };
  await client.post('externalcontact/remark', { ...pair, remark: '新备注', remark_mobiles: [''] });
  await client.post('externalcontact/mark_tag', { ...pair, add_tag: [tag?.id] });
  const relation = sandbox.truth().relations.find((r) => r.userid === userid && r.external_userid === external_userid);
  expect(relation).toMatchObject({ remark: '新备注', remark_mobiles: [] });
  expect(relation?.tag_ids).toContain(tag?.id);
  expect(sandbox.ledger.since(mark)).toMatchObject([
    { origin: 'api', silent: true },
    { origin: 'api', silent: true },
  ]);
  expect(sandbox.ledger.silentSince(mark)).toEqual([]);
  expect((await client.post('externalcontact/remark', { ...pair, remark: 'x'.repeat(21) })).errcode).toBe(40058);
  expect((await client.post('externalcontact/mark_tag', { ...pair, add_tag: ['etnone'] })).errcode).toBe(40068);
});

test('messages are kept for the test to read; unknown receivers come back in lower case', async () => {
  const [known = ''] = await followers();
  const send = (touser: string) =>
    client.post('message/send', { agentid: sandbox.agentId, touser, msgtype: 'text', text: { content: '你好' } });
  expect(await send(`${known}|NoBody`)).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
  expect((await send('NoBody')).errcode).toBe(81013);
  expect(sandbox.ledger.messages).toMatchObject([{ touser: [known], msgtype: 'text', body: { content: '你好' } }]);
});

describe('transfers', () => {
  const settled = async (path: string, handover_userid: string, takeover_userid: string) =>
    Object.fromEntries(
      (await walk(client, path, { body: { handover_userid, takeover_userid }, rows: 'customer' })).map((row) => [
        row.external_userid,
        row.status,
      ]),
    );

  test('customers of a leaver move after 24 h; one refuses and waits again', async () => {
    const [handover_userid = '', takeover_userid = ''] = await followers();
    sandbox.control.staffLeaves({ userid: handover_userid });
    const unassigned = async () =>
      (await walk(client, 'externalcontact/get_unassigned_list', { body: { page_size: 10 }, rows: 'info' }))
        .filter((row) => row.handover_userid === handover_userid)
        .map((row) => row.external_userid);
    const [willing, refusing, already, ...others] = await unassigned();
    if (!sandbox.world.findRelation(takeover_userid, already)) {
      sandbox.control.addRelation({ userid: takeover_userid, external_userid: already });
    }
    sandbox.control.planTransfer({ external_userid: refusing, outcome: 'customer_refused' });
    const external_userid = [willing, refusing, already, 'wmnone'];
    const path = 'externalcontact/resigned/transfer_customer';
    const answer = await client.post(path, { handover_userid, takeover_userid, external_userid });
    expect(answer.customer.map((row: Answer) => row.errcode)).toEqual([0, 0, 0, 40096]);
    expect((await unassigned()).sort()).toEqual([...others].sort());

    const result = 'externalcontact/resigned/transfer_result';
    expect(Object.values(await settled(result, handover_userid, takeover_userid))).toEqual([2, 2, 2]);
    sandbox.clock.advance(hours(24));
    client.forget();
    const ends = await settled(result, handover_userid, takeover_userid);
    expect(ends).toEqual({ [willing]: 1, [refusing]: 3, [already]: 1 });
    expect((await unassigned()).sort()).toEqual([refusing, ...others].sort());
    expect(sandbox.world.findRelation(takeover_userid, willing)).toMatchObject({ add_way: 202 });
  });

  test('in service: the old relation ends when the new one begins; twice in 90 days is the most', async () => {
    const [handover_userid = '', takeover_userid = '', third = ''] = await followers();
    const { external_userid } = sandbox.control.addRelation({ userid: handover_userid });
    const move = async (from: string, to: string): Promise<number> => {
      const body = { handover_userid: from, takeover_userid: to, external_userid: [external_userid] };
      return (await client.post('externalcontact/transfer_customer', body)).customer[0].errcode;
    };
    expect(await move(handover_userid, takeover_userid)).toBe(0);
    expect(await move(handover_userid, takeover_userid)).toBe(40129);
    expect(sandbox.world.findRelation(handover_userid, external_userid)).toBeDefined();
    sandbox.clock.advance(hours(24));
    client.forget();
    expect(sandbox.world.findRelation(handover_userid, external_userid)).toBeUndefined();
    expect(await move(handover_userid, third)).toBe(40131);
    expect(await move(takeover_userid, third)).toBe(0);
    sandbox.clock.advance(hours(24));
    client.forget();
    expect(await move(third, handover_userid)).toBe(40128);
    const body = { handover_userid, takeover_userid: handover_userid, external_userid: [external_userid] };
    expect((await client.post('externalcontact/transfer_customer', body)).errcode).toBe(40130);
    const resigned = { handover_userid, takeover_userid, external_userid: [external_userid] };
    expect((await client.post('externalcontact/resigned/transfer_customer', resigned)).errcode).toBe(40097);
  });

  test('groups change hands at once, each refusal by group', async () => {
    const [owner = '', leaver = '', heir = ''] = await followers();
    const serving = sandbox.control.createGroup({ owner }).chat_id;
    const orphan = sandbox.control.createGroup({ owner: leaver }).chat_id;
    sandbox.control.staffLeaves({ userid: leaver });
    const move = async (path: string) =>
      (await client.post(`externalcontact/groupchat/${path}`, { chat_id_list: [serving, orphan], new_owner: heir }))
        .failed_chat_list;
    expect(await move('transfer')).toMatchObject([{ chat_id: serving, errcode: 90500 }]);
    expect(await move('transfer')).toMatchObject([{ errcode: 90500 }, { chat_id: orphan, errcode: 90504 }]);
    expect(await move('onjob_transfer')).toMatchObject([{ chat_id: orphan, errcode: 90504 }]);
    const owners = sandbox.truth().group_chats.filter(({ chat_id }) => [serving, orphan].includes(chat_id));
    expect(owners.map((chat) => chat.owner)).toEqual([heir, heir]);
  });
});
