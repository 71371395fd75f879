import { chmodSync } from 'node:fs';
import { minutes } from '../../../../../src/core/clock';
import type { DoctorReport } from '../../../../../src/features/kernel/settings';
import { roleKeys } from '../../../../../src/http/roles';
import { until, useSystem } from '../../../../support/system';

const system = useSystem({ staff: 6, externalContacts: 10, groupChats: 1, leavers: 0, env: { EGRESS_ADDRESSES: '' } });
const faults = () => system.at.sandbox.faults;
afterEach(() => {
  faults().clear();
  system.at.sandbox.control.setVisibleRange({ departments: [1] });
});

type Finding = DoctorReport['checks'][number];

async function examined(): Promise<DoctorReport> {
  const { status, body } = await system.at.api.post('doctor');
  expect(status).toBe(200);
  return body as DoctorReport;
}

async function finding(key: string): Promise<Finding> {
  const found = (await examined()).checks.find((check) => check.key === key);
  if (!found) throw new Error(`no check ${key}`);
  return found;
}

const levelsOf = ({ checks }: DoctorReport): Record<string, string> =>
  Object.fromEntries(checks.map(({ key, level }) => [key, level]));

test('a sound installation: everything of WeCom is in order, and what is not says what to do in both languages', async () => {
  const report = await examined();
  const levels = levelsOf(report);
  for (const key of ['company', 'trusted_ip', 'visible_range', 'clock.wecom', 'data_dir', 'database', 'disk']) {
    expect([key, levels[key]]).toEqual([key, 'ok']);
  }
  for (const key of Object.keys(levels).filter((one) => /^(connection|scope)\./.test(one))) {
    expect([key, levels[key]]).toEqual([key, 'ok']);
  }
  expect(report.level).toBe('warn');
  for (const { key, level, title, cause, action } of report.checks) {
    expect([key, /\p{Script=Han}/u.test(title.zh), title.en.length > 3]).toEqual([key, true, true]);
    expect([key, cause.zh.length > 1, cause.en.length > 1]).toEqual([key, true, true]);
    if (level === 'warn' || level === 'fail') expect([key, action?.zh, action?.en]).not.toContain(undefined);
  }
});

test('GET gives what was found last, and asks WeCom nothing', async () => {
  const report = await examined();
  const calls = JSON.stringify(system.at.sandbox.ledger.calls);
  expect((await system.at.api.get('doctor')).body).toEqual(report);
  expect(JSON.stringify(system.at.sandbox.ledger.calls)).toBe(calls);
});

test('60020: the trusted IP, with the address that WeCom names, kept for copying', async () => {
  faults().set('refused', { errcode: 60020, address: '198.51.100.23' });
  const report = await examined();
  const trusted = report.checks.find(({ key }) => key === 'trusted_ip');
  expect(trusted).toMatchObject({ level: 'fail', errcode: 60020, copy: ['198.51.100.23'] });
  expect(trusted?.action?.zh).toContain('企业可信IP');
  expect(levelsOf(report)).toMatchObject({ 'connection.agent': 'fail', 'scope.customers': 'skipped' });
  expect(report.level).toBe('fail');
  faults().clear();
  expect((await examined()).egress).toEqual([
    { address: '198.51.100.23', source: 'wecom', seen_at: expect.any(String) },
  ]);
});

test('60020: addresses written down come first, and one WeCom named too is not said twice', async () => {
  const { services } = system.at.system;
  const by = { actor: 'host', address: '' };
  await services.settings.set('EGRESS_ADDRESSES', '198.51.100.23;2001:db8::7', by);
  expect((await examined()).egress).toEqual([
    { address: '198.51.100.23', source: 'settings', seen_at: null },
    { address: '2001:db8::7', source: 'settings', seen_at: null },
  ]);
  await services.settings.clear('EGRESS_ADDRESSES', by);
  await expect(services.settings.set('EGRESS_ADDRESSES', '1.2.3', by)).rejects.toThrow('Some fields need attention');
});

test.each([
  [48002, 'externalcontact/get_follow_user_list', 'scope.customers', '可调用接口的应用'],
  [48002, 'externalcontact/groupchat/list', 'scope.groups', '可调用接口的应用'],
  [48002, 'externalcontact/get_corp_tag_list', 'scope.tags', '可调用接口的应用'],
  [48009, 'user/list', 'scope.directory', '自建应用'],
  [40056, 'agent/get', 'connection.agent', 'AgentId'],
  [301052, 'msgaudit/get_permit_user_list', 'connection.archive', '会话内容存档'],
])('%i of %s fails %s and says what to click', async (errcode, api, key, menu) => {
  faults().set('refused', { errcode, only: [api] });
  const found = await finding(key);
  expect(found).toMatchObject({ level: 'fail', errcode });
  expect(found.action?.zh).toContain(menu);
});

test('WeCom out of reach is a fault of the way there, not of the settings', async () => {
  faults().set('httpError', { only: ['user/list_id'] });
  const found = await finding('connection.contacts');
  expect(found).toMatchObject({ level: 'fail', errcode: null });
  expect(found.action?.zh).toContain('防火墙');
});

test('a visible range that leaves out who has external contacts is a fault, and names them', async () => {
  const { sandbox } = system.at;
  const [first, ...rest] = [...sandbox.world.staff.values()];
  sandbox.control.setVisibleRange({ userids: rest.map(({ userid }) => userid) });
  if (first) first.follower = true;
  const found = await finding('visible_range');
  expect(found).toMatchObject({ level: 'fail', copy: [first?.userid] });
  expect(found.action?.zh).toContain('可见范围');
});

test('a visible range that leaves out others only is a warning', async () => {
  const { sandbox } = system.at;
  const [first, ...rest] = [...sandbox.world.staff.values()];
  sandbox.control.setVisibleRange({ userids: rest.map(({ userid }) => userid) });
  if (first) first.follower = false;
  expect(await finding('visible_range')).toMatchObject({ level: 'warn', copy: [first?.userid] });
});

test.each([
  ['fail', minutes(6)],
  ['warn', minutes(1)],
  ['fail', -minutes(20)],
])('clock: %s when WeCom is %i ms ahead', async (level, ms) => {
  faults().set('wrongDate', { ms });
  expect((await finding('clock.wecom')).level).toBe(level);
});

test('a callback address is asked as WeCom asks it; whether WeCom ever did is told apart', async () => {
  expect(await finding('callback.contacts')).toMatchObject({
    level: 'warn',
    copy: [`${system.at.system.url}/callbacks/wecom/contacts`],
  });
  expect(await system.at.sandbox.callbacks.verifyUrl('contacts')).toMatchObject({ ok: true });
  await until('the check is noted', async () => (await finding('callback.contacts')).level === 'ok', 3000);
});

test('a callback answered by somebody else is a fault of the proxy', async () => {
  const { doctor, address } = system.at.system.services;
  address.servedAt(`${system.at.sandbox.url}/elsewhere`);
  const { checks } = await doctor.examine();
  address.servedAt(system.at.system.url);
  const found = checks.find(({ key }) => key === 'callback.agent');
  expect(found).toMatchObject({ level: 'fail', cause: { en: expect.stringContaining('404') } });
  expect(found?.action?.zh).toContain('反向代理');
});

test('without a server beside it a command skips the callbacks instead of calling them broken', async () => {
  const { doctor, address } = system.at.system.services;
  address.servedAt('http://127.0.0.1:1');
  const { checks } = await doctor.examine();
  address.servedAt(system.at.system.url);
  expect(checks.find(({ key }) => key === 'callback.agent')?.level).toBe('skipped');
});

test('S13 a data folder that others may enter is named with the command that closes it', async () => {
  chmodSync(system.at.dataDir, 0o755);
  const found = await finding('data_dir');
  chmodSync(system.at.dataDir, 0o700);
  expect(found).toMatchObject({ level: 'warn', copy: [`chmod 700 ${system.at.dataDir}`] });
  expect((await finding('data_dir')).level).toBe('ok');
});

test('a check that breaks says so, and the others go on', async () => {
  const { doctor } = system.at.system.services;
  const measured = jest.spyOn(system.at.db, 'measureClock').mockRejectedValue(new Error('gone'));
  const { checks } = await doctor.examine();
  measured.mockRestore();
  expect(checks.find(({ key }) => key === 'clock.database')).toMatchObject({
    level: 'fail',
    cause: { en: expect.stringContaining('did not come to its end') },
  });
  expect(checks.find(({ key }) => key === 'connection.agent')?.level).toBe('ok');
});

test('S15 nothing the doctor says holds a secret', async () => {
  faults().set('refused', { errcode: 40001 });
  const text = JSON.stringify([await examined(), (await system.at.api.get('doctor')).body]);
  for (const secret of Object.values(system.at.sandbox.secrets)) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/sandboxagenttoken|SandboxAgentKey|access_token/);
});

test('S9 who reads the settings reads the report; who may test them examines', async () => {
  const { access } = system.at.system.services;
  const answered: Record<string, number[]> = {};
  for (const role of roleKeys) {
    const { token } = await access.issueToken({ name: role, roles: [role] });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const address = `${system.at.system.url}/api/v1/doctor`;
    const read = await fetch(address, { headers });
    const run = role === 'system_admin' ? read : await fetch(address, { method: 'POST', headers, body: '{}' });
    answered[role] = [read.status, run.status];
  }
  const { system_admin, security_admin, ...others } = answered;
  expect([system_admin, security_admin]).toEqual([
    [200, 200],
    [200, 403],
  ]);
  expect(new Set(Object.values(others).flat())).toEqual(new Set([403]));
});
