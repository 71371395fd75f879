import { rootOf } from '../../../core/merkle';
import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { Evidence } from '../../kernel/evidence';
import type { BlobRows } from './blobs.store';
import { fileBatchStream, leafOfFile } from './file-batch.stream';
import type { Kept, Placed } from './keeping';
import { type FileText, placeOfCode } from './media-lookup';

/** Hears of what can be read in the files of a message, in the transaction that stores them. */
export type TextsFound = (messageId: number, texts: FileText[]) => Promise<void>;

interface Deps {
  db: Database;
  vault: Vault;
  rows: BlobRows;
  evidence: Pick<Evidence, 'append'>;
  texts?: TextsFound | undefined;
}

export type KeptStore = ReturnType<typeof createKeptStore>;

/** The rows of files that were stored. */
export function createKeptStore({ db, vault, rows, evidence, texts }: Deps) {
  async function pendingAmong(ids: string[]): Promise<Set<string>> {
    const found = await inChunks(ids, (chunk) =>
      db.query<{ id: string }>(
        `SELECT id FROM archive_file WHERE state = 'pending' AND id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Set(found.map(({ id }) => id));
  }

  /** @returns the id of the blob that holds it; undefined when there is none any more */
  const stand = async ({ sha256, written }: Placed): Promise<string | undefined> =>
    written ? rows.add(written) : rows.find(sha256);

  async function store(kept: Kept, blobId: string, thumbnailId: string | null): Promise<void> {
    const place = { table: 'archive_file', column: 'qr', id: kept.id };
    const qr = kept.qr.length === 0 ? null : vault.seal(JSON.stringify(kept.qr), place);
    await db.execute(
      `UPDATE archive_file SET state = 'stored', size = ?, sha256 = ?, type = ?, md5_ok = ?, size_ok = ?, blob_id = ?,
         thumbnail_id = ?, qr = ?, ended_at = ?, fault = NULL, resume = NULL, slices = 0, bytes = 0, draft_key = NULL
       WHERE id = ?`,
      [
        ...[kept.size, kept.sha256, kept.type, kept.md5Ok, kept.sizeOk, blobId],
        ...[thumbnailId, qr, db.now(), kept.id],
      ],
    );
  }

  async function prove(stored: readonly Kept[]): Promise<void> {
    if (stored.length === 0) return;
    const [row] = await db.query<{ last: unknown }>('SELECT MAX(id) AS last FROM archive_file_batch');
    const id = Number(row?.last ?? 0) + 1;
    const into = { table: 'archive_stored_file', columns: ['batch_id', 'file_id', 'sha256', 'size'] };
    // One statement each, so that the counter follows the order of the leaves.
    for (const { id: fileId, sha256, size } of stored) await insertRows(db, into, [[id, fileId, sha256, size]]);
    const columns = ['id', 'count', 'root', 'stored_at'];
    const root = rootOf(stored.map(leafOfFile));
    await insertRows(db, { table: 'archive_file_batch', columns }, [[id, stored.length, root, db.now()]]);
    await evidence.append(fileBatchStream.name, [id]);
  }

  async function tell({ id, qr }: Kept): Promise<void> {
    if (qr.length === 0 || !texts) return;
    const sql = 'SELECT message_id, path FROM archive_attachment WHERE file_id = ?';
    for (const { message_id, path } of await db.query<{ message_id: unknown; path: string }>(sql, [id])) {
      await texts(
        Number(message_id),
        qr.map((text) => ({ path: placeOfCode(path), text })),
      );
    }
  }

  return {
    /**
     * Must run inside `transact`. Files that are no longer waited for are left out.
     * @returns how many could not be stored, because their content was dropped meanwhile: they are fetched again
     */
    async save(batch: readonly Kept[]): Promise<number> {
      const pending = await pendingAmong(batch.map(({ id }) => id));
      const stored: Kept[] = [];
      let lost = 0;
      for (const kept of batch.filter(({ id }) => pending.has(id))) {
        const blobId = await stand(kept.content);
        if (blobId) {
          await store(kept, blobId, kept.thumbnail && ((await stand(kept.thumbnail)) ?? null));
          await tell(kept);
          stored.push(kept);
        } else lost++;
      }
      await prove(stored);
      return lost;
    },
  };
}
