import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../../src/core/clock';
import type { Database } from '../../../../src/db/database';
import { allEntities } from '../../../../src/entities';
import { createAuditRecorder } from '../../../../src/features/kernel/audit';
import { restoreBackup } from '../../../../src/features/kernel/backups';
import { createEvidenceWriter } from '../../../../src/features/kernel/evidence';
import { useSystem } from '../../../support/system';
import { fill, makePlace } from './support';

const system = useSystem({ externalContacts: 20, staff: 4, groupChats: 1, leavers: 0 });

test('PLT-05 somebody takes a backup in the console and sees that it is whole', async () => {
  const { at } = system;
  const { status, body } = await at.api.post('backup-runs');
  expect([status, body.kind]).toEqual([202, 'backup']);
  const run = await at.runEnds('backup-runs', body.id);
  expect(run.result).toMatchObject({ size: expect.any(Number), rows: expect.any(Number) });
  expect(JSON.stringify(run.result)).not.toContain(at.dataDir);
  const { body: page } = await at.api.get('backups');
  expect(page.items).toEqual([
    {
      name: run.result.name,
      taken_at: expect.any(String),
      size: run.result.size,
      rows: run.result.rows,
      verified_at: expect.any(String),
      ok: true,
    },
  ]);
  expect(page).toMatchObject({ overdue: false, recovery_key_since: null, restoration: null });
  expect(readdirSync(join(at.dataDir, 'backups'))).toEqual([run.result.name]);
  expect((await at.api.get('overview')).body.restoration).toBeNull();
});

test('S9 who may not change the server may see its backups and not take one', async () => {
  const { system: running } = system.at;
  const { token } = await running.services.access.issueToken({ name: 'guard', roles: ['security_admin'] });
  const ask = async (method: string, path: string) =>
    (await fetch(`${running.url}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;
  expect([await ask('GET', 'backups'), await ask('POST', 'backup-runs')]).toEqual([200, 403]);
});

test('O2 after a restore people are let in, see what they saw, and are told what is missing', async () => {
  const { at } = system;
  await at.syncAll();
  const before = await at.api.all('external-contacts');
  const { body } = await at.api.post('backup-runs');
  const { result } = await at.runEnds('backup-runs', body.id);
  await at.restart(async () => {
    const { config } = at.system;
    const file = join(config.backup.dir, result.name);
    const auditOf = (db: Database) =>
      createAuditRecorder({ db, clock: systemClock, evidence: createEvidenceWriter(db) });
    await restoreBackup({ config, entities: allEntities, auditOf, file, force: true, clock: systemClock });
  });
  expect(before.length).toBeGreaterThan(10);
  expect(await at.api.all('external-contacts')).toEqual(before);

  const { restoration } = (await at.api.get('overview')).body;
  expect(restoration).toMatchObject({ taken_at: result.taken_at, paused: true });
  const ready = (await (await fetch(`${at.system.url}/readyz`)).json()) as { checks: { name: string }[] };
  expect(ready.checks.find(({ name }) => name === 'restore')).toMatchObject({
    level: 'degraded',
    detail: expect.stringContaining(`from ${result.taken_at} to ${restoration.restored_at} is missing`),
  });
  const backups = (await at.api.get('backups')).body;
  const run = await at.runEnds('reconciliation-runs', backups.restoration.reconciliation_run_id);
  expect([run.requested_by, run.state]).toEqual(['restore', 'succeeded']);
  expect(await at.system.services.backups.isPaused()).toBe(true);
});

/** The control program from its sources. */
function scrm(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const node = [require.resolve('tsx/cli'), 'src/cli.ts', ...args];
  return spawn(process.execPath, node, { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const text = { out: '', err: '' };
  child.stdout?.on('data', (part) => {
    text.out += part;
  });
  child.stderr?.on('data', (part) => {
    text.err += part;
  });
  const [code] = await once(child, 'close');
  return { code, ...text };
}

test('O1, PLT-05 the control program: a kill half-way leaves no backup, a whole one is verified and restored', async () => {
  const place = await makePlace();
  await fill(place, 3);
  const env = {
    DATA_DIR: place.dir,
    DATABASE_URL: place.url,
    MASTER_KEY: String(place.config.masterKey),
    WECOM_MODE: 'sandbox',
  };
  const killed = await ended(scrm(['backup', '--to', place.dir], { ...env, FAILPOINTS: 'backup.written' }));
  expect(killed.code).not.toBe(0);
  expect(place.files().filter((name) => name.endsWith('.backup'))).toEqual([]);
  expect(place.files().filter((name) => name.endsWith('.backup.part'))).toHaveLength(1);

  const made = await ended(scrm(['backup', 'recovery-key', '--json'], env));
  const keyFile = join(place.dir, 'recovery.txt');
  writeFileSync(keyFile, JSON.parse(made.out).recovery_key);
  const taken = JSON.parse((await ended(scrm(['backup', '--to', place.dir, '--json'], env))).out);
  const verified = await ended(scrm(['backup', 'verify', taken.file, '--recovery-key', keyFile, '--json'], {}));
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, rows: taken.rows, mode: 'sandbox' });

  const refused = await ended(scrm(['restore', '--from', taken.file], env));
  expect([refused.code, refused.err.trim().split('\n')]).toEqual([7, [expect.stringMatching(/not empty .* --force/)]]);
  const half = scrm(['restore', '--from', taken.file, '--force'], { ...env, FAILPOINTS: 'restore.filled' });
  expect((await ended(half)).code).not.toBe(0);
  // A server database was being built in place and says so; the file of SQLite is still the old one.
  const check = await ended(scrm(['check', '--json'], env));
  const inPlace = !place.url.startsWith('sqlite:');
  expect([check.code, check.err]).toEqual(inPlace ? [5, expect.stringContaining('did not come to its end')] : [0, '']);
  const again = inPlace ? [] : ['--force'];
  const restored = await ended(scrm(['restore', '--from', taken.file, ...again, '--json'], env));
  expect(JSON.parse(restored.out)).toMatchObject({ ok: true, rows: taken.rows, taken_at: taken.taken_at });
  expect(JSON.parse((await ended(scrm(['restore', '--resume', '--json'], env))).out)).toEqual({
    ok: true,
    resumed: true,
  });
  await place.drop();
}, 120_000);
