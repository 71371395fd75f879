import { days, hours, minutes, seconds, sleep } from '../../../src/core/clock';
import { createSecurityLogs } from '../../../src/features/risk/logs';
import { type ActiveJob, createLeases } from '../../../src/jobs';
import type { Services } from '../../../src/services';
import { WecomMalformed } from '../../../src/wecom/errors';
import { aPerson } from '../../support/people';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 6, externalContacts: 60, groupChats: 0, leavers: 0, seed: 41 });
beforeAll(() => system.at.syncAll());

const deleted = 2;
const newDevice = 4;

/** What is asked for ends two seconds ago. */
async function poll(): Promise<void> {
  await sleep(seconds(2.1));
  await system.at.system.services.securityLogs.wake();
  await system.at.settled();
}

const sources = async (): Promise<Json> => (await system.at.api.get('security-records/sources')).body;
const stateOf = async (name: string): Promise<Json> =>
  (await sources()).sources.find(({ source }: Json) => source === name);
const staff = (n: number): string => system.at.sandbox.world.followers()[n]?.userid ?? '';
const rowsOf = (userid: string) =>
  system.at.db.query<{ id: unknown }>('SELECT id FROM security_record WHERE userid = ? ORDER BY id', [userid]);

test('VIO-1.2 every line of many pages and weeks is kept once, equal ones of a second each, however often it is read', async () => {
  const { control } = system.at.sandbox;
  const userid = staff(0);
  for (let n = 0; n < 405; n += 1) control.memberActs({ userid, oper_type: newDevice, ago_ms: days(2) + n * 1000 });
  for (const ago of [20, 12, 7, 4]) control.memberActs({ userid, oper_type: newDevice, ago_ms: days(ago) });
  for (let n = 0; n < 3; n += 1) control.memberActs({ userid, oper_type: 5, ago_ms: minutes(3), detail_info: '同样' });
  await poll();
  expect(await rowsOf(userid)).toHaveLength(412);
  await poll();
  expect(await rowsOf(userid)).toHaveLength(412);
  expect(await stateOf('member_log')).toMatchObject({ state: 'ok', errcode: null, gap: null });
  expect(system.at.sandbox.ledger.violations).toEqual([]);
});

test('VIO-1.2 lines that come late are read, as far back as ten minutes', async () => {
  const userid = staff(1);
  const before = (await rowsOf(userid)).length;
  await poll();
  system.at.sandbox.control.memberActs({ userid, oper_type: newDevice, ago_ms: minutes(8) });
  await poll();
  expect(await rowsOf(userid)).toHaveLength(before + 1);
});

/** One poll over the system's own tables, with a part of it that breaks. */
async function brokenPoll(part: (services: Services) => Partial<Parameters<typeof createSecurityLogs>[0]>) {
  const { db, vault, system: running } = system.at;
  const { services, logger } = running;
  const { audit, evidence, scopes, queue, findings } = services;
  const logs = createSecurityLogs({
    ...{ db, vault, logger, queue, audit, evidence, scopes, findings, leases: createLeases({ db }) },
    ...{ api: services.reading.wecom.security, ...part(services) },
  });
  await sleep(seconds(2.1));
  await logs.handler().handle({ signal: new AbortController().signal } as ActiveJob);
}

test('F1 VIO-1.2 broken between the lines and the watermark, nothing is lost and nothing doubled', async () => {
  const userid = staff(2);
  const before = { rows: (await rowsOf(userid)).length, watermark: (await stateOf('member_log')).watermark };
  for (let n = 0; n < 3; n += 1) system.at.sandbox.control.memberActs({ userid, oper_type: newDevice });
  const raise = () => Promise.reject(new Error('broken before the watermark'));
  await brokenPoll(({ findings }) => ({ findings: { ...findings, raise } }));
  expect(await rowsOf(userid)).toHaveLength(before.rows);
  expect(await stateOf('member_log')).toMatchObject({ state: 'failing', watermark: before.watermark });
  await poll();
  expect(await rowsOf(userid)).toHaveLength(before.rows + 3);
  expect((await stateOf('member_log')).state).toBe('ok');
});

test('F1 VIO-1.2 a page that fails leaves the watermark where it was, and what was read before is not doubled', async () => {
  const userid = staff(2);
  const before = { rows: (await rowsOf(userid)).length, watermark: (await stateOf('member_log')).watermark };
  for (let n = 0; n < 450; n += 1) {
    system.at.sandbox.control.memberActs({ userid, oper_type: newDevice, detail_info: `第 ${n} 台` });
  }
  await brokenPoll(({ reading: { wecom } }) => ({
    api: {
      async *rows(...asked) {
        const pages = wecom.security.rows(...asked);
        const [first, second] = [await pages.next(), await pages.next()];
        if (!first.done) yield first.value;
        if (!second.done) throw new WecomMalformed('member_oper_log/list', 'cut off');
      },
    },
  }));
  expect((await stateOf('member_log')).watermark).toBe(before.watermark);
  await poll();
  expect(await rowsOf(userid)).toHaveLength(before.rows + 450);
});

test('VIO-1.4 a log that was not bought is asked once a day, stops no other, and is no fault', async () => {
  const { at } = system;
  const { faults, ledger } = at.sandbox;
  const path = 'security/get_file_oper_record';
  const asked = () => ledger.calls[path] ?? 0;
  faults.set('refused', { errcode: 700_400, only: [path] });
  await poll();
  const before = { calls: asked(), watermark: (await stateOf('member_log')).watermark };
  expect(await stateOf('file_record')).toMatchObject({ state: 'unavailable', errcode: 700_400 });
  await poll();
  expect(asked()).toBe(before.calls);
  expect((await stateOf('member_log')).watermark > before.watermark).toBe(true);
  expect(await at.system.services.securityLogs.health.check()).toEqual({
    level: 'ok',
    detail: 'not available: file_record (700400)',
  });
  faults.clear();
  const yesterday = new Date(at.db.now().getTime() - hours(24));
  await at.db.execute("UPDATE security_source SET asked_at = ? WHERE source = 'file_record'", [yesterday]);
  await poll();
  expect(await stateOf('file_record')).toMatchObject({ state: 'ok', errcode: null });
  expect(await at.db.query("SELECT id FROM job WHERE kind = 'risk.logs' AND state = 'parked'")).toEqual([]);
});

test('VIO-1.2 what WeCom no longer held when it was asked for is told as a gap', async () => {
  const { at } = system;
  const long = new Date(at.db.now().getTime() - days(200));
  await at.db.execute("UPDATE security_source SET watermark = ? WHERE source = 'screen_record'", [long]);
  await poll();
  const { gap, state } = await stateOf('screen_record');
  expect([gap.from, state]).toEqual([long.toISOString(), 'ok']);
  expect(Date.parse(gap.to)).toBeGreaterThan(at.db.now().getTime() - days(180));
  expect((await at.system.services.securityLogs.health.check()).level).toBe('degraded');
});

test('S16 A9 lines are shown with phones masked, recorded first, never to whom they are about, and without detail to administrators', async () => {
  const { at } = system;
  const userid = staff(3);
  const text = '姓名：陈小满；手机号：13800138000';
  at.sandbox.control.memberActs({ userid, oper_type: deleted, detail_info: text, ago_ms: minutes(5) });
  await poll();
  const place = { access: at.system.services.access, db: at.db };
  const ask = async (roles: string[], of?: string): Promise<Json[]> => {
    const { headers } = await aPerson(place, { roles, name: `${roles} ${of ?? ''}`, ...(of ? { userid: of } : {}) });
    const url = `${at.system.url}/api/v1/security-records?userid=${userid}&source=member_log`;
    return ((await (await fetch(url, { headers })).json()) as Json).items;
  };
  const [line] = await ask(['compliance_officer']);
  expect(line?.detail.detail_info).toBe('姓名：陈小满；手机号：138****8000');
  expect((await ask(['security_admin']))[0]).toMatchObject({ userid, type: deleted, detail: null });
  expect(await ask(['compliance_officer'], userid)).toEqual([]);
  const seen = await at.db.query<{ detail: string }>(
    "SELECT detail FROM audit_event WHERE action = 'security_record.viewed' ORDER BY id DESC LIMIT 3",
  );
  expect(seen.map(({ detail }) => JSON.parse(detail))).toEqual([
    { source: 'member_log', userid, shown: 0 },
    { source: 'member_log', userid, shown: 1 },
    { source: 'member_log', userid, shown: 1 },
  ]);
  await expect(at.db.execute('UPDATE security_record SET type = 1')).rejects.toThrow('insert-only');
  const { evidence } = at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
});
