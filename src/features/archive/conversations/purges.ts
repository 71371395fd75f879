import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';

/** A message whose text is gone. */
export interface Gone {
  id: number;
  conversation_id: string;
  /** `2026-11`, UTC. */
  month: string;
}

/** Says which texts are gone by right: a tombstone tells who purged them and why. */
export interface Purges {
  /** @returns the ids of those that were purged */
  purged(gone: readonly Gone[]): Promise<ReadonlySet<number>>;
}

/** Until there are tombstones: the key of the conversation and the month was destroyed. */
export const destroyedKeys = (db: Database): Purges => ({
  async purged(gone) {
    const ids = [...new Set(gone.map(({ conversation_id }) => conversation_id))];
    const rows = await inChunks(ids, (chunk) =>
      db.query<{ conversation_id: string; month: string }>(
        `SELECT conversation_id, month FROM archive_body_key
         WHERE sealed IS NULL AND destroyed_at IS NOT NULL AND conversation_id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    const destroyed = new Set(rows.map(({ conversation_id, month }) => `${conversation_id} ${month}`));
    return new Set(gone.filter((one) => destroyed.has(`${one.conversation_id} ${one.month}`)).map(({ id }) => id));
  },
});
