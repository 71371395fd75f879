import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { TokenIndex } from './index-port';

const quotedAll = (tokens: readonly string[], between: string): string =>
  tokens.map((token) => `"${token}"`).join(between);

/** FTS5 without the texts: which token stands in which message. It walks from the newest hit, so it costs what it shows. */
export function sqliteIndex(db: Database): TokenIndex {
  const idsOf = async (sql: string, params: (string | number)[]): Promise<number[]> =>
    (await db.query<{ id: number }>(sql, params)).map(({ id }) => id);

  return {
    async add(entries) {
      const rows = entries.map(({ id, tokens }) => [id, tokens.join(' ')]);
      await insertRows(db, { table: 'archive_index', columns: ['rowid', 'tokens'] }, rows);
    },

    async replace({ id, tokens }) {
      await db.execute('DELETE FROM archive_index WHERE rowid = ?', [id]);
      await db.execute('INSERT INTO archive_index (rowid, tokens) VALUES (?, ?)', [id, tokens.join(' ')]);
    },

    find({ all, any, from, below, where, limit }) {
      const match = quotedAll(all, ' AND ') + (any.length > 0 ? ` AND (${quotedAll(any, ' OR ')})` : '');
      // The index leads: from the newest hit on, each is looked up.
      const [also, ...params] = where ?? ['1 = 1'];
      const messages = where ? 'CROSS JOIN archive_message m ON m.id = i.rowid' : '';
      return idsOf(
        `SELECT i.rowid AS id FROM archive_index i ${messages}
         WHERE i.archive_index MATCH ? AND i.rowid >= ? AND i.rowid < ? AND ${also} ORDER BY i.rowid DESC LIMIT ?`,
        [match, from, below, ...(params as (string | number)[]), limit],
      );
    },

    async missing(ids) {
      const held = await inChunks([...ids], (chunk) =>
        idsOf(`SELECT rowid AS id FROM archive_index WHERE rowid IN (${placeholders(chunk.length)})`, chunk),
      );
      const known = new Set(held);
      return ids.filter((id) => !known.has(id));
    },

    async drop(ids) {
      for (const id of ids) await db.execute('DELETE FROM archive_index WHERE rowid = ?', [id]);
    },

    async clear() {
      await db.execute("INSERT INTO archive_index (archive_index) VALUES ('delete-all')");
    },
  };
}
