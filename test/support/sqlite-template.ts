import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { createDataSource } from '../../src/db/data-source';

const driverOf = (source: DataSource) => source.driver as BetterSqlite3Driver;

/** The newest schema and no rows, as the bytes of a SQLite database: made once in a run, for migrating takes a while. */
export async function sqliteTemplate(): Promise<Buffer> {
  const file = String(process.env.TEST_SQLITE_TEMPLATE);
  if (!existsSync(file)) {
    const source = await (await createDataSource('sqlite::memory:', [])).initialize();
    await source.runMigrations();
    const own = `${file}.${process.pid}`;
    writeFileSync(own, (driverOf(source).databaseConnection as Sqlite.Database).serialize());
    await source.destroy();
    // Whole or not at all: others may be looking for it.
    renameSync(own, file);
  }
  return readFileSync(file);
}

/** A source in memory begins with these bytes. */
export function beginWith(bytes: Buffer, source: DataSource): void {
  driverOf(source).sqlite = class extends Sqlite {
    constructor(_file: string, options: Sqlite.Options) {
      super(bytes, { timeout: options.timeout ?? 0 });
    }
  };
}
