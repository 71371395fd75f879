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

/** The text position in a cursor of one part. @throws paging.bad_cursor */
export const textIn = (cursor: string): string => positionIn(cursor, (part) => typeof part === 'string');

/** The whole number in a cursor of one part. @throws paging.bad_cursor */
export const counterIn = (cursor: string): number => positionIn(cursor, (part) => Number.isSafeInteger(part));

function positionIn<T>(cursor: string, fits: (part: unknown) => boolean): T {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.length === 1 && fits(position[0])) return position[0];
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw pagingError('bad_cursor');
}

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
