import { groupBy } from '../../../core/collections';
import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, type Value } from '../../../db/database';
import type { FileState } from './media.entity';
import type { Reference } from './references';

const columns = [
  ...['id', 'sealed', 'state', 'told_size', 'told_md5', 'attempts', 'next_at', 'deadline_at', 'slices', 'bytes'],
];

interface Known {
  id: string;
  state: FileState;
  deadline_at: unknown;
  blob_id: string | null;
}

/** Files that messages refer to, as they come to be known. Everything is called inside a transaction. */
export function createExpectedStore({ db, vault }: { db: Database; vault: Vault }) {
  async function knownBy(ids: string[]): Promise<Map<string, Known>> {
    const rows = await inChunks(ids, (chunk) =>
      db.query<Known>(
        `SELECT id, state, deadline_at, blob_id FROM archive_file WHERE id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  function rowOf({ fileId, told, deadline }: Reference): Value[] {
    const sealed = vault.seal(told.file_id, { table: 'archive_file', column: 'sealed', id: fileId });
    const md5 = told.md5 !== null && told.md5.length <= 32 ? told.md5.toLowerCase() : null;
    const size = told.size !== null && Number.isSafeInteger(told.size) && told.size >= 0 ? told.size : null;
    return [fileId, sealed, 'pending', size, md5, 0, db.now(), deadline, 0, 0];
  }

  /** Sent again, it can be fetched for longer: also when it had been given up, or purged. */
  async function prolong(id: string, { deadline }: Reference): Promise<void> {
    await db.execute('UPDATE archive_file SET deadline_at = ? WHERE id = ?', [deadline, id]);
    const again =
      "state = 'pending', attempts = 0, next_at = ?, resume = NULL, slices = 0, bytes = 0, draft_key = NULL";
    await db.execute(
      `UPDATE archive_file SET ${again}, fault = NULL, ended_at = NULL
       WHERE id = ? AND (state = 'expired' OR (state = 'stored' AND blob_id IS NULL))`,
      [db.now(), id],
    );
  }

  return {
    /** Adds what refers to files, and the files nobody referred to before. */
    async add(references: readonly Reference[]): Promise<void> {
      const byFile = groupBy(references, ({ fileId }) => fileId);
      const known = await knownBy([...byFile.keys()]);
      const fresh = [...byFile].filter(([id]) => !known.has(id)).map(([, group]) => newest(group));
      await insertRows(db, { table: 'archive_file', columns, onConflict: { keys: ['id'] } }, fresh.map(rowOf));
      for (const [id, group] of byFile) {
        const row = known.get(id);
        const last = newest(group);
        if (row && toDate(row.deadline_at) < last.deadline) await prolong(id, last);
      }
      const attachments = references.map(({ messageId, path, fileId }) => [messageId, path, fileId]);
      const onConflict = { keys: ['message_id', 'path'] };
      const into = { table: 'archive_attachment', columns: ['message_id', 'path', 'file_id'], onConflict };
      await insertRows(db, into, attachments);
    },
  };
}

/** @param group at least one */
const newest = (group: Reference[]): Reference => group.reduce((a, b) => (b.deadline > a.deadline ? b : a));
