import { encodeCursor, pagingError } from '../core/paging';
import type { Condition } from '../db/conditions';
import { toDate, type Value } from '../db/database';
import { badFilter } from './filter';
import { columnOf, fieldOf, type RecordType } from './record-type';

/** In which order a list stands. */
export interface Order {
  /** The text of `?sort=`. */
  text: string;
  column: string;
  descending: boolean;
  nullable: boolean;
  isInstant: boolean;
}

/** `-updated_at`, `name`: one field, a minus for the greatest first. @throws record.bad_filter */
export function orderOf(type: RecordType, text: string): Order {
  const descending = text.startsWith('-');
  const key = descending ? text.slice(1) : text;
  if (key === 'created_at' || key === 'updated_at') {
    return { text, column: key, descending, nullable: false, isInstant: true };
  }
  const field = fieldOf(type, key);
  if (!field?.sort || field.sealed) throw badFilter('sort', 'unknown', 'Lists are not ordered by this');
  const nullable = field.sort === 'nullable';
  return { text, column: columnOf(field), descending, nullable, isInstant: field.type === 'instant' };
}

/** Empty ones last, in either direction; of equal ones the id decides. */
export function orderBy({ column, descending, nullable }: Order, alias: string): string {
  const way = descending ? 'DESC' : 'ASC';
  const emptyLast = nullable ? `${alias}.${column} IS NULL, ` : '';
  return `${emptyLast}${alias}.${column} ${way}, ${alias}.id ${way}`;
}

type Position = [sort: string, value: string | number | null, id: string];

/** @param value as the row holds it */
export function cursorOf(order: Order, value: unknown, id: string): string {
  const plain = value === null || value === undefined ? null : order.isInstant ? toDate(value).getTime() : value;
  // An empty value is spelled as an empty list: a cursor holds texts and numbers.
  return encodeCursor([order.text, ...(plain === null ? [] : [plain as string | number]), id]);
}

function positionIn(order: Order, cursor: string): Position {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts[0] === order.text && typeof parts.at(-1) === 'string') {
      if (parts.length === 3 && ['string', 'number'].includes(typeof parts[1])) return parts as Position;
      if (parts.length === 2 && order.nullable) return [parts[0], null, parts[1]];
    }
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw pagingError('bad_cursor');
}

/** The rows that stand after a cursor. @throws paging.bad_cursor, also for one of another order */
export function after(order: Order, cursor: string, alias: string): Condition {
  const [, value, id] = positionIn(order, cursor);
  const column = `${alias}.${order.column}`;
  const beyond = order.descending ? '<' : '>';
  if (value === null) return [`(${column} IS NULL AND ${alias}.id ${beyond} ?)`, id];
  const bound: Value = order.isInstant ? new Date(Number(value)) : value;
  const rest = `(${column} ${beyond} ? OR (${column} = ? AND ${alias}.id ${beyond} ?))`;
  if (order.nullable) return [`(${column} IS NULL OR ${rest})`, bound, bound, id];
  // Said twice, so that an index leads straight to the place.
  return [`(${column} ${beyond}= ? AND ${rest})`, bound, bound, bound, id];
}
