import { days, hours, toUnix } from '../../src/core/clock';
import { type Answer, type Client, clientOf, smallCompany, walk } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;
beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

const memberLog = 'security/member_oper_log/list';
const stretch = (from: number, to = 0) => {
  const now = toUnix(sandbox.clock.now());
  return { start_time: now - from / 1000, end_time: now - to / 1000 };
};

test('VIO-1.2 what really happens is in the log, also where the callback was lost, and nothing that the API did', async () => {
  const gone = sandbox.control.deleteByStaff({ silent: true });
  const name = sandbox.world.contacts.get(gone.external_userid)?.name;
  const [relation] = sandbox.truth().relations.filter(({ listed }) => listed);
  const { userid, external_userid } = relation ?? {};
  await client.post('externalcontact/remark', { userid, external_userid, remark: '老客户' });
  const { record_list } = await client.post(memberLog, stretch(hours(1)));
  expect(record_list).toEqual([
    {
      ...{ time: toUnix(sandbox.clock.now()), userid: gone.userid, oper_type: 2, ip: '203.0.113.*' },
      detail_info: `姓名：${name}；手机号：13800138000`,
    },
  ]);
});

test('VIO-1.2 at most seven days and 400 lines, not older than half a year, not in the future', async () => {
  const refused = async (body: object, api = memberLog): Promise<number> => (await client.post(api, body)).errcode;
  expect(await refused(stretch(days(7)))).toBe(0);
  expect(await refused(stretch(days(7) + 1000))).toBe(40058);
  expect(await refused(stretch(days(181), days(180)))).toBe(40058);
  expect(await refused(stretch(hours(1), -1000))).toBe(40058);
  expect(await refused({ ...stretch(hours(1)), limit: 401 })).toBe(40058);
  expect(await refused(stretch(days(14)), 'security/get_file_oper_record')).toBe(0);
  expect(await refused({ ...stretch(days(14)), limit: 1001 }, 'security/get_screen_oper_record')).toBe(40058);
});

test('VIO-1.2 pages follow each other, and a cursor is good for its own question only', async () => {
  const [staff] = sandbox.world.followers();
  const userid = staff?.userid ?? '';
  for (let n = 0; n < 7; n += 1) sandbox.control.memberActs({ userid, oper_type: 4, ago_ms: hours(n) });
  const body = { ...stretch(days(1)), limit: 3 };
  expect(await walk(client, memberLog, { body, rows: 'record_list' })).toHaveLength(7);
  const { next_cursor: cursor, has_more } = await client.post(memberLog, body);
  expect(has_more).toBe(true);
  expect((await client.post(memberLog, { ...stretch(days(2)), limit: 3, cursor })).errcode).toBe(50100);
});

test('VIO-1.3 acts of administrators are told of everybody, acts of members of those the app sees', async () => {
  const [one, other] = sandbox.world.followers();
  sandbox.control.memberActs({ userid: one?.userid ?? '', oper_type: 4 });
  sandbox.control.memberActs({ userid: other?.userid ?? '', oper_type: 4 });
  sandbox.control.setSeat({ userid: one?.userid ?? '', seat: true });
  sandbox.world.visibleRange = { departments: [], userids: [one?.userid ?? ''] };
  const users = async (api: string) =>
    (await client.post(api, stretch(hours(1)))).record_list.map((row: Answer) => row.userid);
  expect(await users(memberLog)).toEqual([one?.userid]);
  expect(await users('security/admin_oper_log/list')).toHaveLength(1);
});

const rule = (more: object = {}) => ({
  ...{ rule_name: '私账收款', word_list: ['转我个人'], semantics_list: [1], intercept_type: 2 },
  ...{ applicable_range: { user_list: ['lin.mo'], department_list: [2] }, ...more },
});
const intercept = (name: string, body: object): Promise<Answer> => client.post(`externalcontact/${name}`, body);

test('VIO-1.5 an update takes semantics inside extra_rule: at the top they change nothing', async () => {
  const { rule_id } = await intercept('add_intercept_rule', rule());
  const semantics = async () => (await intercept('get_intercept_rule', { rule_id })).rule.extra_rule.semantics_list;
  expect((await intercept('update_intercept_rule', { rule_id, semantics_list: [2, 3] })).errcode).toBe(0);
  expect(await semantics()).toEqual([1]);
  await intercept('update_intercept_rule', { rule_id, extra_rule: { semantics_list: [2, 3] } });
  expect(await semantics()).toEqual([2, 3]);
  await intercept('update_intercept_rule', { rule_id, extra_rule: { semantics_list: [] } });
  expect(await semantics()).toEqual([]);
});

test('VIO-1.5 whoever made a rule changes it, all are listed, and limits are limits', async () => {
  const { rule_id } = sandbox.control.addInterceptRule({ rule_name: '控制台规则', word_list: ['回扣'] });
  expect((await client.get('externalcontact/get_intercept_rule_list')).rule_list).toMatchObject([{ rule_id }]);
  expect((await intercept('del_intercept_rule', { rule_id })).errcode).toBe(48002);
  expect((await intercept('update_intercept_rule', { rule_id, rule_name: '改名' })).errcode).toBe(48002);
  const refused = async (more: object) => (await intercept('add_intercept_rule', rule(more))).errcode;
  expect(await refused({ rule_name: '控制台规则' })).toBe(41077);
  expect(await refused({ rule_name: '一'.repeat(21) })).toBe(40058);
  expect(await refused({ word_list: Array.from({ length: 301 }, (_, n) => `词${n}`) })).toBe(41068);
  expect(await refused({ word_list: ['字'.repeat(33)] })).toBe(41083);
  expect(await refused({ applicable_range: {} })).toBe(40058);
  expect(await refused({ applicable_range: { user_list: Array(1001).fill('u') } })).toBe(41076);
  const own = await intercept('add_intercept_rule', rule());
  const remove = { remove_applicable_range: { user_list: ['lin.mo'], department_list: [2] } };
  expect((await intercept('update_intercept_rule', { rule_id: own.rule_id, ...remove })).errcode).toBe(40058);
});
