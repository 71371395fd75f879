import { rmSync } from 'node:fs';
import { newId } from '../src/core/ids';
import { createDataSource } from '../src/db/data-source';
import { allEntities } from '../src/entities';
import { checkMigrations, type Open } from './lib/migration-check';
import { withMysqlDatabase } from './lib/mysql-database';

// O4: the migrations make exactly what the entities say, also when one is killed after any of its statements.
async function main(): Promise<void> {
  const server = process.env.TEST_MYSQL_URL;
  const faults = await onSqlite();
  if (server) faults.push(...(await onMysql(server)));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(`Migrations and entities agree on SQLite${server ? ' and MariaDB' : ' (TEST_MYSQL_URL is not set)'}.`);
}

async function onSqlite(): Promise<string[]> {
  const files: string[] = [];
  const open: Open = () => {
    const file = `.cache/migration-check-${newId()}.db`;
    files.push(file);
    return createDataSource(`sqlite:${file}`, allEntities);
  };
  try {
    return await checkMigrations('SQLite', open);
  } finally {
    for (const file of files) for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
  }
}

const onMysql = (server: string): Promise<string[]> =>
  withMysqlDatabase(server, (first) =>
    withMysqlDatabase(server, (second) => {
      const urls = [first, second];
      return checkMigrations('MariaDB', () => createDataSource(urls.pop() ?? first, allEntities));
    }),
  );

void main();
