import type { DataSource, QueryRunner } from 'typeorm';
import { quoted } from './snapshot';

/**
 * Stands in the list of migrations as long as a database is being rebuilt: whoever opens one that was left half-way
 * is told so, and starts nothing on it.
 */
export const unfinishedRebuild = 'UnfinishedRestore9999999999999';

/**
 * Empties the database and builds it anew at an earlier schema. May be killed and started again at any point.
 * @param names of the migrations that make up that schema
 */
export async function beginRebuild(source: DataSource, names: readonly string[]): Promise<void> {
  // Makes the table of migrations where there is none.
  await source.showMigrations();
  const runner = source.createQueryRunner();
  try {
    await runner.query(`DELETE FROM migration WHERE name = '${unfinishedRebuild}'`);
    await runner.query(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, '${unfinishedRebuild}')`);
    for (const table of await tablesOf(runner)) {
      if (table !== 'migration') await runner.query(`DROP TABLE ${quoted(table)}`);
    }
    await runner.query(`DELETE FROM migration WHERE name <> '${unfinishedRebuild}'`);
  } finally {
    await runner.release();
  }
  const all = source.migrations;
  Object.assign(source, { migrations: all.filter(({ name }) => names.includes(String(name))) });
  try {
    await source.runMigrations();
  } finally {
    Object.assign(source, { migrations: all });
  }
}

/** Brings what was rebuilt to the schema of this program. `endRebuild` is still to come. */
export const migrateRebuilt = async (source: DataSource): Promise<void> => void (await source.runMigrations());

/** From here on the database may be used. Belongs into the last transaction of the rebuild. */
export const endRebuild = `DELETE FROM migration WHERE name = '${unfinishedRebuild}'`;

/** What stands in a database that might be overwritten. */
export interface Occupation {
  /** A rebuild was left half-way: nothing in it counts. */
  unfinished: boolean;
  /** Tables with rows, beside those every new database has. */
  filled: string[];
  /** The company it belongs to, as far as it was ever started. */
  corpId: string | undefined;
}

const fromTheStart = ['migration', 'deployment', 'data_key', 'schedule'];

export async function occupationOf(source: DataSource): Promise<Occupation> {
  const runner = source.createQueryRunner();
  try {
    const tables = await tablesOf(runner);
    const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => runner.query(sql);
    const filled: string[] = [];
    for (const table of tables.filter((name) => !fromTheStart.includes(name))) {
      if ((await rowsOf(`SELECT 1 AS one FROM ${quoted(table)} LIMIT 1`)).length > 0) filled.push(table);
    }
    const names = tables.includes('migration') ? await rowsOf('SELECT name FROM migration') : [];
    const [deployment] = tables.includes('deployment') ? await rowsOf('SELECT corp_id FROM deployment') : [];
    const corpId = deployment ? String(deployment.corp_id) : undefined;
    return { unfinished: names.some(({ name }) => name === unfinishedRebuild), filled, corpId };
  } finally {
    await runner.release();
  }
}

async function tablesOf(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    runner.connection.options.type === 'better-sqlite3'
      ? // Without the tables in which a full-text index keeps itself: they come and go with it.
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

/**
 * How many others have the database open, as far as this account may see: those of other accounts only with the right
 * PROCESS. SQLite: whether anybody has, as 0 or 1.
 */
export async function othersAt(source: DataSource): Promise<number> {
  if (source.options.type === 'better-sqlite3') return (await leavesWal(source)) ? 0 : 1;
  const runner = source.createQueryRunner();
  try {
    const [row] = await runner.query('SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE()');
    // What this process has open is its pool, which has used one connection at a time.
    return Number(row.n) - 1;
  } finally {
    await runner.release();
  }
}

/** The journal can only be changed by who has the file alone; afterwards no part of it stands in a log beside it. */
async function leavesWal(source: DataSource): Promise<boolean> {
  try {
    await source.query('PRAGMA busy_timeout = 200');
    await source.query('PRAGMA journal_mode = DELETE');
    return true;
  } catch {
    return false;
  }
}
