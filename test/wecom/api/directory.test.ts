import type { Wecom } from '../../../src/wecom';
import { pages } from '../../../src/wecom/cursor';
import { ok, refuse } from '../support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

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
