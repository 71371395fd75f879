import { insertRows } from '../../../db/bulk';
import { type Database, instantText, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import { parseStored } from '../../../jobs/sql';
import type { Dictionary, DictionaryItem } from './dictionaries.entity';
import type { DictionaryAbout, Extra, ItemView } from './dictionaries.schema';

/** An item as the service knows it; a removed one is known by its label only. */
export interface Item extends ItemView {
  removed: boolean;
}

const columns = ['label_zh', 'label_en', 'position', 'active', 'is_default', 'extra', 'removed_at'];

export type DictionaryStore = ReturnType<typeof createDictionaryStore>;

/** The rows of dictionaries. What writes is called inside a transaction. */
export function createDictionaryStore(db: Database) {
  return {
    async find(code: string): Promise<Dictionary | undefined> {
      const [row] = await db.query<Dictionary>('SELECT * FROM dictionary WHERE code = ?', [code]);
      return row && { ...row, updated_at: toDate(row.updated_at) };
    },

    /** Changes whenever the dictionary or one of its items does; undefined when there is no such dictionary. */
    async stamp(code: string): Promise<string | undefined> {
      const [row] = await db.query<Dictionary>('SELECT version, updated_at FROM dictionary WHERE code = ?', [code]);
      return row && `${row.version} ${instantText(row.updated_at)}`;
    },

    /** By code, after one of them. */
    async listAfter(code: string, limit: number): Promise<DictionaryAbout[]> {
      const rows = await db.query<Dictionary & { items: unknown; active: unknown }>(
        `SELECT d.code, d.label_zh, d.label_en, d.version, d.updated_at, COUNT(i.code) AS items,
           COALESCE(SUM(i.active), 0) AS active
         FROM dictionary d LEFT JOIN dictionary_item i ON i.dictionary = d.code AND i.removed_at IS NULL
         WHERE d.code > ? GROUP BY d.code, d.label_zh, d.label_en, d.version, d.updated_at ORDER BY d.code LIMIT ?`,
        [code, limit],
      );
      return rows.map(({ updated_at, items, active, ...row }) => ({
        ...{ ...row, updated_at: iso(toDate(updated_at)), items: Number(items), active: Number(active) },
      }));
    },

    /** All there ever were, in their order. */
    async items(dictionary: string): Promise<Item[]> {
      const rows = await db.query<DictionaryItem>(
        'SELECT * FROM dictionary_item WHERE dictionary = ? ORDER BY position, code',
        [dictionary],
      );
      return rows.map(({ code, label_zh, label_en, position, active, is_default, extra, removed_at }) => ({
        ...{ code, label_zh, label_en, position, active: Boolean(active), is_default: Boolean(is_default) },
        ...{ extra: parseStored<Extra>(extra), removed: removed_at !== null },
      }));
    },

    /** Adds those that are not there yet. */
    addDictionaries: (rows: readonly Omit<Dictionary, 'updated_at'>[]): Promise<number> =>
      insertRows(
        db,
        {
          table: 'dictionary',
          columns: ['code', 'label_zh', 'label_en', 'version', 'updated_at'],
          onConflict: { keys: ['code'] },
        },
        rows.map(({ code, label_zh, label_en, version }) => [code, label_zh, label_en, version, db.now()]),
      ),

    /** @returns false when the dictionary is not there, or has another version by now */
    async touch(code: string, version: number): Promise<boolean> {
      const sql = 'UPDATE dictionary SET version = version + 1, updated_at = ? WHERE code = ? AND version = ?';
      return (await db.execute(sql, [db.now(), code, version])) === 1;
    },

    rename: (code: string, label_zh: string, label_en: string): Promise<number> =>
      db.execute('UPDATE dictionary SET label_zh = ?, label_en = ? WHERE code = ?', [label_zh, label_en, code]),

    /** Writes items as they shall be, whether they are there or not. */
    put: (dictionary: string, items: readonly Item[]): Promise<number> =>
      insertRows(
        db,
        {
          table: 'dictionary_item',
          columns: ['dictionary', 'code', ...columns],
          onConflict: { keys: ['dictionary', 'code'], update: columns },
        },
        items.map(({ code, label_zh, label_en, position, active, is_default, extra, removed }) => [
          ...[dictionary, code, label_zh, label_en, position, active, is_default, JSON.stringify(extra)],
          removed ? db.now() : null,
        ]),
      ),
  };
}
