import { chunksOf } from '../core/collections';
import { type Database, placeholders, type Value } from './database';

/** What to do when a row with the same unique columns is there already. */
export interface OnConflict {
  /** The unique columns, which SQLite wants named. */
  keys: string[];
  /** Columns that take the new value; none leaves the old row as it is. */
  update?: string[];
}

export interface Into {
  table: string;
  columns: string[];
  onConflict?: OnConflict;
}

/**
 * Rows per statement, biggest first. SQLite keeps prepared statements, which are big: few sizes mean few of them.
 * MySQL prepares nothing, but each statement is a way there and back. Neither takes 65,536 values at once.
 */
const statementSizes = { sqlite: [100, 10, 1], mysql: [500] } as const;

/**
 * Inserts many rows with few statements: the bulk path of inbox, sync and archive (libraries: raw SQL through the one
 * door). Must be called inside `transact` when several statements belong together.
 * @returns rows affected as the driver counts them (MySQL counts an updated row twice)
 */
export async function insertRows(db: Database, into: Into, rows: Value[][]): Promise<number> {
  const { table, columns, onConflict } = into;
  const tuple = `(${placeholders(columns.length)})`;
  const tail = onConflict ? conflictClause(db.dialect, onConflict) : '';
  let affected = 0;
  for (const part of partsOf(rows, statementSizes[db.dialect])) {
    const tuples = Array(part.length).fill(tuple).join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples}${tail}`;
    affected += await db.execute(sql, ([] as Value[]).concat(...part));
  }
  return affected;
}

/** As many parts of each size as fit; what is left after the smallest is a part of its own. */
function* partsOf<T>(rows: T[], sizes: readonly number[]): Generator<T[]> {
  const [size = 1, ...smaller] = sizes;
  const whole = smaller.length > 0 ? rows.length - (rows.length % size) : rows.length;
  yield* chunksOf(rows.slice(0, whole), size);
  if (whole < rows.length) yield* partsOf(rows.slice(whole), smaller);
}

/** The one upsert, in its two renderings. */
function conflictClause(dialect: Database['dialect'], { keys, update = [] }: OnConflict): string {
  if (dialect === 'sqlite') {
    const action =
      update.length === 0 ? 'NOTHING' : `UPDATE SET ${update.map((u) => `${u} = excluded.${u}`).join(', ')}`;
    return ` ON CONFLICT (${keys.join(', ')}) DO ${action}`;
  }
  const set =
    update.length === 0 ? keys.slice(0, 1).map((k) => `${k} = ${k}`) : update.map((u) => `${u} = VALUES(${u})`);
  return ` ON DUPLICATE KEY UPDATE ${set.join(', ')}`;
}

/** Runs `read` for every chunk of ids, so that an IN list never grows without bound. */
export async function inChunks<T, R>(values: T[], read: (chunk: T[]) => Promise<R[]>, size = 500): Promise<R[]> {
  const rows: R[] = [];
  for (const chunk of chunksOf(values, size)) rows.push(...(await read(chunk)));
  return rows;
}
