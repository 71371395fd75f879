import type BetterSqlite from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import { chunksOf } from '../../src/core/collections';
import { createDataSource, sqlitePragmas } from '../../src/db/data-source';
import { allEntities } from '../../src/entities';

/** Rows of one table, in the order of its columns. */
export interface RawTable {
  table: string;
  columns: string[];
  rows: unknown[][];
}

const rowsPerStatement = 500;
const statementsPerCommit = 4;

/** Makes the tables of this version in an empty database. */
export async function migrateEmpty(url: string): Promise<void> {
  const source = await createDataSource(url, allEntities);
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
}

/** The fastest plain way in: multi-row INSERTs straight through the driver. @returns milliseconds */
export function insertRaw(url: string, tables: RawTable[]): Promise<number> {
  return url.startsWith('sqlite:') ? intoSqlite(url.slice('sqlite:'.length), tables) : intoMysql(url, tables);
}

async function intoSqlite(file: string, tables: RawTable[]): Promise<number> {
  const Sqlite = require('better-sqlite3') as typeof BetterSqlite;
  const db = new Sqlite(file);
  for (const pragma of sqlitePragmas) db.pragma(pragma);
  const began = performance.now();
  for (const { table, columns, rows } of tables) {
    const tuple = `(${columns.map(() => '?').join(', ')})`;
    const statement = (n: number) =>
      db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(n).fill(tuple).join(', ')}`);
    const full = statement(rowsPerStatement);
    const insert = db.transaction((part: unknown[][]) => {
      for (const chunk of chunksOf(part, rowsPerStatement)) {
        (chunk.length === rowsPerStatement ? full : statement(chunk.length)).run(chunk.flat());
      }
    });
    for (const part of chunksOf(rows, rowsPerStatement * statementsPerCommit)) insert(part);
  }
  const ms = performance.now() - began;
  db.close();
  return ms;
}

async function intoMysql(url: string, tables: RawTable[]): Promise<number> {
  const connection = await createConnection({ uri: url, timezone: 'Z', charset: 'utf8mb4' });
  const began = performance.now();
  for (const { table, columns, rows } of tables) {
    for (const part of chunksOf(rows, rowsPerStatement * statementsPerCommit)) {
      await connection.beginTransaction();
      for (const chunk of chunksOf(part, rowsPerStatement)) {
        await connection.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [chunk]);
      }
      await connection.commit();
    }
  }
  const ms = performance.now() - began;
  await connection.end();
  return ms;
}
