import type { DataSource, QueryRunner } from 'typeorm';
import { messageOf } from '../../src/core/errors';

/** Opens a DataSource, not yet initialised, on an empty database: another one at each call. */
export type Open = () => Promise<DataSource>;

/** More statements than any migration has; reaching it means that a migration never gets further. */
const mostStatements = 500;
const writes = /^\s*(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|RENAME)\b/i;

/** Faults are told in the end, each once. */
const silent: DataSource['logger'] = {
  logQuery() {},
  logQueryError() {},
  logQuerySlow() {},
  logSchemaBuild() {},
  logMigration() {},
  log() {},
};

class Killed extends Error {}

/** @returns the faults found, each a sentence */
export async function checkMigrations(name: string, open: Open): Promise<string[]> {
  const smooth = await inspect(name, open, (source) => source.runMigrations().then(() => undefined));
  const bumpy = await inspect(`${name}, killed after every statement`, open, migrateKilled);
  const faults = [...smooth.faults, ...bumpy.faults];
  if (faults.length === 0 && smooth.guards !== bumpy.guards) {
    faults.push(`${name}: after kills the triggers are [${bumpy.guards}] instead of [${smooth.guards}]`);
  }
  return faults;
}

async function inspect(name: string, open: Open, migrate: (source: DataSource) => Promise<void>) {
  const source = await open();
  source.logger = silent;
  await source.initialize();
  try {
    await migrate(source);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    const faults = upQueries.map(({ query }) => `${name}: the entities want more than the migrations made: ${query}`);
    return { faults, guards: await triggersOf(source) };
  } catch (error) {
    return { faults: [`${name}: ${messageOf(error)}`], guards: '' };
  } finally {
    await source.destroy();
  }
}

/** Each migration starts anew, and gets one statement further, until it is done. */
async function migrateKilled(source: DataSource): Promise<void> {
  const budget = meterStatements(source);
  for (let allowed = 1; allowed <= mostStatements; allowed += 1) {
    budget.left = allowed;
    if (await getsThrough(source)) {
      budget.left = Number.POSITIVE_INFINITY;
      return;
    }
  }
  throw new Error(`a migration does not get through when started again ${mostStatements} times`);
}

async function getsThrough(source: DataSource): Promise<boolean> {
  try {
    await source.runMigrations({ transaction: 'each' });
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** On SQLite what was done before the kill is rolled back, on MySQL it stays: a change of tables commits by itself. */
function meterStatements(source: DataSource): { left: number } {
  const budget = { left: 0 };
  const metered = new WeakSet<QueryRunner>();
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (metered.has(runner)) return runner;
    metered.add(runner);
    const query = runner.query.bind(runner);
    runner.query = async (...call: Parameters<QueryRunner['query']>) => {
      if (writes.test(call[0]) && budget.left-- <= 0) throw new Killed();
      return query(...call);
    };
    return runner;
  };
  return budget;
}

async function triggersOf(source: DataSource): Promise<string> {
  const sql =
    source.options.type === 'better-sqlite3'
      ? "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
      : 'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY name';
  return ((await source.query(sql)) as { name: string }[]).map(({ name }) => name).join(', ');
}
