import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { exitCode, messageOf, StartupError } from '../core/errors';
import { settleColumnTypes } from './columns';
import { migrations } from './migrations';

export type Entities = EntityTarget<ObjectLiteral>[];

/**
 * The DataSource for `sqlite:<file>`, `sqlite::memory:` or `mysql://…`, not yet initialised. The server's own
 * version string decides between the `mysql` and `mariadb` drivers.
 * @throws StartupError when the server cannot be reached or SQLite was not built
 */
export async function createDataSource(url: string, entities: Entities): Promise<DataSource> {
  return url.startsWith('sqlite:') ? sqliteSource(url.slice('sqlite:'.length), entities) : mysqlSource(url, entities);
}

const common = (entities: Entities) => ({
  entities: entities as never[],
  migrations,
  migrationsTableName: 'migration',
  migrationsTransactionMode: 'each' as const,
  synchronize: false,
});

/** Of every connection to SQLite. */
export const sqlitePragmas = [
  'journal_mode = WAL',
  // Nothing is acknowledged before it is on disk (I1).
  'synchronous = FULL',
  'busy_timeout = 5000',
  'cache_size = -65536',
  // What is overwritten or deleted leaves nothing in the file (S23).
  'secure_delete = ON',
  // In pages of 4 KiB. A page that is written many times goes from the log to the file once.
  'wal_autocheckpoint = 8000',
];

function sqliteSource(file: string, entities: Entities): DataSource {
  assertSqliteBuilt();
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  settleColumnTypes('sqlite');
  return new DataSource({
    ...common(entities),
    type: 'better-sqlite3',
    database: file,
    enableWAL: true,
    statementCacheSize: 500,
    prepareDatabase: (db: { pragma(text: string): void }) => {
      for (const pragma of sqlitePragmas) db.pragma(pragma);
    },
  });
}

function assertSqliteBuilt(): void {
  try {
    const Sqlite = require('better-sqlite3') as new (file: string) => { close(): void };
    new Sqlite(':memory:').close();
  } catch (cause) {
    throw new StartupError(
      'The embedded database (better-sqlite3) is not built for this machine: install a C++ compiler (Debian: apt-get install build-essential python3) and run npm start again, or set DATABASE_URL=mysql://… and MASTER_KEY to use MySQL or MariaDB.',
      exitCode.sqliteMissing,
      { cause },
    );
  }
}

async function mysqlSource(url: string, entities: Entities): Promise<DataSource> {
  const version = await serverVersion(url);
  settleColumnTypes('mysql');
  return new DataSource({
    ...common(entities),
    type: /mariadb/i.test(version) ? 'mariadb' : 'mysql',
    url,
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    bigNumberStrings: true,
    connectTimeout: 3000,
    // Every job the worker may run at once can hold one, and there is one left for a callback and the health check.
    poolSize: 24,
    extra: { waitForConnections: true, enableKeepAlive: true, maxIdle: 8, idleTimeout: 60_000 },
  });
}

/** Also sees to it that new tables compare text byte by byte, as SQLite does: WeCom's ids are case-sensitive. */
async function serverVersion(url: string): Promise<string> {
  const where = new URL(url);
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 5000 });
    try {
      const [rows] = await connection.query('SELECT VERSION() AS version, @@collation_database AS collation');
      const [row] = rows as { version: string; collation: string }[];
      if (row?.collation !== 'utf8mb4_bin') {
        const database = where.pathname.slice(1).replaceAll('`', '');
        await connection.query(`ALTER DATABASE \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      }
      return row?.version ?? '';
    } finally {
      await connection.end();
    }
  } catch (cause) {
    throw new StartupError(
      `The database at ${where.hostname}:${where.port || 3306} cannot be used: ${messageOf(cause) || String((cause as { code?: string }).code)}. Check DATABASE_URL, and that the server runs, the database exists and the account may use it.`,
      exitCode.databaseUnreachable,
      { cause },
    );
  }
}
