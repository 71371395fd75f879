import { defineErrors } from './errors';

export const pagingError = defineErrors('paging', {
  bad_cursor: [400, 'The cursor is not one this list gave out'],
});

/** One page of a list; `next_cursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Packs the sort position of the last row shown. */
export const encodeCursor = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Unpacks a cursor of `length` parts. @throws paging.bad_cursor */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.length === length && position.every(isPart)) return position;
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw pagingError('bad_cursor');
}

const isPart = (part: unknown): part is string | number => typeof part === 'string' || typeof part === 'number';

/** Cuts `limit + 1` fetched rows down to a page. */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  position: (row: R) => (string | number)[],
  view: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  };
}
