import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import type { ReviewStore } from './review.store';
import type { Hits } from './reviews.views';

const cursorName = 'review_hits';
const batchSize = 500;
/** Of two that found words at once the later may be there first: that many are looked at again. */
const lookBack = 1000;

/** Every message with a word of the lists is looked at, once. */
export function createWordQueue({ db, store, hits }: { db: Database; store: ReviewStore; hits: Pick<Hits, 'found'> }) {
  async function cursor(): Promise<number> {
    const sql = 'SELECT last_id FROM archive_cursor WHERE name = ?';
    const [row] = await db.query<{ last_id: unknown }>(sql, [cursorName]);
    return Number(row?.last_id ?? 0);
  }

  const moveCursor = (last: number): Promise<number> => {
    const onConflict = { keys: ['name'], update: ['last_id', 'answered_at'] };
    const columns = ['name', 'seq', 'last_id', 'answered_at'];
    return insertRows(db, { table: 'archive_cursor', columns, onConflict }, [[cursorName, '', last, db.now()]]);
  };

  /** Takes up what was found since. @returns how many items that made */
  return async (): Promise<number> => {
    const before = await cursor();
    if ((await hits.found(before, 1)).length === 0) return 0;
    let added = 0;
    for (let after = Math.max(0, before - lookBack); ; ) {
      const found = await hits.found(after, batchSize);
      const last = found.at(-1);
      if (!last) return added;
      after = last.id;
      const messages = [...new Set(found.map(({ message_id }) => message_id))];
      added += await db.transact(async () => {
        const items = messages.map((messageId) => ({ origin: `words:${messageId}`, messageId }));
        const ids = await store.add(items.map((item) => ({ ...item, queue: 'words', by: 'system' })));
        await moveCursor(Math.max(before, last.id));
        return ids.length;
      });
    }
  };
}
