import { type Clock, systemClock } from '../../src/core/clock';
import { createDataSource, type Entities } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { DataKey, Deployment } from '../../src/db/deployment.entity';
import { createDatabase, dropDatabase, mysqlPool } from './mysql-pool';
import { beginWith, sqliteTemplate } from './sqlite-template';

/** A database of this test's own: in memory, or on the MariaDB that `TEST_MYSQL_URL` names. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_MYSQL_URL;
  if (!server) return inMemory;
  const name = await createDatabase(server);
  return { url: urlOf(server, name), drop: async () => void (await dropDatabase(server, name)) };
}

/** The same with the newest schema and no rows. On MariaDB it may have served another test before. */
export async function migratedTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_MYSQL_URL;
  if (!server) return inMemory;
  const pool = mysqlPool(server);
  const name = (await pool.take()) ?? (await newlyMigrated(server, await pool.create()));
  const print = await pool.print(name);
  return { url: urlOf(server, name), drop: () => pool.giveBack(name, print) };
}

const inMemory: TestDatabase = { url: 'sqlite::memory:', drop: async () => undefined };

const urlOf = (server: string, name: string): string => Object.assign(new URL(server), { pathname: `/${name}` }).href;

async function newlyMigrated(server: string, name: string): Promise<string> {
  const source = await (await createDataSource(urlOf(server, name), [])).initialize();
  await source.runMigrations();
  await source.destroy();
  return name;
}

/** A migrated `Database` with the given entities, for tests below the app. Call `close` afterwards. */
export async function openTestDatabase(
  entities: Entities,
  clock: Clock = systemClock,
): Promise<{ db: Database; url: string; close(): Promise<void> }> {
  const { url, drop } = await migratedTestDatabase();
  const source = await createDataSource(url, [...new Set([Deployment, DataKey, ...entities])]);
  if (url === inMemory.url) beginWith(await sqliteTemplate(), source);
  await source.initialize();
  return {
    db: new Database(source, clock),
    url,
    close: async () => {
      await source.destroy();
      await drop();
    },
  };
}
