import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { openDatabase } from '../../../../src/db/open';
import { allEntities } from '../../../../src/entities';
import { createTestDatabase, type TestDatabase } from '../../../support/database';

let dir: string;
let database: TestDatabase;
let env: Record<string, string>;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-crash-'));
  database = await createTestDatabase();
  const url = database.url.startsWith('sqlite:') ? `sqlite:${join(dir, 'scrm.db')}` : database.url;
  env = { DATA_DIR: dir, DATABASE_URL: url, MASTER_KEY: randomBytes(32).toString('base64') };
  const { db } = await openDatabase({
    config: loadConfig(env),
    entities: allEntities,
    clock: systemClock,
    migrate: true,
  });
  await db.source.destroy();
});
afterEach(async () => {
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

interface End {
  signal: string | null;
  found: { ok: boolean; checked: number; pending: number } | undefined;
}

/** A process that does one thing and tells what it found, or dies at a failpoint. */
const run = (args: string[], failpoints = ''): Promise<End> =>
  new Promise((resolve) => {
    const script = join(__dirname, 'crash-child.ts');
    const options = { env: { ...process.env, ...env, FAILPOINTS: failpoints } };
    execFile(process.execPath, ['--import', 'tsx', script, ...args], options, (error, stdout) =>
      resolve({ signal: error?.signal ?? null, found: stdout ? JSON.parse(stdout) : undefined }),
    );
  });

test('S16 F1: a sealer killed before and after its commit seals every row exactly once', async () => {
  expect((await run(['record', '1100'])).found).toEqual({ ok: true, checked: 0, pending: 1100 });
  // Killed with the second batch in the open transaction: it never was.
  expect((await run(['seal'], 'evidence.linked:2')).signal).toBe('SIGKILL');
  expect((await run(['look'])).found).toEqual({ ok: true, checked: 500, pending: 600 });
  // Killed right after a commit: it counts.
  expect((await run(['seal'], 'evidence.sealed:1')).signal).toBe('SIGKILL');
  expect((await run(['look'])).found).toEqual({ ok: true, checked: 1000, pending: 100 });
  expect((await run(['seal'])).found).toEqual({ ok: true, checked: 1100, pending: 0 });
}, 120_000);
