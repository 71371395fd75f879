import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, type Value } from '../../../db/database';
import type { TokenIndex } from './index-port';

const into = { table: 'archive_index', columns: ['id', 'tokens'] };

/**
 * InnoDB's FULLTEXT. It gathers every hit of a word before it gives the first, some 4 µs each, and no range of ids
 * spares it that: so words read otherwise in every window, and one window is asked at a time.
 */
export function mysqlIndex(db: Database): TokenIndex {
  const idsOf = async (sql: string, params: Value[]): Promise<number[]> =>
    (await db.query<{ id: number | string }>(sql, params)).map(({ id }) => Number(id));

  return {
    async add(entries) {
      await insertRows(
        db,
        into,
        entries.map(({ id, tokens }) => [id, tokens.join(' ')]),
      );
    },

    async replace({ id, tokens }) {
      const onConflict = { keys: ['id'], update: ['tokens'] };
      await insertRows(db, { ...into, onConflict }, [[id, tokens.join(' ')]]);
    },

    find({ all, any, from, below, where, limit }) {
      const words = all.map((token) => `+${token}`).join(' ') + (any.length > 0 ? ` +(${any.join(' ')})` : '');
      const [also, ...params] = where ?? ['1 = 1'];
      const messages = where ? 'STRAIGHT_JOIN archive_message m ON m.id = i.id' : '';
      return idsOf(
        `SELECT i.id AS id FROM archive_index i ${messages}
         WHERE MATCH (i.tokens) AGAINST (? IN BOOLEAN MODE) AND i.id >= ? AND i.id < ? AND ${also}
         ORDER BY i.id DESC LIMIT ?`,
        [words, from, below, ...params, limit],
      );
    },

    async missing(ids) {
      const held = await inChunks([...ids], (chunk) =>
        idsOf(`SELECT id FROM archive_index WHERE id IN (${placeholders(chunk.length)})`, chunk),
      );
      const known = new Set(held);
      return ids.filter((id) => !known.has(id));
    },

    async drop(ids) {
      await db.execute(`DELETE FROM archive_index WHERE id IN (${placeholders(ids.length)})`, [...ids]);
    },

    async clear() {
      await db.execute('DELETE FROM archive_index');
    },
  };
}
