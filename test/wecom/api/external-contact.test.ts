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
      raw: contact,
    });
    expect(found?.followers.map((f) => [f.userid, f.tags])).toEqual([
      ['a', [{ tag_id: 'et1', group_name: '等级', name: 'VIP', type: 1 }]],
      ['b', [{ tag_id: null, group_name: '', name: '自己的', type: 2 }]],
    ]);
    expect(found?.followers[0]).toMatchObject({
      remark: '王总',
      createtime: new Date('2023-11-14T22:13:20Z'),
      remark_mobiles: ['1'],
      add_way: 202,
      oper_userid: 'boss',
      state: 's',
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
    expect(page.items[0]?.follower).toMatchObject({ userid: 'a', tag_id: ['et1', 'st2'] });
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

  test('WCM-07 a remark changes what is given; an empty list of numbers clears them', async () => {
    const path = 'externalcontact/remark';
    const pair = { userid: 'a', external_userid: 'wm1' };
    at.fake.on(path, { fault: 'reset' }, ok());
    await wecom.externalContacts.remark({ ...pair, remark: '王总', remark_mobiles: ['13000000001'] }, bulk);
    expect(at.fake.count(path)).toBe(2);
    expect(at.fake.last(path)?.body).toEqual({ ...pair, remark: '王总', remark_mobiles: ['13000000001'] });
    await wecom.externalContacts.remark({ ...pair, remark_mobiles: [] }, bulk);
    expect(at.fake.last(path)?.body).toEqual({ ...pair, remark_mobiles: [''] });
  });

  test('WCM-07 tags come and go in one call, sent again when it may not have arrived', async () => {
    const path = 'externalcontact/mark_tag';
    const pair = { userid: 'a', external_userid: 'wm1' };
    at.fake.on(path, { fault: 'truncate' }, ok());
    await wecom.externalContacts.markTags({ ...pair, add: ['et1'], remove: ['et2'] }, bulk);
    expect(at.fake.count(path)).toBe(2);
    expect(at.fake.last(path)?.body).toEqual({ ...pair, add_tag: ['et1'], remove_tag: ['et2'] });
    at.fake.on(path, refuse(84061));
    const refused = wecom.externalContacts.markTags({ ...pair, add: ['et1'] }, bulk);
    await expect(refused).rejects.toMatchObject({ errcode: 84061 });
  });
});
