import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import type { SettableName } from './setting-values';

/** A row as it stands in the database. */
export interface SealedSetting {
  name: string;
  value: string;
}

/** With who set it, and when. */
export interface FoundSetting extends SealedSetting {
  updated_at: unknown;
  updated_by: string;
}

interface NewValue {
  name: SettableName;
  value: string;
  by: string;
}

const table = 'setting';
const columns = ['name', 'value', 'updated_at', 'updated_by'];
/** Bound to its name: the value of one setting does not open as another (S13). */
const place = (name: string) => ({ table, column: 'value', id: name });

export type SettingStore = ReturnType<typeof createSettingStore>;

/** The rows of `setting`. */
export function createSettingStore({ db, vault }: { db: Database; vault: Vault }) {
  return {
    /** All of them, sealed: a handful of rows. */
    read: (): Promise<SealedSetting[]> => db.query(`SELECT name, value FROM ${table} ORDER BY name`),

    async find(name: SettableName): Promise<FoundSetting | undefined> {
      const sql = `SELECT name, value, updated_at, updated_by FROM ${table} WHERE name = ?`;
      return (await db.query<FoundSetting>(sql, [name]))[0];
    },

    /** @throws Error when the value was edited, moved, or sealed under an unknown key */
    open: ({ name, value }: SealedSetting): string => vault.open(value, place(name)),

    async put({ name, value, by }: NewValue): Promise<void> {
      const row = [name, vault.seal(value, place(name)), db.now(), by];
      const onConflict = { keys: ['name'], update: columns.slice(1) };
      await insertRows(db, { table, columns, onConflict }, [row]);
    },

    /** @returns whether there was one */
    remove: async (name: SettableName): Promise<boolean> =>
      (await db.execute(`DELETE FROM ${table} WHERE name = ?`, [name])) > 0,
  };
}
