import type { Wecom } from '../../../src/wecom';
import { WecomMalformed } from '../../../src/wecom/errors';
import { ok, refuse } from '../support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  at.secrets.archive = 's-archive';
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

const sent = (api: string) => at.fake.last(`msgaudit/${api}`)?.body;

test('who holds a seat, of all editions or of one', async () => {
  at.fake.on('msgaudit/get_permit_user_list', ok({ ids: ['lin', 'qiao'] }), ok({}));
  expect(await wecom.archive.permitted({}, bulk)).toEqual(['lin', 'qiao']);
  expect(sent('get_permit_user_list')).toEqual({});
  expect(await wecom.archive.permitted({ edition: 'service' }, bulk)).toEqual([]);
  expect(sent('get_permit_user_list')).toEqual({ type: 2 });
});

test('consent of single chats, in WeCom’s spelling and our words', async () => {
  const answer = (exteranalopenid: string, agree_status: string, status_change_time: number) => ({
    userid: 'lin',
    exteranalopenid,
    agree_status,
    status_change_time,
  });
  const agreeinfo = [answer('wm1', 'Agree', 1_700_000_000), answer('wm2', 'Disagree', 0), answer('wm3', 'Maybe', 5)];
  at.fake.on('msgaudit/check_single_agree', ok({ agreeinfo }));
  expect(await wecom.archive.singleConsents([{ userid: 'lin', external_userid: 'wm1' }], bulk)).toEqual([
    { userid: 'lin', external_userid: 'wm1', status: 'agreed', changed_at: new Date(1_700_000_000_000) },
    { userid: 'lin', external_userid: 'wm2', status: 'disagreed', changed_at: null },
    { userid: 'lin', external_userid: 'wm3', status: 'unknown', changed_at: new Date(5000) },
  ]);
  expect(sent('check_single_agree')).toEqual({ info: [{ userid: 'lin', exteranalopenid: 'wm1' }] });
  const many = Array.from({ length: 101 }, () => ({ userid: 'lin', external_userid: 'wm1' }));
  await expect(wecom.archive.singleConsents(many, bulk)).rejects.toThrow('at most 100 pairs');
});

test('consent in a group, and none for a group nobody knows', async () => {
  const agreeinfo = [{ exteranalopenid: 'wm1', agree_status: 'Agree', status_change_time: 1_700_000_000 }];
  at.fake.on('msgaudit/check_room_agree', ok({ agreeinfo }), refuse(86001));
  expect(await wecom.archive.groupConsents('wr1', bulk)).toEqual([
    { external_userid: 'wm1', status: 'agreed', changed_at: new Date(1_700_000_000_000) },
  ]);
  expect(sent('check_room_agree')).toEqual({ roomid: 'wr1' });
  expect(await wecom.archive.groupConsents('wr2', bulk)).toBeNull();
});

test('a group of staff; unknown ones are null, one without members is malformed', async () => {
  const group = { roomname: '周会', creator: 'lin', room_create_time: 1_700_000_000, notice: '' };
  const members = [{ memberid: 'lin', jointime: 1_700_000_001 }];
  at.fake.on('msgaudit/groupchat/get', ok({ ...group, members }), refuse(86001), ok(group));
  expect(await wecom.archive.internalChat('wr1', click)).toEqual({
    name: '周会',
    creator: 'lin',
    created_at: new Date(1_700_000_000_000),
    notice: '',
    members: [{ userid: 'lin', joined_at: new Date(1_700_000_001_000) }],
  });
  expect(await wecom.archive.internalChat('wr2', click)).toBeNull();
  await expect(wecom.archive.internalChat('wr3', click)).rejects.toBeInstanceOf(WecomMalformed);
});

test('a robot', async () => {
  at.fake.on('msgaudit/get_robot_info', ok({ data: { robot_id: 'wb1', name: '日报', creator_userid: 'lin' } }));
  expect(await wecom.archive.robot('wb1', click)).toEqual({ robot_id: 'wb1', name: '日报', creator: 'lin' });
  expect(at.fake.last('msgaudit/get_robot_info')?.query).toMatchObject({ robot_id: 'wb1' });
});
