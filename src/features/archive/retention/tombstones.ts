import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { Purges } from '../verification';
import { hashOfIds } from './purger';

interface Tombstone {
  message_id: number | string;
  purge_id: number | string;
}

/** Which messages were purged. A purge counts only with the very messages that the chain knows it by. */
export function createTombstones(db: Database): Purges {
  async function isWhole(purgeId: number): Promise<boolean> {
    const [purge] = await db.query<{ ids_hash: string }>('SELECT ids_hash FROM archive_purge WHERE id = ?', [purgeId]);
    const sql = 'SELECT message_id FROM archive_purged WHERE purge_id = ? ORDER BY message_id';
    const ids = (await db.query<Tombstone>(sql, [purgeId])).map(({ message_id }) => Number(message_id));
    return purge?.ids_hash === hashOfIds(ids);
  }

  return {
    async purged(ids) {
      const rows = await inChunks([...ids], (chunk) =>
        db.query<Tombstone>(
          `SELECT message_id, purge_id FROM archive_purged WHERE message_id IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      const whole = new Map<number, boolean>();
      for (const id of new Set(rows.map(({ purge_id }) => Number(purge_id)))) whole.set(id, await isWhole(id));
      return new Set(rows.filter(({ purge_id }) => whole.get(Number(purge_id))).map((row) => Number(row.message_id)));
    },
  };
}
