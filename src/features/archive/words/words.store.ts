import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { allOf } from '../../../db/conditions';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { ArchiveHit, WordList, WordListVersion } from './words.entity';

/** A word of a version of a list in a message. */
export type Hit = Pick<ArchiveHit, 'list_id' | 'version' | 'word' | 'path'> & { message_id: number };

const table = { list: 'archive_word_list', version: 'archive_word_list_version', hit: 'archive_hit' };
const placeOf = (listId: string, version: number) => ({
  table: table.version,
  column: 'sealed',
  id: `${listId} ${version}`,
});
const hitColumns = ['message_id', 'list_id', 'version', 'word', 'path'] as const;
const nameOf = (hit: Hit): string => JSON.stringify(hitColumns.map((column) => hit[column]));

interface Words {
  words: string[];
}

export type WordStore = ReturnType<typeof createWordStore>;

/** The rows of word lists and hits. Everything that writes is called inside a transaction. */
export function createWordStore({ db, vault }: { db: Database; vault: Vault }) {
  const toList = (row: WordList): WordList => ({
    ...row,
    enabled: Boolean(row.enabled),
    created_at: toDate(row.created_at),
    updated_at: toDate(row.updated_at),
  });

  async function hitsOf(messageIds: readonly number[]): Promise<Hit[]> {
    const rows = await inChunks([...messageIds], (chunk) =>
      db.query<ArchiveHit>(
        `SELECT ${hitColumns.join(', ')} FROM archive_hit WHERE message_id IN (${placeholders(chunk.length)}) ORDER BY id`,
        chunk,
      ),
    );
    return rows.map((row) => ({ ...row, message_id: Number(row.message_id) }));
  }

  return {
    /** What was found in messages, in the order it was found. */
    of: hitsOf,

    /** Hits with an id above `after`, in their order. */
    async found(after: number, limit: number): Promise<{ id: number; message_id: number }[]> {
      const sql = 'SELECT id, message_id FROM archive_hit WHERE id > ? ORDER BY id LIMIT ?';
      const rows = await db.query<ArchiveHit>(sql, [after, limit]);
      return rows.map(({ id, message_id }) => ({ id: Number(id), message_id: Number(message_id) }));
    },

    /** By name. */
    async lists(): Promise<WordList[]> {
      return (await db.query<WordList>('SELECT * FROM archive_word_list ORDER BY name, id')).map(toList);
    },

    /** By name, the first so many after one of them. */
    async listsAfter(last: WordList | undefined, limit: number): Promise<WordList[]> {
      const { where, params } = allOf(
        last ? [['(name > ? OR (name = ? AND id > ?))', last.name, last.name, last.id]] : [],
      );
      const sql = `SELECT * FROM archive_word_list WHERE ${where} ORDER BY name, id LIMIT ?`;
      return (await db.query<WordList>(sql, [...params, limit])).map(toList);
    },

    async find(id: string): Promise<WordList | undefined> {
      const [row] = await db.query<WordList>('SELECT * FROM archive_word_list WHERE id = ?', [id]);
      return row && toList(row);
    },

    async add(list: WordList): Promise<void> {
      const row = [list.id, list.name, list.category, list.enabled, list.version, list.created_at, list.updated_at];
      const columns = ['id', 'name', 'category', 'enabled', 'version', 'created_at', 'updated_at'];
      await insertRows(db, { table: table.list, columns }, [row]);
    },

    /** @returns false when it has another version by now */
    async change({ id, name, category, enabled, version, updated_at }: WordList): Promise<boolean> {
      const changed = await db.execute(
        `UPDATE archive_word_list SET name = ?, category = ?, enabled = ?, version = ?, updated_at = ?
         WHERE id = ? AND version = ?`,
        [name, category, enabled, version, updated_at, id, version - 1],
      );
      return changed === 1;
    },

    async addWords({ id, version, updated_at }: WordList, words: readonly string[], actor: string): Promise<void> {
      const sealed = vault.seal(JSON.stringify(words), placeOf(id, version));
      const columns = ['list_id', 'version', 'sealed', 'actor', 'created_at'];
      await insertRows(db, { table: table.version, columns }, [[id, version, sealed, actor, updated_at]]);
    },

    /** The words of a version of a list; none for one that is not there. */
    async words(listId: string, version: number): Promise<string[]> {
      const sql = 'SELECT sealed FROM archive_word_list_version WHERE list_id = ? AND version = ?';
      const [row] = await db.query<Pick<WordListVersion, 'sealed'>>(sql, [listId, version]);
      return row ? JSON.parse(vault.open(row.sealed, placeOf(listId, version))) : [];
    },

    /** Every version of a list, newest first. */
    async versions(listId: string): Promise<(Pick<WordListVersion, 'version' | 'actor' | 'created_at'> & Words)[]> {
      const sql = 'SELECT * FROM archive_word_list_version WHERE list_id = ? ORDER BY version DESC';
      const rows = await db.query<WordListVersion>(sql, [listId]);
      return rows.map(({ version, sealed, actor, created_at }) => ({
        ...{ version, actor, created_at: toDate(created_at) },
        words: JSON.parse(vault.open(sealed, placeOf(listId, version))),
      }));
    },

    /** Those that are not there yet: a row of evidence takes no second one in its place. */
    async addHits(hits: readonly Hit[]): Promise<number> {
      if (hits.length === 0) return 0;
      const known = new Set((await hitsOf([...new Set(hits.map(({ message_id }) => message_id))])).map(nameOf));
      const fresh = hits.filter((hit) => !known.has(nameOf(hit)));
      const at = db.now();
      const rows = fresh.map((hit) => [...hitColumns.map((column) => hit[column]), at]);
      await insertRows(db, { table: table.hit, columns: [...hitColumns, 'found_at'] }, rows);
      return fresh.length;
    },
  };
}
