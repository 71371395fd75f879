import { chunksOf } from '../../../core/collections';
import { isSealed, type Place, type Vault, type WrappedKey } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDateOrNull, type Value } from '../../../db/database';
import type { SealedColumn } from './sealed-columns';

export interface DataKeyRow extends WrappedKey {
  created_at: Date;
  active_from: Date | null;
  retired_at: Date | null;
}

/** A sealed value where it stands. */
interface SealedRow {
  key: string | number;
  id: string;
  sealed: string | null;
}

interface OldRow extends SealedRow {
  sealed: string;
}

interface FreshRow extends OldRow {
  text: string;
}

/** On a server each statement is a way there and back; SQLite has none, and short statements are quick to prepare. */
const rowsPerStatement = { sqlite: 1, mysql: 50 } as const;

/** A stretch of a column: its values, and where the next stretch begins; null at the end. */
export interface Stretch {
  rows: SealedRow[];
  next: string | number | null;
}

const table = 'data_key';

export type KeyStore = ReturnType<typeof createKeyStore>;

/** The data keys, and the columns that are sealed with them. */
export function createKeyStore({ db, vault }: { db: Database; vault: Vault }) {
  return {
    /** Oldest first. */
    async keys(): Promise<DataKeyRow[]> {
      const rows = await db.query<DataKeyRow>(`SELECT * FROM ${table} ORDER BY version`);
      return rows.map((row) => ({
        version: Number(row.version),
        wrapped: row.wrapped,
        created_at: toDateOrNull(row.created_at) ?? new Date(0),
        active_from: toDateOrNull(row.active_from),
        retired_at: toDateOrNull(row.retired_at),
      }));
    },

    /** Of two who add the same version the second fails. */
    add: ({ version, wrapped }: WrappedKey, activeFrom: Date): Promise<number> =>
      insertRows(db, { table, columns: ['version', 'wrapped', 'created_at', 'active_from'] }, [
        [version, wrapped, db.now(), activeFrom],
      ]),

    /** Those before `version` seal nothing any more. The index key is none of them. */
    retireBefore: (version: number): Promise<number> =>
      db.execute(`UPDATE ${table} SET retired_at = ? WHERE version > 0 AND version < ? AND retired_at IS NULL`, [
        db.now(),
        version,
      ]),

    destroyRetiredBefore: (at: Date): Promise<number> => db.execute(`DELETE FROM ${table} WHERE retired_at < ?`, [at]),

    /** @throws Error when it was wrapped anew meanwhile */
    async rewrap(version: number, { from, to }: { from: string; to: string }): Promise<void> {
      const sql = `UPDATE ${table} SET wrapped = ? WHERE version = ? AND wrapped = ?`;
      if ((await db.execute(sql, [to, version, from])) === 0) throw new Error('the keys were wrapped by somebody else');
    },

    async count({ table: from, column }: SealedColumn): Promise<number> {
      const sql = `SELECT COUNT(*) AS n FROM ${from} WHERE ${column} IS NOT NULL`;
      return Number((await db.query<{ n: unknown }>(sql))[0]?.n);
    },

    /** The next `limit` rows in the order of the key, sealed or not: the work of a step has a bound. */
    async stretch({ table: from, column, key, id }: SealedColumn, after: Value, limit: number): Promise<Stretch> {
      const beyond = after === null ? '1 = 1' : `${key} > ?`;
      const ids = [id].flat().map((part, n) => [part, `id${n}`] as const);
      const shown = ids.map(([part, name]) => `${part} AS ${name}`).join(', ');
      const sql = `SELECT ${key} AS \`key\`, ${shown}, ${column} AS sealed FROM ${from}
        WHERE ${beyond} ORDER BY ${key} LIMIT ?`;
      const found = await db.query<SealedRow & Record<string, unknown>>(sql, after === null ? [limit] : [after, limit]);
      const rows = found.map((row) => ({
        key: row.key,
        sealed: row.sealed,
        id: ids.map(([, name]) => String(row[name])).join(' '),
      }));
      return { rows, next: rows.length < limit ? null : (rows.at(-1)?.key ?? null) };
    },

    /**
     * Seals with the current key what is sealed with another. A row that somebody changed meanwhile is left alone: they
     * sealed it with the current one. What cannot be opened stays as it is.
     */
    async sealAnew(column: SealedColumn, rows: SealedRow[]): Promise<{ sealed: number; unreadable: number }> {
      const old = rows.filter(isOld);
      const fresh = old.flatMap((row) => {
        const text = freshOf(placeOf(column, row.id), row.sealed);
        return text === undefined ? [] : [{ ...row, text }];
      });
      let sealed = 0;
      for (const part of chunksOf(fresh, rowsPerStatement[db.dialect])) sealed += await replace(column, part);
      return { sealed, unreadable: old.length - fresh.length };
    },
  };

  function replace({ table: of, column, key }: SealedColumn, rows: FreshRow[]): Promise<number> {
    const cases = rows.map(() => `WHEN ${key} = ? THEN ?`).join(' ');
    const where = rows.map(() => `(${key} = ? AND ${column} = ?)`).join(' OR ');
    const sql = `UPDATE ${of} SET ${column} = CASE ${cases} ELSE ${column} END WHERE ${where}`;
    const texts = rows.flatMap((row) => [row.key, row.text]);
    return db.execute(sql, [...texts, ...rows.flatMap((row) => [row.key, row.sealed])]);
  }

  function isOld(row: SealedRow): row is OldRow {
    return row.sealed !== null && isSealed(row.sealed) && !row.sealed.startsWith(`v${vault.current}.`);
  }

  /** @returns undefined for a value that was edited or moved */
  function freshOf(place: Place, sealed: string): string | undefined {
    try {
      return vault.seal(vault.open(sealed, place), place);
    } catch {
      return undefined;
    }
  }
}

const placeOf = ({ table: of, column, boundTo }: SealedColumn, id: string): Place => ({
  table: of,
  column: boundTo ?? column,
  id,
});
