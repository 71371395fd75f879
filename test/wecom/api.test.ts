import { createHash } from 'node:crypto';
import { pages, type Wecom } from '../../src/wecom';
import { WecomMalformed, WecomNotConfigured } from '../../src/wecom/errors';
import { ok, refuse } from './support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from './support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

const tokenOf = (path: string) => at.fake.last(path)?.query.access_token;

describe('directory', () => {
  const tree = [
    { id: 1, name: '公司', name_en: 'Company', parentid: 0, order: 100, department_leader: ['boss'] },
    { id: 2, parentid: 1, order: 5 },
  ];

  test('departments come from the agent', async () => {
    at.fake.on('department/list', ok({ department: tree }));
    expect(await wecom.directory.departments(bulk)).toEqual([
      { id: 1, name: '公司', name_en: 'Company', parent_id: 0, order: 100, leaders: ['boss'] },
      { id: 2, name: '', name_en: '', parent_id: 1, order: 5, leaders: [] },
    ]);
  });

  test('departments come from the contacts secret where the agent is refused, names as far as they are told', async () => {
    at.fake.on('department/list', refuse(48002));
    at.fake.on(
      'department/simplelist',
      ok({
        department_id: [
          { id: 1, parentid: 0, order: 1 },
          { id: 2, parentid: 1, order: 2 },
        ],
      }),
    );
    at.fake.on('department/get', ok({ department: tree[0] }), refuse(48009));
    const found = await wecom.directory.departments(bulk);
    expect(found.map((d) => [d.id, d.name])).toEqual([
      [1, '公司'],
      [2, ''],
    ]);
    expect(tokenOf('department/get')).not.toBe(tokenOf('department/list'));
  });

  test('departments are no empty list when WeCom is unwell', async () => {
    at.fake.on('department/list', refuse(-1));
    await expect(wecom.directory.departments(bulk)).rejects.toMatchObject({ errcode: -1 });
    expect(at.fake.count('department/simplelist')).toBe(0);
  });

  test('staff of a department, with the JSON as it came', async () => {
    const li = {
      userid: 'LiSi',
      name: '李四',
      department: [2, 3],
      main_department: 3,
      is_leader_in_dept: [0, 1],
      direct_leader: ['boss'],
      position: '销售',
      status: 1,
      alias: 'L',
      avatar: 'https://a/1',
      hide_mobile: 1,
    };
    at.fake.on('user/list', ok({ userlist: [li, { userid: 'bare' }] }));
    const [first, bare] = await wecom.directory.staffOfDepartment(2, bulk);
    expect(at.fake.last('user/list')?.query.department_id).toBe('2');
    expect(first).toEqual({
      userid: 'LiSi',
      name: '李四',
      department_ids: [2, 3],
      main_department: 3,
      leader_in: [false, true],
      direct_leaders: ['boss'],
      position: '销售',
      status: 1,
      alias: 'L',
      avatar: 'https://a/1',
      raw: li,
    });
    expect(bare).toMatchObject({ userid: 'bare', department_ids: [], main_department: null, leader_in: [] });
  });

  test.each([60111, 40003, 46004])('%d: nobody of that id', async (errcode) => {
    at.fake.on('user/get', refuse(errcode));
    expect(await wecom.directory.staff('gone', click)).toBeNull();
  });

  test('one staff member is told like in the list, without the status of the answer', async () => {
    at.fake.on('user/get', ok({ userid: 'li', name: '李四', enable: 1 }));
    expect((await wecom.directory.staff('li', click))?.raw).toEqual({ userid: 'li', name: '李四', enable: 1 });
  });

  test('any other refusal is not "nobody"', async () => {
    at.fake.on('user/get', refuse(60011));
    await expect(wecom.directory.staff('li', click)).rejects.toMatchObject({ errcode: 60011 });
  });

  test('all ids, through the contacts secret, over short pages', async () => {
    at.fake.on('user/list_id', ({ body }) =>
      body.cursor === 'c2'
        ? ok({ dept_user: [{ userid: 'b', department: 2 }], next_cursor: '' })
        : ok({ dept_user: [{ userid: 'a', department: 1 }], next_cursor: 'c2' }),
    );
    const found = [];
    for await (const page of pages((cursor) => wecom.directory.staffIds(cursor, bulk))) found.push(...page.items);
    expect(found).toEqual([
      { userid: 'a', department_id: 1 },
      { userid: 'b', department_id: 2 },
    ]);
    expect(at.fake.calls[1]?.body).toEqual({ limit: 10_000 });
    expect(at.fake.calls[0]?.query.corpsecret).toBe('s-contacts');
  });
});

describe('external contacts', () => {
  const contact = {
    external_userid: 'wm1',
    name: '王',
    avatar: 'https://a/2',
    type: 1,
    gender: 2,
    unionid: 'u1',
    new_field: 7,
  };
  const base = {
    remark: '王总',
    description: '',
    createtime: 1_700_000_000,
    remark_mobiles: ['1'],
    add_way: 202,
    oper_userid: 'boss',
    state: 's',
  };

  test('one contact with the followers of all pages', async () => {
    at.fake.on('externalcontact/get', ({ query }) =>
      query.cursor === 'p2'
        ? ok({
            external_contact: contact,
            follow_user: [{ ...base, userid: 'b', tags: [{ group_name: '', tag_name: '自己的', type: 2 }] }],
          })
        : ok({
            external_contact: contact,
            follow_user: [
              { ...base, userid: 'a', tags: [{ group_name: '等级', tag_name: 'VIP', type: 1, tag_id: 'et1' }] },
            ],
            next_cursor: 'p2',
          }),
    );
    const found = await wecom.externalContacts.get('wm1', click);
    expect(found?.contact).toEqual({
      external_userid: 'wm1',
      name: '王',
      avatar: 'https://a/2',
      type: 1,
      gender: 2,
      unionid: 'u1',
      position: '',
      corp_name: '',
      corp_full_name: '',
      external_profile: null,
      raw: contact,
    });
    expect(found?.followers.map((f) => [f.userid, f.tags])).toEqual([
      ['a', [{ tag_id: 'et1', group_name: '等级', name: 'VIP', type: 1 }]],
      ['b', [{ tag_id: null, group_name: '', name: '自己的', type: 2 }]],
    ]);
    expect(found?.followers[0]).toMatchObject({
      remark: '王总',
      created_at: new Date('2023-11-14T22:13:20Z'),
      remark_mobiles: ['1'],
      add_way: 202,
      oper_userid: 'boss',
      state: 's',
      wechat_channels: null,
      remark_corp_name: '',
    });
  });

  test('no relation: null for one, none for a list; the list of followers stays strict', async () => {
    for (const path of ['get', 'list', 'get_follow_user_list']) at.fake.on(`externalcontact/${path}`, refuse(84061));
    expect(await wecom.externalContacts.get('wm1', click)).toBeNull();
    expect(await wecom.externalContacts.list('li', click)).toEqual([]);
    await expect(wecom.externalContacts.followers(click)).rejects.toMatchObject({ errcode: 84061 });
  });

  test('a contact without its id, or a follower without its time, is malformed', async () => {
    at.fake.on('externalcontact/get', ok({ external_contact: { name: '王' }, follow_user: [] }));
    await expect(wecom.externalContacts.get('wm1', click)).rejects.toThrow('external_contact.external_userid');
    at.fake.on('externalcontact/get', ok({ external_contact: contact, follow_user: [{ userid: 'a' }] }));
    await expect(wecom.externalContacts.get('wm1', click)).rejects.toThrow('follow_user.0.createtime');
  });

  test('a batch gives tag ids, and names who was left out', async () => {
    at.fake.on(
      'externalcontact/batch/get_by_user',
      ok({
        external_contact_list: [
          { external_contact: contact, follow_info: { ...base, userid: 'a', tag_id: ['et1', 'st2'] } },
        ],
        next_cursor: 'c',
        fail_info: { unlicensed_userid_list: ['b'] },
      }),
    );
    const page = await wecom.externalContacts.batchByStaff(['a', 'b'], 'before', bulk);
    expect(at.fake.last('externalcontact/batch/get_by_user')?.body).toEqual({
      userid_list: ['a', 'b'],
      limit: 100,
      cursor: 'before',
    });
    expect(page.items[0]?.follower).toMatchObject({ userid: 'a', tag_ids: ['et1', 'st2'] });
    expect(page).toMatchObject({ next_cursor: 'c', unlicensed_userids: ['b'] });
  });

  test('84061 for a batch of one is an empty page, for several it is an error', async () => {
    at.fake.on('externalcontact/batch/get_by_user', refuse(84061));
    expect((await wecom.externalContacts.batchByStaff(['a'], undefined, bulk)).items).toEqual([]);
    await expect(wecom.externalContacts.batchByStaff(['a', 'b'], undefined, bulk)).rejects.toMatchObject({
      errcode: 84061,
    });
    const many = Array.from({ length: 101 }, (_, i) => `u${i}`);
    await expect(wecom.externalContacts.batchByStaff(many, undefined, bulk)).rejects.toBeInstanceOf(RangeError);
  });

  test('unassigned contacts end with is_last or an empty cursor', async () => {
    const info = [{ handover_userid: 'gone', external_userid: 'wm1', dimission_time: 1_700_000_000 }];
    const path = 'externalcontact/get_unassigned_list';
    at.fake.on(
      path,
      ok({ info, is_last: false, next_cursor: 'c2' }),
      ok({ info: [], is_last: true, next_cursor: 'c3' }),
    );
    expect(await wecom.externalContacts.unassigned(undefined, bulk)).toEqual({
      items: [{ handover_userid: 'gone', external_userid: 'wm1', departed_at: new Date('2023-11-14T22:13:20Z') }],
      next_cursor: 'c2',
    });
    expect(await wecom.externalContacts.unassigned('c2', bulk)).toEqual({ items: [], next_cursor: null });
  });
});

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

test('corp tags: groups and their tags', async () => {
  const tag = { id: 'et2', name: 'VIP', create_time: 1_700_000_000, order: 2, deleted: true };
  at.fake.on(
    'externalcontact/get_corp_tag_list',
    ok({ tag_group: [{ group_id: 'et1', group_name: '等级', create_time: 1_700_000_000, order: 1, tag: [tag] }] }),
  );
  const created_at = new Date(1_700_000_000_000);
  expect(await wecom.corpTags.list({}, bulk)).toEqual([
    {
      group_id: 'et1',
      name: '等级',
      created_at,
      order: 1,
      deleted: false,
      tags: [{ tag_id: 'et2', name: 'VIP', created_at, order: 2, deleted: true }],
    },
  ]);
  await wecom.corpTags.list({ tag_ids: ['et2'], group_ids: [] }, bulk);
  expect(at.fake.last('externalcontact/get_corp_tag_list')?.body).toEqual({ tag_id: ['et2'] });
});

describe('messages', () => {
  test('a text is cut at 2048 bytes, never inside a character', async () => {
    at.fake.on('message/send', ok({ msgid: 'm1', invaliduser: 'li|wang', unlicenseduser: '' }));
    const receipt = await wecom.messages.sendText({ userids: ['Li', 'Zhao'], content: '客'.repeat(1000) }, click);
    expect(receipt).toEqual({ msgid: 'm1', invalid_userids: ['li', 'wang'] });
    const sent = at.fake.last('message/send')?.body;
    expect(sent).toMatchObject({
      touser: 'Li|Zhao',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: '客'.repeat(682) },
    });
  });

  test('a card keeps within the limits', async () => {
    at.fake.on('message/send', ok({ msgid: 'm1' }));
    const card = {
      userids: ['li'],
      title: '😀'.repeat(200),
      description: 'd'.repeat(600),
      url: 'https://a/',
      button: '查看客户详情',
    };
    await wecom.messages.sendTextCard(card, click);
    expect(at.fake.last('message/send')?.body.textcard).toEqual({
      title: '😀'.repeat(128),
      description: 'd'.repeat(512),
      url: 'https://a/',
      btntxt: '查看客户',
    });
    await expect(
      wecom.messages.sendTextCard({ ...card, url: `https://a/${'x'.repeat(2048)}` }, click),
    ).rejects.toBeInstanceOf(RangeError);
    await expect(wecom.messages.sendText({ userids: [], content: 'x' }, click)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('tickets', () => {
  test('are fetched once for all processes, and sign', async () => {
    at.fake.on('get_jsapi_ticket', ok({ ticket: 'T1', expires_in: 7200 }));
    at.fake.on('ticket/get', ok({ ticket: 'T2', expires_in: 7200 }));
    expect(await wecom.tickets.corp()).toBe('T1');
    expect(await at.start().wecom.tickets.corp()).toBe('T1');
    expect(at.fake.count('get_jsapi_ticket')).toBe(1);
    const signed = await wecom.tickets.sign('jsapi_agent', 'https://a.example/#x');
    const text = `jsapi_ticket=T2&noncestr=${signed.nonce}&timestamp=${signed.timestamp}&url=https://a.example/`;
    expect(signed.signature).toBe(createHash('sha1').update(text).digest('hex'));
    expect(at.fake.last('ticket/get')?.query.type).toBe('agent_config');
  });
});

describe('platform', () => {
  test('addresses', async () => {
    at.fake.on('getcallbackip', ok({ ip_list: ['1.2.3.4', '5.6.7.0/24'] }));
    at.fake.on('get_api_domain_ip', ok({ ip_list: ['9.9.9.9'] }));
    expect(await wecom.platform.callbackIps(bulk)).toEqual(['1.2.3.4', '5.6.7.0/24']);
    expect(await wecom.platform.apiDomainIps(bulk)).toEqual(['9.9.9.9']);
  });

  test('the test of settings tells what to do', async () => {
    at.fake.on('agent/get', refuse(60020, 'not allow to access from your ip'), ok());
    expect(await wecom.platform.testSecret('agent', click)).toMatchObject({
      ok: false,
      errcode: 60020,
      advice: { en: expect.stringContaining('trusted IP') },
    });
    expect(await wecom.platform.testSecret('agent', click)).toEqual({ ok: true });
    at.fake.on('gettoken', refuse(40001));
    expect(await wecom.platform.testSecret('contacts', click)).toMatchObject({
      ok: false,
      errcode: 40001,
      advice: expect.any(Object),
    });
    expect(await wecom.platform.testSecret('archive', click)).toMatchObject({
      ok: false,
      errcode: null,
      message: new WecomNotConfigured('archive').message,
    });
  });
});
