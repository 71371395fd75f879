import { randomBytes } from 'node:crypto';
import { loadConfig } from '../../config';
import { systemClock } from '../../src/core/clock';
import { createDataSource } from '../../src/db/data-source';
import { openDatabase } from '../../src/db/open';
import { othersAt } from '../../src/db/rebuild';
import { allEntities } from '../../src/entities';
import { sandboxSettings } from '../../src/sandbox';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { onServer } from '../support/mysql-pool';
import { type SystemAtTest, startSystemAtTest } from '../support/system';

const server = process.env.TEST_MYSQL_URL;
const account = `r_${randomBytes(5).toString('hex')}`;
const masterKey = randomBytes(32).toString('base64');

let database: TestDatabase;
let at: SystemAtTest;

beforeAll(async () => {
  database = await createTestDatabase();
  const env = server ? { DATABASE_URL: await migratedUnderOwner(server, database.url), MASTER_KEY: masterKey } : {};
  at = await startSystemAtTest({ env });
});
afterAll(async () => {
  await at?.stop();
  if (server) await onServer(server, (c) => c.query(`DROP USER IF EXISTS '${account}'@'%'`));
  await database.drop();
});

/** What `scrm migrate` does under one account. @returns the address for another one, which may read and write rows */
async function migratedUnderOwner(owner: string, url: string): Promise<string> {
  const config = loadConfig({ DATABASE_URL: url, MASTER_KEY: masterKey, WECOM_CORP_ID: sandboxSettings.corpId });
  const { db } = await openDatabase({ config, entities: allEntities, clock: systemClock, migrate: true });
  await db.source.destroy();
  const limited = new URL(url);
  const password = randomBytes(12).toString('hex');
  await onServer(owner, async (c) => {
    await c.query(`CREATE USER '${account}'@'%' IDENTIFIED BY '${password}'`);
    await c.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${limited.pathname.slice(1)}.* TO '${account}'@'%'`);
  });
  return Object.assign(limited, { username: account, password }).href;
}

/** SQLite knows no accounts: there the number that counts every change of the schema shows that none was made. */
async function schemaVersion(): Promise<unknown> {
  if (server) return (await at.db.query('SELECT CURRENT_USER() AS account'))[0]?.account;
  return (await at.db.query('PRAGMA schema_version'))[0]?.schema_version;
}

test('O4 S14 the server runs under an account that may read and write rows and nothing else', async () => {
  const before = await schemaVersion();
  if (server) {
    expect(before).toBe(`${account}@%`);
    await expect(at.db.query('CREATE TABLE mine (a int)')).rejects.toThrow(/denied/);
    await expect(at.db.query('DROP TRIGGER TRG_audit_event_no_update')).rejects.toThrow(/denied/);
  }
  const { result } = await at.syncAll();
  expect(result.by_phase.external_contacts.seen).toBeGreaterThan(0);
  const { services } = at.system;
  await services.access.createUser({ name: 'x', roles: ['sales'] });
  await at.runEnds('backup-runs', (await at.api.post('backup-runs')).body.id);
  await at.runEnds('runs', (await at.api.post('audit-verifications')).body.id);
  await at.settled();
  await at.restart();
  expect((await at.api.get('external-contacts?limit=1')).body.items).toHaveLength(1);
  expect(await schemaVersion()).toEqual(before);
  await expect(at.db.execute("UPDATE audit_event SET result = 'ok'")).rejects.toThrow();
});

test('O2 whoever restores under the other account is told that the server still runs', async () => {
  const url = server ? database.url : at.system.config.databaseUrl;
  const source = await (await createDataSource(url, [])).initialize();
  expect(await othersAt(source)).toBeGreaterThan(0);
  await source.destroy();
});
