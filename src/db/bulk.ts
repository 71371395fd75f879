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

/** SQLite and MySQL accept about 32,000 and 65,000 bound values; 500 rows is where bigger gains nothing. */
const rowsPerStatement = 500;
const valuesPerStatement = 30_000;

/**
 * Inserts many rows in one statement per chunk: the bulk path of inbox, sync and archive (libraries: raw SQL
 * through the one door). Must be called inside `transact` when several chunks belong together.
 * @returns rows affected as the driver counts them (MySQL counts an updated row twice)
 */
export async function insertRows(db: Database, into: Into, rows: Value[][]): Promise<number> {
  const { table, columns, onConflict } = into;
  const size = Math.min(rowsPerStatement, Math.floor(valuesPerStatement / columns.length));
  const tail = onConflict ? conflictClause(db.dialect, onConflict) : '';
  let affected = 0;
  for (const chunk of chunksOf(rows, size)) {
    const tuple = `(${placeholders(columns.length)})`;
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(chunk.length).fill(tuple).join(', ')}${tail}`;
    affected += await db.execute(sql, chunk.flat());
  }
  return affected;
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
