import type { Page } from '../core/paging';
import { isErrcode, WecomCursorExpired, WecomCursorLoop } from './errors';

/**
 * Follows `next_cursor` until it is empty or missing; a short page is not the end. Yields whole pages, so that the
 * caller can keep `next_cursor` as a checkpoint and go on `from` it later.
 * @throws WecomCursorExpired when WeCom no longer knows the cursor (50100): start again from the first page
 * @throws WecomCursorLoop when a cursor comes twice; any fault of a page as it is, never as an end
 */
export async function* pages<P extends Page<unknown>>(
  fetchPage: (cursor: string | undefined) => Promise<P>,
  { from }: { from?: string | undefined } = {},
): AsyncGenerator<P, void, undefined> {
  const seen = new Set<string>();
  let cursor = from || undefined;
  for (;;) {
    if (cursor !== undefined) seen.add(cursor);
    const page = await fetchPage(cursor).catch(expiredCursor);
    yield page;
    if (!page.next_cursor) return;
    cursor = page.next_cursor;
    if (seen.has(cursor)) throw new WecomCursorLoop(cursor);
  }
}

function expiredCursor(error: unknown): never {
  throw isErrcode(error, [50100]) ? new WecomCursorExpired({ cause: error }) : error;
}
