import { createConnection } from 'mysql2/promise';
import { newId } from '../../src/core/ids';

/** Runs `work` with the url of an empty database on the server, which is dropped afterwards. */
export async function withMysqlDatabase<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `scrm_${newId().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const connection = await createConnection({ uri: server });
  try {
    await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    return await work(url.href);
  } finally {
    await connection.query(`DROP DATABASE IF EXISTS ${name}`);
    await connection.end();
  }
}
