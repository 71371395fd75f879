import type { BlobKey, WrittenBlob } from '../../../core/blobs/blob-store';
import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { ArchiveBlob } from './media.entity';

export type BlobRows = ReturnType<typeof createBlobRows>;

const place = (id: string) => ({ table: 'archive_blob', column: 'sealed', id });

/** Which content is stored, and the keys that open it. */
export function createBlobRows({ db, vault }: { db: Database; vault: Vault }) {
  const contentOf = (sha256: string): string => vault.fingerprint('archive_blob', sha256);

  async function find(sha256: string): Promise<string | undefined> {
    const sql = 'SELECT id FROM archive_blob WHERE content = ? AND sealed IS NOT NULL';
    const [row] = await db.query<{ id: string }>(sql, [contentOf(sha256)]);
    return row?.id;
  }

  return {
    /** The blob that holds this content; undefined when none does. */
    find,

    /** Before a blob is published: should nothing come of it, its bytes are found and removed. */
    async announce({ id, size }: Pick<WrittenBlob, 'id' | 'size'>): Promise<void> {
      const columns = ['id', 'content', 'size', 'sealed', 'created_at'];
      await insertRows(db, { table: 'archive_blob', columns }, [[id, id, size, null, db.now()]]);
    },

    /**
     * A published blob is of use from now on, unless its content stands already.
     * @returns the id of the one that stands
     */
    async add({ id, key, sha256 }: Pick<WrittenBlob, 'id' | 'key' | 'sha256'>): Promise<string> {
      const stands = await find(sha256);
      if (stands) return stands;
      const sealed = vault.seal(key.toString('base64'), place(id));
      const values = [contentOf(sha256), sealed, id];
      await db.execute('UPDATE archive_blob SET content = ?, sealed = ? WHERE id = ?', values);
      return id;
    },

    /** What opens a blob; undefined once its key was destroyed. */
    async key(id: string): Promise<BlobKey | undefined> {
      const [row] = await db.query<ArchiveBlob>('SELECT id, size, sealed FROM archive_blob WHERE id = ?', [id]);
      if (!row?.sealed) return undefined;
      return { id, size: Number(row.size), key: Buffer.from(vault.open(row.sealed, place(id)), 'base64') };
    },

    /** Destroys the keys of those that no file has any more. The bytes go later, and are unreadable until then. */
    async dropUnused(ids: string[]): Promise<void> {
      const used = await inChunks(ids, (chunk) => {
        const among = `IN (${placeholders(chunk.length)})`;
        return db.query<{ id: string }>(
          `SELECT blob_id AS id FROM archive_file WHERE blob_id ${among}
           UNION SELECT thumbnail_id AS id FROM archive_file WHERE thumbnail_id ${among}`,
          [...chunk, ...chunk],
        );
      });
      const stays = new Set(used.map(({ id }) => id));
      for (const id of ids.filter((one) => !stays.has(one))) {
        await db.execute('UPDATE archive_blob SET sealed = NULL, content = id WHERE id = ?', [id]);
      }
    },

    /** Those whose bytes are to go: dropped ones, and those that came to nothing. */
    async dropped(limit: number): Promise<string[]> {
      const sql = 'SELECT id FROM archive_blob WHERE sealed IS NULL ORDER BY id LIMIT ?';
      return (await db.query<{ id: string }>(sql, [limit])).map(({ id }) => id);
    },

    forget: async (id: string): Promise<void> =>
      void (await db.execute('DELETE FROM archive_blob WHERE id = ? AND sealed IS NULL', [id])),
  };
}
