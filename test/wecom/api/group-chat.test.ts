import type { Wecom } from '../../../src/wecom';
import { WecomMalformed } from '../../../src/wecom/errors';
import { ok, refuse } from '../support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

describe('group chats', () => {
  test('a page, with the owners asked for', async () => {
    at.fake.on(
      'externalcontact/groupchat/list',
      ok({ group_chat_list: [{ chat_id: 'wr1', status: 1 }], next_cursor: 'c' }),
    );
    const page = await wecom.groupChats.list({ owner_userids: ['gone'], status: 1, cursor: 'b' }, bulk);
    expect(page).toEqual({ items: [{ chat_id: 'wr1', status: 1 }], next_cursor: 'c' });
    expect(at.fake.last('externalcontact/groupchat/list')?.body).toEqual({
      status_filter: 1,
      limit: 1000,
      owner_filter: { userid_list: ['gone'] },
      cursor: 'b',
    });
  });

  test('one group with its members', async () => {
    const group_chat = {
      chat_id: 'wr1',
      name: '售后群',
      owner: 'li',
      create_time: 1_700_000_000,
      notice: '欢迎',
      member_version: 'v1',
      admin_list: [{ userid: 'li' }],
      member_list: [
        {
          userid: 'li',
          type: 1,
          join_time: 1_700_000_000,
          join_scene: 1,
          invitor: { userid: 'boss' },
          group_nickname: '',
          name: '李',
        },
        { userid: 'wm1', type: 2, unionid: 'u1', join_time: 1_700_000_001, join_scene: 3, name: '王', state: 'qr' },
      ],
    };
    at.fake.on('externalcontact/groupchat/get', ok({ group_chat }));
    expect(await wecom.groupChats.get('wr1', click)).toEqual({
      chat_id: 'wr1',
      name: '售后群',
      owner: 'li',
      created_at: new Date(1_700_000_000_000),
      notice: '欢迎',
      member_version: 'v1',
      admins: ['li'],
      members: [
        {
          userid: 'li',
          type: 1,
          unionid: null,
          joined_at: new Date(1_700_000_000_000),
          join_scene: 1,
          invitor: 'boss',
          group_nickname: '',
          name: '李',
          state: '',
        },
        {
          userid: 'wm1',
          type: 2,
          unionid: 'u1',
          joined_at: new Date(1_700_000_001_000),
          join_scene: 3,
          invitor: null,
          group_nickname: '',
          name: '王',
          state: 'qr',
        },
      ],
      raw: group_chat,
    });
  });

  test('a group without its members is malformed, not empty', async () => {
    at.fake.on('externalcontact/groupchat/get', ok({ group_chat: { chat_id: 'wr1', create_time: 1 } }));
    await expect(wecom.groupChats.get('wr1', click)).rejects.toBeInstanceOf(WecomMalformed);
  });

  test.each([49008, 86001, 86003])('%d: no such group', async (errcode) => {
    at.fake.on('externalcontact/groupchat/get', refuse(errcode));
    expect(await wecom.groupChats.get('wr1', click)).toBeNull();
  });
});
