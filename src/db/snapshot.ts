import type BetterSqlite from 'better-sqlite3';
import { createConnection } from 'mysql2';
import type { Connection as MysqlConnection } from 'mysql2/promise';
import { groupBy } from '../core/collections';

/** What a portable row holds: whole numbers beyond 2^53 are text, instants are text in UTC. */
export type Cell = string | number | null;

export interface SnapshotTable {
  name: string;
  columns: { name: string; kind: 'integer' | 'text' }[];
  /** The columns of the primary key, by which rows are ordered. */
  key: string[];
}

/** All tables as they were at one moment, whatever is written meanwhile. Costs a connection of its own. */
export interface Snapshot {
  tables: SnapshotTable[];
  /** Rows in the order of the key, a few hundred at a time; columns in the order given. */
  rows(table: SnapshotTable): AsyncIterable<Cell[][]>;
  close(): Promise<void>;
}

const batch = 500;
/** Of a batch, as far as its text goes: a row may hold a whole message. */
const batchLength = 1 << 20;
/** An identifier that both databases take, also where it is a word of their own. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Whether there is a file or a server to open a second connection to. */
export const canSnapshot = (url: string): boolean => url !== 'sqlite::memory:';

/** @throws Error for a database in memory, and for a column of a type that is not portable */
export function openSnapshot(url: string): Promise<Snapshot> {
  if (!canSnapshot(url)) throw new Error('a database in memory has no second connection');
  return url.startsWith('sqlite:') ? sqliteSnapshot(url.slice('sqlite:'.length)) : mysqlSnapshot(url);
}

const select = ({ name, columns, key }: SnapshotTable): string =>
  `SELECT ${columns.map((column) => quoted(column.name)).join(', ')} FROM ${quoted(name)} ORDER BY ${key.map(quoted).join(', ')}`;

/** In WAL a reader keeps the state of its first read, and writers go on beside it. */
async function sqliteSnapshot(file: string): Promise<Snapshot> {
  const Sqlite = require('better-sqlite3') as typeof BetterSqlite;
  const db = new Sqlite(file, { fileMustExist: true });
  db.pragma('busy_timeout = 5000');
  db.pragma('query_only = ON');
  db.exec('BEGIN');
  // The first read is the moment.
  db.prepare('SELECT COUNT(*) FROM sqlite_master').get();
  const found = db.pragma('table_list') as { schema: string; name: string; type: string }[];
  const names = found.filter((t) => t.schema === 'main' && t.type === 'table' && !t.name.startsWith('sqlite_'));
  const tables = names.map(({ name }) => {
    const columns = db.pragma(`table_info(${quoted(name)})`) as { name: string; type: string; pk: number }[];
    return tableOf(
      name,
      columns,
      columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk),
    );
  });
  return {
    tables: tables.sort(byName),
    async *rows(table) {
      const rows = db.prepare(select(table)).raw(true).safeIntegers(true).iterate() as Iterable<unknown[]>;
      yield* batches(rows, table);
    },
    async close() {
      db.close();
    },
  };
}

interface MysqlColumn {
  table_name: string;
  name: string;
  type: string;
}

async function mysqlSnapshot(url: string): Promise<Snapshot> {
  const raw = createConnection({
    uri: url,
    connectTimeout: 5000,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  // A connection that breaks rejects what is under way; without a listener it would end the process.
  raw.on('error', () => undefined);
  const connection = raw.promise();
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await connection.query('SET SESSION net_write_timeout = 600');
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  const tables = await mysqlTables(connection);
  return {
    tables: tables.sort(byName),
    async *rows(table) {
      const rows = raw.query({ sql: select(table), rowsAsArray: true }).stream({ highWaterMark: batch });
      yield* batches(rows as AsyncIterable<unknown[]>, table);
    },
    async close() {
      raw.destroy();
    },
  };
}

async function mysqlTables(connection: MysqlConnection): Promise<SnapshotTable[]> {
  const rowsOf = async (sql: string) => (await connection.query(sql))[0] as MysqlColumn[];
  const columns = await rowsOf(
    `SELECT c.table_name AS table_name, c.column_name AS name, c.data_type AS type
     FROM information_schema.columns c JOIN information_schema.tables t
       ON t.table_schema = c.table_schema AND t.table_name = c.table_name
     WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'
     ORDER BY c.table_name, c.ordinal_position`,
  );
  const keys = await rowsOf(
    `SELECT table_name AS table_name, column_name AS name FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND index_name = 'PRIMARY' ORDER BY table_name, seq_in_index`,
  );
  const keyOf = groupBy(keys, (row) => row.table_name);
  return [...groupBy(columns, (row) => row.table_name)].map(([name, own]) => tableOf(name, own, keyOf.get(name) ?? []));
}

const byName = (a: SnapshotTable, b: SnapshotTable): number => (a.name < b.name ? -1 : 1);

function tableOf(name: string, columns: { name: string; type: string }[], key: { name: string }[]): SnapshotTable {
  const all = columns.map((column) => ({ name: column.name, kind: kindOf(`${name}.${column.name}`, column.type) }));
  return { name, columns: all, key: (key.length > 0 ? key : all).map((column) => column.name) };
}

function kindOf(column: string, type: string): 'integer' | 'text' {
  if (/^(big|small|tiny|medium)?int|^boolean/i.test(type)) return 'integer';
  if (/^(var)?char|text$|^date/i.test(type)) return 'text';
  throw new Error(`the column ${column} of type ${type} is not portable: teach src/db/snapshot.ts`);
}

async function* batches(
  rows: Iterable<unknown[]> | AsyncIterable<unknown[]>,
  { columns }: SnapshotTable,
): AsyncGenerator<Cell[][]> {
  let some: Cell[][] = [];
  let length = 0;
  for await (const row of rows) {
    const cells = row.map((value, i) => cell(value, columns[i]?.kind));
    some.push(cells);
    for (const one of cells) length += typeof one === 'string' ? one.length : 0;
    if (some.length < batch && length < batchLength) continue;
    yield some;
    some = [];
    length = 0;
  }
  if (some.length > 0) yield some;
}

function cell(value: unknown, kind: 'integer' | 'text' | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (kind !== 'integer') return String(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
