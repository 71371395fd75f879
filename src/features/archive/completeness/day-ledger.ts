import { hash } from 'node:crypto';
import { rootOf } from '../../../core/merkle';
import { type Database, instantText, type Row } from '../../../db/database';

/** The rows of a table that one statement covers: from id to id, and a root over them all. */
export interface Covered {
  first: number;
  last: number;
  count: number;
  root: string;
}

interface Book {
  /** Every column but `id`, in the order they are hashed. */
  columns: readonly string[];
  /** When the row came about: a day covers what was before its end. */
  at: string;
}

/** Evidence that is linked by the statement of its day and not by a link of its own. */
export const books: Readonly<Record<string, Book>> = {
  archive_page: { columns: ['from_seq', 'to_seq', 'count', 'root', 'received_at'], at: 'received_at' },
  archive_pull: {
    columns: ['asked_at', 'from_seq', 'asked', 'returned', 'to_seq', 'code', 'ms', 'fault'],
    at: 'asked_at',
  },
  archive_gap: { columns: ['after_seq', 'before_seq', 'cause', 'found_at', 'detail'], at: 'found_at' },
  archive_conflict: {
    columns: ['seq', 'leaf', 'msgid', 'publickey_ver', 'random_key', 'message', 'found_at'],
    at: 'found_at',
  },
};

const numbers = new Set(['count', 'asked', 'returned', 'code', 'ms', 'publickey_ver']);

/** The leaf of a row, the same whatever the driver makes of its columns. */
const leafOf = (table: string, { columns }: Book, row: Row): string =>
  hash(
    'sha256',
    `\u0000${JSON.stringify([table, 1, Number(row.id), ...columns.map((name) => plainValue(name, row))])}`,
  );

function plainValue(name: string, row: Row): string | number | null {
  const value = row[name];
  if (value === null || value === undefined) return null;
  return numbers.has(name) ? Number(value) : instantText(value);
}

const nothing = (last: number): Covered => ({ first: last + 1, last, count: 0, root: '' });

/** What a statement says of a table: the rows after those of the statement before it, and before the end of its day. */
export async function coveredBy(
  db: Database,
  table: string,
  { after, until }: { after: number; until: Date },
): Promise<Covered> {
  const book = books[table] as Book;
  const rows = await db.query(
    `SELECT id, ${book.columns.join(', ')} FROM ${table} WHERE id > ? AND ${book.at} < ? ORDER BY id`,
    [after, until],
  );
  return rows.length === 0 ? nothing(after) : covered(table, book, rows);
}

/** The same rows as they are now. */
export async function recount(db: Database, table: string, { first, last }: Covered): Promise<Covered> {
  const book = books[table] as Book;
  const rows = await db.query(
    `SELECT id, ${book.columns.join(', ')} FROM ${table} WHERE id BETWEEN ? AND ? ORDER BY id`,
    [first, last],
  );
  return rows.length === 0 ? nothing(first - 1) : covered(table, book, rows);
}

const covered = (table: string, book: Book, rows: Row[]): Covered => ({
  first: Number(rows[0]?.id),
  last: Number(rows.at(-1)?.id),
  count: rows.length,
  root: rootOf(rows.map((row) => leafOf(table, book, row))),
});
