import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minutes } from '../../src/core/clock';
import { newId } from '../../src/core/ids';
import { insertRows } from '../../src/db/bulk';
import { createDataSource } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { openSnapshot } from '../../src/db/snapshot';
import { allEntities } from '../../src/entities';
import { sumTables } from '../../src/features/kernel/backups/write-backup';
import { withMysqlDatabase } from '../lib/mysql-database';
import { runCli } from '../lib/processes';
import { must } from './checks';
import type { Drill, Ground } from './drill';

const mostMs = { full: minutes(3), quick: 20_000 };

/** O2, O3: everything is wiped and comes back equal, on the same kind of database and on the other one. */
export const restore: Drill = {
  name: 'restore',
  about: '100,000 rows: backup, wipe, restore, compare counts and hashes; also from SQLite to MariaDB and back',
  quick: true,
  alone: true,
  run: (ground) => inFolder((dir) => (ground.mysql ? across(ground, dir, ground.mysql.url) : alone(ground, dir))),
};

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'scrm-restore-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Env = NodeJS.ProcessEnv & { DATABASE_URL: string };

const envOf = (dir: string, url: string, masterKey: string): Env => ({
  DATA_DIR: dir,
  DATABASE_URL: url,
  MASTER_KEY: masterKey,
  WECOM_MODE: 'sandbox',
  LOG_LEVEL: 'error',
});

async function alone({ quick }: Ground, dir: string): Promise<string> {
  const env = envOf(dir, `sqlite:${join(dir, 'scrm.db')}`, randomBytes(32).toString('base64'));
  const rows = await fill(env, quick);
  const began = performance.now();
  const before = await picture(env.DATABASE_URL);
  const backup = await takeBackup(env, dir, quick);
  for (const end of ['', '-wal', '-shm']) rmSync(join(dir, `scrm.db${end}`), { force: true });
  const took = await restoreFrom(env, backup);
  mustBeEqual(await picture(env.DATABASE_URL), before);
  mustBeQuick(began, quick);
  return `${rows} rows came back equal; ${backup.said}, restored in ${took}`;
}

/** SQLite → MariaDB → SQLite. */
async function across({ quick }: Ground, dir: string, server: string): Promise<string> {
  const key = randomBytes(32).toString('base64');
  const small = envOf(dir, `sqlite:${join(dir, 'small.db')}`, key);
  const rows = await fill(small, quick);
  const began = performance.now();
  const before = await picture(small.DATABASE_URL);
  const backup = await takeBackup(small, dir, quick);
  return withMysqlDatabase(server, async (url) => {
    const big = envOf(dir, url, key);
    const there = await restoreFrom(big, backup);
    mustBeEqual(await picture(url), before);
    const again = await takeBackup(big, dir, quick);
    const home = envOf(dir, `sqlite:${join(dir, 'home.db')}`, key);
    const back = await restoreFrom(home, again);
    mustBeEqual(await picture(home.DATABASE_URL), before);
    mustBeQuick(began, quick);
    const sides = `from SQLite: ${backup.said}, into MariaDB in ${there}; from MariaDB: ${again.said}, into SQLite in ${back}`;
    return `${rows} rows came back equal both ways; ${sides}`;
  });
}

async function fill(env: Env, quick: boolean): Promise<number> {
  await runCli(['migrate', '--json'], env);
  const source = await (await createDataSource(env.DATABASE_URL, allEntities)).initialize();
  const db = new Database(source);
  const [relations, events] = quick ? [1500, 2000] : [30_000, 40_000];
  const at = new Date();
  const ids = Array.from({ length: relations }, newId);
  await db.transact(async () => {
    await insertRows(
      db,
      { table: 'relation', columns: relationColumns },
      ids.map((id, n) => [id, newId(), `wm${n}`, 'active', 1, at, `客户 ${n} 😀`, '', '', '13900000000', 3, at]),
    );
    await insertRows(
      db,
      { table: 'relation_history', columns: ['relation_id', 'kind', 'source', 'occurred_at', 'recorded_at'] },
      ids.map((id) => [id, 'added', 'event', at, at]),
    );
    await insertRows(
      db,
      { table: 'audit_event', columns: ['at', 'actor', 'action', 'target', 'result', 'detail'] },
      Array.from({ length: events }, (_, n) => [at, 'host', 'drill.done', `drill:${n}`, 'ok', `{"note":"${newId()}"}`]),
    );
  });
  await source.destroy();
  return relations * 2 + events;
}

const relationColumns = [
  ...['id', 'staff_id', 'external_userid', 'state', 'spell', 'started_at', 'remark', 'description'],
  ...['remark_corp_name', 'remark_mobiles', 'add_way', 'updated_at'],
];

interface Taken {
  file: string;
  said: string;
}

/** It is read back by the command itself; the long round also verifies it as somebody would who has the file alone. */
async function takeBackup(env: Env, dir: string, quick: boolean): Promise<Taken> {
  const began = performance.now();
  const { file, size } = JSON.parse(await runCli(['backup', '--to', join(dir, 'backups/'), '--json'], env));
  if (!quick) await runCli(['backup', 'verify', file, '--json'], env);
  return { file, said: `${Math.round(size / 1024)} KB taken and verified in ${since(began)}` };
}

async function restoreFrom(env: Env, { file }: Taken): Promise<string> {
  const began = performance.now();
  const { ok } = JSON.parse(await runCli(['restore', '--from', file, '--json'], env));
  must(ok === true, 'the restore did not say that it is done');
  return since(began);
}

const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** What the tables come to that a backup or a restore does not itself write to; of the trail, what the drill wrote. */
async function picture(url: string): Promise<unknown> {
  const own = ['migration', 'data_key', 'archive_index', 'backup', 'restoration', 'audit_event', 'evidence_pending'];
  const snapshot = await openSnapshot(url);
  try {
    const trail = snapshot.tables.filter(({ name }) => name === 'audit_event');
    const events: string[] = [];
    for (const table of trail) {
      for await (const rows of snapshot.rows(table)) {
        events.push(...rows.filter((row) => row.includes('drill.done')).map((row) => JSON.stringify(row)));
      }
    }
    const tables = snapshot.tables.filter(({ name }) => !own.includes(name));
    return { tables: await sumTables(snapshot, tables), events };
  } finally {
    await snapshot.close();
  }
}

const mustBeEqual = (after: unknown, before: unknown): void =>
  must(JSON.stringify(after) === JSON.stringify(before), 'what came back differs from what was there');

function mustBeQuick(began: number, quick: boolean): void {
  const most = quick ? mostMs.quick : mostMs.full;
  must(performance.now() - began <= most, `it took ${since(began)}, and may take ${most / 1000} s`);
}
