import { days, hours, minutes, seconds, sleep } from '../../../src/core/clock';
import { createDeletions } from '../../../src/features/risk/logs/deletions';
import { createDeletionStore } from '../../../src/features/risk/logs/deletions.store';
import { createRecordStore } from '../../../src/features/risk/logs/records.store';
import { createLeases } from '../../../src/jobs';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 16, externalContacts: 160, groupChats: 0, leavers: 0, seed: 43 });
beforeAll(async () => {
  await system.at.syncAll();
  const act = { userid: staff(7), oper_type: 2, detail_info: '姓名：早先的人', ago_ms: days(3) };
  system.at.sandbox.control.memberActs(act);
  everyDay(staff(2));
});

/** Seventeen acts of an hour that is over: files handed to colleagues, opened and deleted, a few pictures, a sign-in. */
function everyDay(userid: string): void {
  const { control } = system.at.sandbox;
  for (let n = 0; n < 3; n += 1) control.fileActs({ userid, type: 112, file_info: '海报.png', ago_ms: ago(3, n) });
  for (let n = 0; n < 9; n += 1) control.screenActs({ userid, screen_shot_type: 2, ago_ms: ago(3, n) });
  for (const type of [101, 103, 109, 121]) control.fileActs({ userid, type, file_info: '客户名单', ago_ms: ago(3, 9) });
  control.adminActs({ userid, detail_type: 23, ago_ms: ago(3, 9) });
}

/** What is asked for ends two seconds ago. */
async function poll(): Promise<void> {
  await sleep(seconds(2.1));
  await system.at.system.services.securityLogs.wake();
  await system.at.settled();
}

const staff = (n: number): string => system.at.sandbox.world.followers()[n]?.userid ?? '';
const found = (detector: string, userid: string): Promise<Json[]> =>
  system.at.api.all(`findings?detector=${detector}&userid=${userid}`);
const rowsOf = (userid: string) => system.at.db.query('SELECT id FROM security_record WHERE userid = ?', [userid]);
const shown = (findings: Json[]) =>
  findings.map(({ severity, features: { carried, count, guarded_names } }) => [
    carried,
    severity,
    count,
    guarded_names,
  ]);
const deletionsOf = async (): Promise<Json> => (await system.at.api.get('security-records/sources')).body.deletions;

/** The beginning of an hour that is over, and read to its end. */
const ago = (hoursBefore: number, minute = 0): number => {
  const begin = Math.floor(Date.now() / hours(1)) * hours(1) - hours(hoursBefore);
  return Date.now() - begin - minutes(minute);
};

test('DET EXFILTRATION VIO-1.3 VIO-1.4 by person, kind and hour, with counts; names that are guarded weigh more', async () => {
  const { control } = system.at.sandbox;
  const [one, other] = [staff(0), staff(1)];
  for (const [minute, name] of ['华东客户名单.xlsx', '活动海报.png', '价目.pdf'].entries()) {
    control.fileActs({ userid: one, type: 134, file_info: name, ago_ms: ago(3, minute) });
  }
  control.fileActs({ userid: one, type: 109, file_info: '旧文件.doc', ago_ms: ago(3, 5) });
  control.fileActs({ userid: one, type: 140, file_info: '海报.png', ago_ms: ago(3, 6) });
  control.fileActs({ userid: one, type: 134, file_info: '海报.png', ago_ms: ago(5, 59) });
  control.adminActs({ userid: other, detail_type: 30, ago_ms: ago(3, 1) });
  control.adminActs({ userid: other, detail_type: 180, ago_ms: ago(3, 2) });
  control.adminActs({ userid: other, detail_type: 91, ago_ms: ago(3, 2) });
  for (let n = 0; n < 10; n += 1) control.screenActs({ userid: other, screen_shot_type: 1, ago_ms: ago(4, n) });
  await poll();
  await poll();
  const ofOne = await found('EXFILTRATION', one);
  expect(shown(ofOne).sort()).toEqual([
    ['files_mailed', 'medium', 1, 0],
    ['files_to_wechat', 'high', 3, 1],
    ['files_to_wechat', 'medium', 1, 0],
  ]);
  const guarded = ofOne.find(({ features }) => features.count === 3);
  expect(guarded).toMatchObject({ evidence_level: 'OFFICIAL', features: { bytes: 3 * 20_480, files_deleted: 1 } });
  expect(guarded?.evidence).toHaveLength(3);
  expect(JSON.stringify(guarded)).not.toContain('客户名单');
  expect(shown(await found('EXFILTRATION', other)).sort()).toEqual([
    ['address_book_exported', 'high', 2, undefined],
    ['records_exported', 'medium', 1, undefined],
    ['screens_captured', 'lead', 10, undefined],
  ]);
});

test('DET EXFILTRATION what colleagues do every day is none, nor is an hour judged before it is over', async () => {
  const userid = staff(2);
  system.at.sandbox.control.adminActs({ userid, detail_type: 30 });
  await poll();
  expect(await rowsOf(userid)).toHaveLength(18);
  expect(await found('EXFILTRATION', userid)).toEqual([]);
});

test('VIO-2.2-5 VIO-2.2-18 DET EXFILTRATION lines that are read again are one; the hour is that of the deed', async () => {
  const { control } = system.at.sandbox;
  const userid = staff(5);
  const deed = ago(6, 30);
  for (let n = 0; n < 3; n += 1) control.fileActs({ userid, type: 134, file_info: '客户名单.xlsx', ago_ms: deed });
  for (let n = 0; n < 2; n += 1) {
    const sql = "UPDATE security_source SET watermark = ? WHERE source = 'file_record'";
    await system.at.db.execute(sql, [new Date(Date.now() - hours(8))]);
    await poll();
  }
  const [finding, ...more] = await found('EXFILTRATION', userid);
  expect(more).toEqual([]);
  expect(finding?.features.count).toBe(3);
  expect(Math.abs(Date.now() - deed - Date.parse(finding?.occurred_at))).toBeLessThan(minutes(1));
});

test('DET ARCHIVE_EVASION VIO-1.3 whoever touches the archive or our callbacks is found, once for each act', async () => {
  const { control, world } = system.at.sandbox;
  const userid = staff(3);
  for (const detail_type of [186, 140, 23, 72]) control.adminActs({ userid, detail_type, ago_ms: minutes(4) });
  await poll();
  await poll();
  const acts = (await found('ARCHIVE_EVASION', userid)).map(({ features, severity, evidence_level, evidence }) => [
    ...[features.act, severity, evidence_level, evidence[0].source],
  ]);
  expect(acts.sort()).toEqual([
    ['archive_scope', 'high', 'DERIVED', 'admin_log'],
    ['callback_disabled', 'high', 'DERIVED', 'admin_log'],
  ]);
  const [administrator] = world.staff.values();
  control.setSeat({ userid: staff(4), seat: true });
  await poll();
  const scopes = (await found('ARCHIVE_EVASION', administrator?.userid ?? '')).map(({ features }) => features.act);
  expect(scopes).toContain('archive_scope');
});

let used = 0;
/** An active pair of a member that no test has had yet. */
function pairOf(userid: string) {
  const rows = system.at.sandbox.truth().relations.filter((row) => row.listed && row.userid === userid);
  return { userid, external_userid: rows[used++]?.external_userid ?? '' };
}

test('VIO-1.2 a line of the log supports the deletion that an event told', async () => {
  const { at } = system;
  const who = pairOf(staff(5));
  at.sandbox.control.deleteByStaff(who);
  await at.settled();
  const before = await deletionsOf();
  await poll();
  const [finding, ...more] = await found('CUSTOMER_DELETED_BY_STAFF', who.userid);
  expect(more).toEqual([]);
  const { supports } = (await at.api.get(`findings/${finding?.id}`)).body;
  expect(supports).toMatchObject([{ source: 'member_log', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(await deletionsOf()).toMatchObject({ told: (before?.told ?? 0) + 1, missed: 0, loss_rate: 0 });
  await poll();
  expect((await at.api.get(`findings/${finding?.id}`)).body.supports).toHaveLength(1);
});

test('VIO-5-3 a lost callback: missing after the second read, then told by the log, as official as an event', async () => {
  const { at } = system;
  const who = pairOf(staff(6));
  at.sandbox.control.deleteByStaff({ ...who, silent: true });
  await poll();
  expect(await found('CUSTOMER_DELETED_BY_STAFF', who.userid)).toEqual([]);
  await at.reconcile();
  const [missing] = await found('CUSTOMER_MISSING', who.userid);
  expect(missing).toMatchObject({ external_userid: who.external_userid, evidence_level: 'DERIVED' });
  await poll();
  await poll();
  const [official, ...more] = await found('CUSTOMER_DELETED_BY_STAFF', who.userid);
  expect(more).toEqual([]);
  expect(official).toMatchObject({
    ...{ evidence_level: 'OFFICIAL', severity: 'high', external_userid: who.external_userid },
    features: { lost_callback: true },
  });
  expect(official?.evidence.map(({ source }: Json) => source)).toEqual(['member_log', 'relation_history']);
  expect((await at.api.get(`findings/${missing?.id}`)).body).toMatchObject({
    ...{ supports: [{ source: 'member_log' }], state: 'cleared' },
    steps: [{ state: 'cleared', by: { actor: 'system' }, reason: 'explained', comment: 'told_late' }],
  });
  expect(await deletionsOf()).toMatchObject({ missed: 1, unmatched: 0 });
});

/** All that waits is looked at as if so much time had gone by. */
async function settleLater(ms: number): Promise<void> {
  const { db, vault, system: running } = system.at;
  const { evidence, findings } = running.services;
  const [records, store] = [createRecordStore({ db, vault, evidence }), createDeletionStore(db)];
  const now = () => new Date(db.now().getTime() + ms);
  const lease = await createLeases({ db }).acquire('test', minutes(1));
  if (!lease) throw new Error('somebody else has it');
  await createDeletions({ now, records, store, findings }).settle(lease, new AbortController().signal);
  await lease.release();
}

test('VIO-1.2 a line that names nobody we know waits for a day, and is then something to look at, without a contact', async () => {
  const { at } = system;
  const userid = staff(7);
  at.sandbox.control.memberActs({ userid, oper_type: 2, detail_info: '姓名：查无此人' });
  await poll();
  await settleLater(hours(24));
  expect(await found('CUSTOMER_DELETED_BY_STAFF', userid)).toEqual([]);
  await settleLater(hours(27));
  await settleLater(hours(28));
  const [finding, ...more] = await found('CUSTOMER_DELETED_BY_STAFF', userid);
  // What is older than all we know, three days ago, says nothing.
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ external_userid: null, severity: 'low', features: { unmatched: true } });
  expect(await deletionsOf()).toMatchObject({ unmatched: 1 });
});

test('VIO-1.2 of two missing contacts with one name nobody says which it was', async () => {
  const { at } = system;
  const { control, world } = at.sandbox;
  const userid = staff(4);
  const [one, other] = [pairOf(userid), pairOf(userid)];
  for (const { external_userid } of [one, other]) {
    const contact = world.contacts.get(external_userid);
    if (contact) contact.name = '两个同名的人';
  }
  await at.syncAll();
  for (const who of [one, other]) control.deleteByStaff({ ...who, silent: true });
  await at.reconcile();
  await poll();
  expect(await found('CUSTOMER_MISSING', userid)).toHaveLength(2);
  expect(await found('CUSTOMER_DELETED_BY_STAFF', userid)).toEqual([]);
});

test('VIO-1.2 VIO-1.4 what the logs hold of one member is counted by kind, for whoever judges a departure', async () => {
  const { at } = system;
  const { securityLogs } = at.system.services;
  const signs = await securityLogs.securitySigns(staff(0), new Date(Date.now() - days(1)));
  expect(signs).toMatchObject({ files_to_wechat: 4, files_mailed: 1, files_deleted: 1, new_devices: 0 });
  expect(await securityLogs.securitySigns(staff(0), new Date())).toMatchObject({ files_to_wechat: 0 });
  expect(await securityLogs.securitySigns(staff(1), new Date(Date.now() - days(1)))).toMatchObject({
    ...{ address_book_exported: 2, records_exported: 1, screens_captured: 10 },
  });
});

test('DET DEPARTURE_RISK VIO-1.4 what a leaver carried out by the logs counts, beside what was found', async () => {
  const { at } = system;
  const [leaver, quiet] = [staff(0), staff(8)];
  for (const userid of [leaver, quiet]) at.sandbox.control.staffLeaves({ userid });
  await at.settled();
  const [risk] = await found('DEPARTURE_RISK', leaver);
  expect(risk).toMatchObject({ evidence_level: 'DERIVED', features: { files_to_wechat: 4, files_mailed: 1 } });
  expect(await found('DEPARTURE_RISK', quiet)).toEqual([]);
});
