import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { BlobRows } from './blobs.store';
import type { ArchiveFile } from './media.entity';

interface Deps {
  db: Database;
  rows: Pick<BlobRows, 'dropUnused'>;
  /** Has the bytes removed. */
  wake: () => Promise<void>;
}

type Held = Pick<ArchiveFile, 'id' | 'blob_id' | 'thumbnail_id'>;

export type MediaPurge = ReturnType<typeof createMediaPurge>;

/** Takes files away from messages that are purged (S17). */
export function createMediaPurge({ db, rows, wake }: Deps) {
  const among = <T extends object>(values: (string | number)[], sql: (list: string) => string): Promise<T[]> =>
    inChunks(values, (chunk) => db.query<T>(sql(placeholders(chunk.length)), chunk));

  /** Those of the files that no message refers to any more. */
  async function unused(fileIds: string[]): Promise<Held[]> {
    const sql = (list: string) => `SELECT DISTINCT file_id AS id FROM archive_attachment WHERE file_id IN (${list})`;
    const used = new Set((await among<{ id: string }>(fileIds, sql)).map(({ id }) => id));
    const gone = fileIds.filter((id) => !used.has(id));
    return among<Held>(gone, (list) => `SELECT id, blob_id, thumbnail_id FROM archive_file WHERE id IN (${list})`);
  }

  /**
   * Must run inside the transaction that purges the messages. A file goes with the last message that refers to it: its
   * key is destroyed there and then, its bytes are removed soon after. That it was stored, and its hash, stays proven.
   * @returns how many files nobody can read any more
   */
  return async (messageIds: readonly number[]): Promise<number> => {
    const find = (list: string) =>
      `SELECT DISTINCT file_id AS id FROM archive_attachment WHERE message_id IN (${list})`;
    const fileIds = new Set((await among<{ id: string }>([...messageIds], find)).map(({ id }) => id));
    await inChunks([...messageIds], async (chunk) => {
      await db.execute(`DELETE FROM archive_attachment WHERE message_id IN (${placeholders(chunk.length)})`, chunk);
      return [];
    });
    const gone = await unused([...fileIds]);
    for (const { id } of gone) {
      await db.execute("DELETE FROM archive_file WHERE id = ? AND state <> 'stored'", [id]);
      await db.execute('UPDATE archive_file SET blob_id = NULL, thumbnail_id = NULL, qr = NULL WHERE id = ?', [id]);
    }
    await rows.dropUnused(gone.flatMap(({ blob_id, thumbnail_id }) => [blob_id, thumbnail_id].flatMap((b) => b ?? [])));
    if (gone.length > 0) await wake();
    return gone.length;
  };
}
