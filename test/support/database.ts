import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { type Clock, systemClock } from '../../src/core/clock';
import { createDataSource, type Entities } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { DataKey, Deployment } from '../../src/db/deployment.entity';

/** A database of this test's own: in memory, or on the MariaDB that `TEST_MYSQL_URL` names. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_MYSQL_URL;
  if (!server) return { url: 'sqlite::memory:', drop: async () => undefined };
  const name = `t_${process.env.JEST_WORKER_ID ?? '0'}_${randomBytes(5).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name}`) };
}

async function onServer(server: string, sql: string): Promise<void> {
  const connection = await createConnection({ uri: server });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

/** A migrated `Database` with the given entities, for tests below the app. Call `close` afterwards. */
export async function openTestDatabase(
  entities: Entities,
  clock: Clock = systemClock,
): Promise<{ db: Database; url: string; close(): Promise<void> }> {
  const { url, drop } = await createTestDatabase();
  const source = await createDataSource(url, [...new Set([Deployment, DataKey, ...entities])]);
  await source.initialize();
  await source.runMigrations();
  return {
    db: new Database(source, clock),
    url,
    close: async () => {
      await source.destroy();
      await drop();
    },
  };
}
