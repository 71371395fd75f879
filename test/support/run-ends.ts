import { dropRun } from './mysql-pool';

export default async function runEnds(): Promise<void> {
  const server = process.env.TEST_MYSQL_URL;
  if (server) await dropRun(server);
}
