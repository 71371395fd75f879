import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { systemClock } from '../../src/core/clock';
import { openDatabase } from '../../src/db/open';
import { allEntities } from '../../src/entities';
import { createTestDatabase } from '../support/database';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-open-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = async (env: NodeJS.ProcessEnv, migrate = true) => {
  const config = loadConfig({ DATA_DIR: dir, ...env });
  const { db, vault } = await openDatabase({ config, entities: allEntities, clock: systemClock, migrate });
  return { db, vault, close: () => db.source.destroy() };
};

test('S14 with SQLite a master key is made once, readable by its owner only', async () => {
  await (await open({})).close();
  const file = join(dir, 'master.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await (await open({})).close();
  rmSync(file);
  await expect(open({})).rejects.toThrow(/its key is not/);
  expect(existsSync(file)).toBe(false);
});

test('S14 a changed master key is refused', async () => {
  await (await open({ MASTER_KEY: randomBytes(32).toString('base64') })).close();
  await expect(open({ MASTER_KEY: randomBytes(32).toString('base64') })).rejects.toMatchObject({ exitCode: 2 });
});

test('S10 the database of the sandbox is refused by a company, and of one company by another', async () => {
  await (await open({})).close();
  await expect(open({ WECOM_CORP_ID: 'ww1' })).rejects.toThrow(/belongs to the sandbox/);
});

test('O4 a database without its migrations is refused, and so is one from the future', async () => {
  await expect(open({}, false)).rejects.toMatchObject({ exitCode: 5 });
  const { db, close } = await open({});
  await db.execute("INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')");
  await close();
  await expect(open({})).rejects.toThrow(/newer version/);
});

test('O4 migrations applied twice change nothing', async () => {
  const { url, drop } = await createTestDatabase();
  const env = {
    DATABASE_URL: url.replace(':memory:', join(dir, 'x.db')),
    MASTER_KEY: randomBytes(32).toString('base64'),
  };
  await (await open(env)).close();
  const { db, close } = await open(env, false);
  expect(await db.query('SELECT name FROM migration')).toHaveLength(db.source.migrations.length);
  await close();
  await drop();
});

test('I1 SQLite keeps what it committed: WAL and synchronous = FULL', async () => {
  const { db, close } = await open({});
  expect(await db.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await db.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  await close();
});
