import { rmSync } from 'node:fs';
import { dropRun } from './mysql-pool';

export default async function runEnds(): Promise<void> {
  rmSync(String(process.env.TEST_SQLITE_TEMPLATE), { force: true });
  const server = process.env.TEST_MYSQL_URL;
  if (server) await dropRun(server);
}
