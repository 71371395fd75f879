import { days, seconds } from '../../src/core/clock';
import type { Said, Sandbox } from '../../src/sandbox';
import { Limits } from '../../src/sandbox/http/limits';
import { createReceiver, type Receiver } from './receiver';
import { type Client, clientOf, smallCompany } from './support';

let sandbox: Sandbox;
let client: Client;

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

/** A member with a seat, or without one, and one of their customers. */
function pairWith(seat: boolean): { userid: string; external_userid: string } {
  const { world } = sandbox;
  const staff = world.followers().find(({ relations }) => relations.size > 0);
  const contact = [...(staff?.relations.values() ?? [])].find((relation) => !relation.external_deleted)?.contact;
  if (!staff || !contact) throw new Error('Nobody has customers');
  sandbox.control.setSeat({ userid: staff.userid, seat });
  return { userid: staff.userid, external_userid: contact.external_userid };
}

const pulled = async (seq = '0', limit = 1000): Promise<string[]> => {
  // The clock may have moved past the token's end.
  client.forget();
  return (await client.post('message/getchatdata', { seq, limit }, 'archive')).chatdata.map(
    ({ msgid }: { msgid: string }) => msgid,
  );
};
const msgids = (...said: Said[]): string[] => said.map(({ msgid }) => msgid);

test('a single chat is archived from the customer’s consent on, and no longer once it is taken back', async () => {
  const pair = pairWith(true);
  const before = sandbox.control.say({ ...pair, text: '早' });
  const agree = sandbox.control.consent(pair);
  const talk = [sandbox.control.say(pair), sandbox.control.say({ ...pair, from: 'external', type: 'image' })];
  const refusal = sandbox.control.consent({ ...pair, agreed: false });
  const after = sandbox.control.say({ ...pair, from: 'external' });
  expect([before.left_out, after.left_out]).toEqual(['no_consent', 'no_consent']);
  expect(before.seq).toBeNull();
  expect(await pulled()).toEqual(msgids(agree, ...talk, refusal));
});

test('in a group each customer counts alone, and staff once anybody agreed', async () => {
  const owner = pairWith(true);
  const other = [...(sandbox.world.findStaff(owner.userid)?.relations.keys() ?? [])].find(
    (id) => id !== owner.external_userid,
  );
  const members = [owner.external_userid, other ?? ''];
  const { chat_id } = sandbox.control.createGroup({ owner: owner.userid, members });
  const silence = sandbox.control.say({ chat_id });
  const agree = sandbox.control.consent({ chat_id, external_userid: owner.external_userid });
  const staff = sandbox.control.say({ chat_id });
  const agreed = sandbox.control.say({ chat_id, from: 'external', external_userid: owner.external_userid });
  const stranger = sandbox.control.say({ chat_id, from: 'external', external_userid: other });
  expect([silence.left_out, stranger.left_out]).toEqual(['no_consent', 'no_consent']);
  expect([...agreed.to].sort()).toEqual([owner.userid, other].sort());
  expect(await pulled()).toEqual(msgids(agree, staff, agreed));
  const told = (await client.post('msgaudit/check_room_agree', { roomid: chat_id }, 'archive')).agreeinfo;
  expect(told).toEqual([
    { exteranalopenid: owner.external_userid, agree_status: 'Agree', status_change_time: 1_772_352_000 },
    { exteranalopenid: other, agree_status: 'Disagree', status_change_time: 0 },
  ]);
});

test('who has no seat is not archived, except in talk with somebody who has one', async () => {
  const { userid, external_userid } = pairWith(false);
  const [seated = '', seatless = ''] = [...sandbox.world.staff.values()]
    .map((staff) => staff.userid)
    .filter((id) => id !== userid);
  sandbox.control.setSeat({ userid: seated, seat: true });
  sandbox.control.setSeat({ userid: seatless, seat: false });
  sandbox.control.consent({ userid, external_userid });
  expect(sandbox.control.say({ userid, external_userid }).left_out).toBe('no_seat');
  expect(sandbox.control.say({ userid, to_userid: seatless }).left_out).toBe('no_seat');
  const heard = sandbox.control.say({ userid, to_userid: seated });
  expect(await pulled()).toEqual(msgids(heard));
  const { ids } = await client.post('msgaudit/get_permit_user_list', {}, 'archive');
  expect(ids).toContain(seated);
  expect(ids).not.toContain(userid);
});

test('WeCom keeps five days: an older seq begins silently at the oldest still held, files go too', async () => {
  const pair = pairWith(true);
  sandbox.control.consent(pair);
  const old = sandbox.control.say({ ...pair, type: 'image' });
  sandbox.clock.advance(days(4));
  const fresh = sandbox.control.say({ ...pair, type: 'image' });
  expect(await pulled(old.seq ?? '')).toEqual(msgids(fresh));
  expect(await pulled()).toHaveLength(3);
  sandbox.clock.advance(days(1));
  expect(await pulled()).toEqual(msgids(fresh));
  expect(await pulled(String(BigInt(old.seq ?? 0) - 1n))).toEqual(msgids(fresh));
  const file = (said: Said) =>
    client.post('message/getchatmediadata', { sdkfileid: said.media[0]?.sdkfileid, indexbuf: '' }, 'archive');
  expect(await file(old)).toMatchObject({ errcode: 10010 });
  expect(await file(fresh)).toMatchObject({ errcode: 0, is_finish: 1, outindexbuf: '' });
});

test('what is taken back stays, and a record says so; nothing is taken back twice', async () => {
  const pair = pairWith(true);
  sandbox.control.consent(pair);
  const said = sandbox.control.say({ ...pair, text: '转我个人账户' });
  const recall = sandbox.control.recall({ msgid: said.msgid });
  expect(JSON.parse(recall.plain)).toMatchObject({
    action: 'recall',
    msgtype: 'revoke',
    from: pair.userid,
    tolist: [pair.external_userid],
    revoke: { pre_msgid: said.msgid },
  });
  expect((await pulled()).slice(1)).toEqual(msgids(said, recall));
  expect(() => sandbox.control.recall({ msgid: said.msgid })).toThrow('cannot be taken back');
});

test('the content can be given, and nobody can send what does not exist', () => {
  const pair = pairWith(true);
  const said = sandbox.control.say({ ...pair, type: 'external_redpacket', payload: { totalamount: 20_000 } });
  expect(JSON.parse(said.plain)).toMatchObject({ msgtype: 'external_redpacket', redpacket: { totalamount: 20_000 } });
  expect(() => sandbox.control.say({ ...pair, type: 'telepathy' })).toThrow('telepathy');
  sandbox.control.deleteByExternal(pair);
  expect(() => sandbox.control.say(pair)).toThrow('no contacts');
});

test('pages of at most a thousand, and only with the archive’s token', async () => {
  const pair = pairWith(true);
  sandbox.control.consent(pair);
  for (let n = 0; n < 4; n += 1) sandbox.control.say(pair);
  expect(await pulled('0', 3)).toHaveLength(3);
  const ask = (limit: number) => client.post('message/getchatdata', { seq: '0', limit }, 'archive');
  expect(await ask(1001)).toMatchObject({ errcode: 10000 });
  expect(await client.post('message/getchatdata', { seq: '0', limit: 1 })).toMatchObject({ errcode: 48002 });
  const forged = await client.json('message/getchatdata?access_token=forged', { method: 'POST', body: '{}' });
  expect(forged).toMatchObject({ errcode: 40014 });
});

test.each([
  ['message/getchatdata', 600],
  ['message/getchatmediadata', 25_000],
  ['msgaudit/check_room_agree', 1500],
])('%s may be asked %d times a minute', (api, most) => {
  const limits = new Limits(sandbox.clock, {});
  for (let n = 0; n < most; n += 1) limits.check(api);
  expect(() => limits.check(api)).toThrow(expect.objectContaining({ errcode: 45009 }));
});

test('groups of colleagues and robots can be asked for; customer groups are not among them', async () => {
  const { internal_chats, robots } = sandbox.truth().archive;
  const [chat] = internal_chats;
  const { members, ...told } = await client.post('msgaudit/groupchat/get', { roomid: chat?.chat_id ?? '' }, 'archive');
  expect(told).toMatchObject({ errcode: 0, roomname: chat?.name, creator: chat?.creator });
  expect(members.map(({ memberid }: { memberid: string }) => memberid)).toEqual(chat?.members);
  const [customers] = sandbox.truth().group_chats;
  const other = await client.post('msgaudit/groupchat/get', { roomid: customers?.chat_id ?? '' }, 'archive');
  expect(other.errcode).toBe(86001);
  const { data } = await client.get('msgaudit/get_robot_info', { robot_id: robots[0]?.robot_id ?? '' }, 'archive');
  expect(data).toMatchObject({ name: '经营日报机器人', creator_userid: robots[0]?.creator });
});

describe('callbacks', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = createReceiver();
    sandbox.deliverTo(await receiver.listen());
  });
  afterEach(() => receiver.close());

  const heard = async (event: string): Promise<number> => {
    await sandbox.callbacks.idle();
    return receiver.heard.filter(({ xml }) => xml.includes(event)).length;
  };

  test('msgaudit_notify comes at most once in 15 s, and only for what is archived', async () => {
    const pair = pairWith(true);
    sandbox.control.say(pair);
    expect(await heard('msgaudit_notify')).toBe(0);
    sandbox.control.consent(pair);
    for (let n = 0; n < 5; n += 1) sandbox.control.say(pair);
    expect(await heard('msgaudit_notify')).toBe(1);
    sandbox.clock.advance(seconds(14));
    expect(await heard('msgaudit_notify')).toBe(1);
    sandbox.clock.advance(seconds(1));
    expect(await heard('msgaudit_notify')).toBe(2);
    sandbox.clock.advance(seconds(60));
    expect(await heard('msgaudit_notify')).toBe(2);
    expect(receiver.heard.find(({ xml }) => xml.includes('msgaudit_notify'))?.receiver).toBe('archive');
  });

  test('consent in a single chat is told of, a refusal is not', async () => {
    const pair = pairWith(true);
    sandbox.control.consent({ ...pair, agreed: false });
    expect(await heard('msg_audit_approved')).toBe(0);
    sandbox.control.consent(pair);
    expect(await heard('msg_audit_approved')).toBe(1);
    const { xml = '', receiver: whom } = receiver.heard.find((one) => one.xml.includes('msg_audit_approved')) ?? {};
    expect(whom).toBe('agent');
    for (const part of [pair.userid, pair.external_userid, 'WelcomeCode']) expect(xml).toContain(part);
  });
});
