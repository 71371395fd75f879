import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { days, hours } from '../../../../src/core/clock';
import type { Database } from '../../../../src/db/database';
import { openDatabase } from '../../../../src/db/open';
import { allEntities } from '../../../../src/entities';
import { createAuditRecorder } from '../../../../src/features/kernel/audit';
import { backupChecks, createBackupService } from '../../../../src/features/kernel/backups';
import { createEvidenceWriter } from '../../../../src/features/kernel/evidence';
import { createJobQueue, createRuns } from '../../../../src/jobs';
import { silent } from '../../../http/support';
import { movableClock } from '../support';
import { makePlace, type Place } from './support';

let place: Place;
let db: Database;
const clock = movableClock();
let service: ReturnType<typeof createBackupService>;
let runs: ReturnType<typeof createRuns>;
beforeEach(async () => {
  place = await makePlace('here', { BACKUP_KEEP: '2' });
  ({ db } = await openDatabase({ config: place.config, entities: allEntities, clock, migrate: true }));
  runs = createRuns({ db, queue: createJobQueue({ db }), logger: silent });
  runs.define('reconciliation', { execute: async () => null });
  service = createBackupService({
    config: place.config,
    db,
    clock,
    logger: silent,
    runs,
    audit: createAuditRecorder({ db, clock, evidence: createEvidenceWriter(db) }),
    masterKey: () => Buffer.from(String(place.config.masterKey), 'base64'),
    version: 'test',
  });
});
afterEach(async () => {
  await db.source.destroy();
  await place.drop();
});

const folder = () => readdirSync(place.config.backup.dir).sort();
const check = async (name: string) => {
  const found = backupChecks(service).find((one) => one.name === name);
  return found?.check();
};
const list = () => service.list({ limit: 50 });

test('PLT-05 the newest backups are kept, and each is read back before it counts', async () => {
  mkdirSync(place.config.backup.dir, { recursive: true });
  const old = join(place.config.backup.dir, 'scrm-20200101T000000Z-00000000.backup.part');
  for (const name of [old, join(place.config.backup.dir, 'notes.txt')]) {
    writeFileSync(name, 'x');
    utimesSync(name, new Date(0), new Date(0));
  }
  const taken: string[] = [];
  for (let n = 0; n < 3; n++) {
    clock.advance(hours(24));
    taken.push((await service.take({ actor: 'host' })).name);
  }
  expect(folder()).toEqual(['notes.txt', ...taken.slice(1)]);
  const { items, last_good_at, overdue } = await list();
  expect(items.map(({ name }) => name)).toEqual(taken.slice(1).reverse());
  expect(items[0]).toMatchObject({ ok: true, verified_at: clock.now().toISOString(), rows: expect.any(Number) });
  expect([last_good_at, overdue]).toEqual([clock.now().toISOString(), false]);
  const page = await service.list({ limit: 1 });
  expect((await service.list({ limit: 1, cursor: String(page.next_cursor) })).items[0]?.name).toBe(taken[1]);
});

test('PLT-05 a backup may go to another folder; it counts, and is not removed there', async () => {
  const elsewhere = join(place.dir, 'elsewhere');
  for (let n = 0; n < 4; n++) {
    clock.advance(hours(1));
    await service.take({ actor: 'host', to: `${elsewhere}/` });
  }
  await service.take({ actor: 'host', to: join(elsewhere, 'mine.backup') });
  expect(readdirSync(elsewhere)).toHaveLength(5);
  expect((await list()).items.map(({ name }) => name)).toHaveLength(2);
});

test('PLT-05, O3 the newest good backup older than 26 hours degrades readiness, with the reason', async () => {
  expect(await check('backup')).toEqual({ level: 'ok', detail: 'none yet' });
  clock.advance(hours(27));
  expect(await check('backup')).toEqual({ level: 'degraded', detail: 'no good backup in 27 h' });
  await service.take({ actor: 'host' });
  clock.advance(hours(26));
  expect((await check('backup'))?.level).toBe('ok');
  clock.advance(hours(1));
  expect(await check('backup')).toEqual({ level: 'degraded', detail: 'the newest good backup is 27 h old' });
  expect(await service.ageSeconds()).toBe(27 * 3600);
  expect((await list()).overdue).toBe(true);
});

test('O1 a recovery key is made once; another only when it is asked for', async () => {
  const { recovery_key } = await service.makeRecoveryKey({ replace: false, actor: 'host' });
  await expect(service.makeRecoveryKey({ replace: false, actor: 'host' })).rejects.toThrow(/There is a recovery key/);
  const rows = await db.query<{ public_key: string }>('SELECT public_key FROM recovery_key');
  expect(JSON.stringify(rows)).not.toContain(recovery_key.slice(20, 40));
  clock.advance(days(1));
  const second = await service.makeRecoveryKey({ replace: true, actor: 'host' });
  expect(second.recovery_key).not.toBe(recovery_key);
});

test('O1 after a restore writes are paused until an operator confirms, and the lost time is named', async () => {
  expect(await service.isPaused()).toBe(false);
  expect(await check('restore')).toEqual({ level: 'ok', detail: 'never restored' });
  await db.execute('INSERT INTO restoration (backup, taken_at, restored_at) VALUES (?, ?, ?)', [
    'a.backup',
    new Date('2026-03-01T00:00:00Z'),
    new Date('2026-03-02T00:00:00Z'),
  ]);
  expect(await service.isPaused()).toBe(true);
  const window = 'from 2026-03-01T00:00:00.000Z to 2026-03-02T00:00:00.000Z is missing';
  expect(await check('restore')).toMatchObject({ level: 'degraded', detail: expect.stringContaining(window) });
  expect((await list()).restoration).toMatchObject({ paused: true, resumed_at: null });

  await Promise.all([service.afterRestore(), service.afterRestore()]);
  await service.afterRestore();
  const { items } = await runs.list({ kind: 'reconciliation', limit: 10 });
  expect(items).toHaveLength(1);
  expect((await service.restoration())?.reconciliation_run_id).toBe(items[0]?.id);

  expect(await service.resume('account:1')).toBe(true);
  expect(await service.resume('account:1')).toBe(false);
  expect(await service.isPaused()).toBe(false);
  expect(await check('restore')).toMatchObject({ level: 'ok', detail: expect.stringContaining(window) });
  const events = await db.query("SELECT actor FROM audit_event WHERE action = 'backup.writes_resumed'");
  expect(events).toEqual([{ actor: 'account:1' }]);
});
