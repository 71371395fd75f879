import type { SecurityLog, SecurityRow, Wecom } from '../../../src/wecom';
import { WecomMalformed, WecomPageRepeated } from '../../../src/wecom/errors';
import { ok } from '../support/fake-wecom';
import { bulk, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

const stretch = { from: new Date(1_700_000_000_000), to: new Date(1_700_086_400_500) };
const line = (n: number, more: object = {}) => ({
  ...{ time: 1_700_000_000 + n, userid: 'lin.mo', oper_type: 2, detail_info: `姓名：客户${n}`, ip: '203.0.113.*' },
  ...more,
});

async function read(log: SecurityLog): Promise<SecurityRow[]> {
  const rows: SecurityRow[] = [];
  for await (const page of wecom.security.rows(log, stretch, bulk)) rows.push(...page);
  return rows;
}

test('VIO-1.2 pages are followed while there are more, with whole seconds and the limit of the log', async () => {
  at.fake.on(
    'security/member_oper_log/list',
    ok({ has_more: true, next_cursor: 'c1', record_list: [line(1), line(2)] }),
    ok({ has_more: false, next_cursor: 'ignored', record_list: [line(3)] }),
  );
  expect((await read('member_log')).map(({ text }) => text)).toEqual(['姓名：客户1', '姓名：客户2', '姓名：客户3']);
  const [first, second] = at.fake.calls.filter(({ path }) => path === 'security/member_oper_log/list');
  expect(first?.body).toEqual({ start_time: 1_700_000_000, end_time: 1_700_086_400, limit: 400 });
  expect(second?.body).toMatchObject({ cursor: 'c1' });
});

test('VIO-1.3 a page that comes again is a fault, and so is more without a cursor', async () => {
  const page = { has_more: true, record_list: [line(1)] };
  at.fake.on('security/admin_oper_log/list', ok({ ...page, next_cursor: 'c1' }), ok({ ...page, next_cursor: 'c2' }));
  await expect(read('admin_log')).rejects.toBeInstanceOf(WecomPageRepeated);
  at.fake.on('security/admin_oper_log/list', ok(page));
  await expect(read('admin_log')).rejects.toBeInstanceOf(WecomMalformed);
});

test('VIO-1.2 userids come as numbers, too; codes nobody listed and rows without text are read', async () => {
  const odd = [line(1, { userid: 4_711, oper_type: '1' }), { time: 1_700_000_002, userid: '', oper_type: 99 }];
  at.fake.on('security/member_oper_log/list', ok({ record_list: odd }));
  expect((await read('member_log')).map(({ userid, type, text }) => [userid, type, text])).toEqual([
    ['4711', 1, '姓名：客户1'],
    [null, 99, ''],
  ]);
});

test('VIO-1.4 files and screens: the operation, its source, and somebody outside', async () => {
  const file = { time: 1_700_000_001, operation: { type: 103, source: 410 }, file_info: '报价单.pdf', file_size: 9 };
  const outside = { ...file, operation: { type: 121 }, external_user: { type: 1, name: '陈' } };
  at.fake.on('security/get_file_oper_record', ok({ record_list: [{ ...file, userid: 'lin' }, outside] }));
  expect(await read('file_record')).toMatchObject([
    { userid: 'lin', type: 103, detail_type: 410, text: '报价单.pdf', raw: { file_size: 9 } },
    { userid: null, type: 121, detail_type: null },
  ]);
  const screen = { time: 1_700_000_001, userid: 'lin', screen_shot_type: 1, screen_shot_content: '聊天' };
  at.fake.on('security/get_screen_oper_record', ok({ record_list: [screen] }));
  expect(await read('screen_record')).toMatchObject([{ userid: 'lin', type: 1, text: '聊天' }]);
});
