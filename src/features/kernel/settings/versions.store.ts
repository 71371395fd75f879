import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, type Value } from '../../../db/database';
import type { ChangeKind } from './settings.entity';

/** A change as it is written. */
export interface NewVersion {
  name: string;
  version: number;
  kind: ChangeKind;
  /** Null: from here on it is not set. */
  value: string | null;
  restoredFrom?: number | undefined;
  at: Date;
  by: string;
}

/** A change as it is read, with the one before it. */
export interface VersionRow {
  id: number;
  name: string;
  version: number;
  kind: ChangeKind;
  value: string | null;
  fingerprint: string | null;
  restored_from: number | null;
  changed_at: Date;
  changed_by: string;
  previous_value: string | null;
  previous_fingerprint: string | null;
  newest: number;
}

interface Wanted {
  name?: string | undefined;
  /** Counter of the row that was shown last. */
  before?: number | undefined;
  limit: number;
}

const table = 'setting_version';
const columns = ['name', 'version', 'kind', 'value', 'fingerprint', 'restored_from', 'changed_at', 'changed_by'];
/** Bound to setting and version: the value of one does not open as another (S13). */
const place = (name: string, version: number) => ({ table, column: 'value', id: `${name} ${version}` });

export type VersionStore = ReturnType<typeof createVersionStore>;

/** The rows of `setting_version`. */
export function createVersionStore({ db, vault }: { db: Database; vault: Vault }) {
  const fingerprintOf = (name: string, value: string) => vault.fingerprint(`setting ${name}`, value).slice(0, 12);

  return {
    fingerprintOf,

    /** The newest version of each setting that ever changed. */
    async newest(): Promise<Map<string, number>> {
      const sql = `SELECT name, MAX(version) AS version FROM ${table} GROUP BY name`;
      const rows = await db.query<{ name: string; version: unknown }>(sql);
      return new Map(rows.map(({ name, version }) => [name, Number(version)]));
    },

    /** 0 for a setting that never changed. */
    async newestOf(name: string): Promise<number> {
      const sql = `SELECT MAX(version) AS version FROM ${table} WHERE name = ?`;
      const [row] = await db.query<{ version: unknown }>(sql, [name]);
      return Number(row?.version ?? 0);
    },

    /** @throws a unique violation when the version is there already */
    async add({ name, version, kind, value, restoredFrom, at, by }: NewVersion): Promise<void> {
      const sealed = value === null ? null : vault.seal(value, place(name, version));
      const fingerprint = value === null ? null : fingerprintOf(name, value);
      const row: Value[] = [name, version, kind, sealed, fingerprint, restoredFrom ?? null, at, by];
      await insertRows(db, { table, columns }, [row]);
    },

    /** Newest first. */
    async list({ name, before, limit }: Wanted): Promise<VersionRow[]> {
      const parts = [name === undefined ? [] : ['v.name = ?'], before === undefined ? [] : ['v.id < ?']].flat();
      const rows = await db.query<VersionRow>(
        `SELECT v.*, p.value AS previous_value, p.fingerprint AS previous_fingerprint,
           (SELECT MAX(m.version) FROM ${table} m WHERE m.name = v.name) AS newest
         FROM ${table} v LEFT JOIN ${table} p ON p.name = v.name AND p.version = v.version - 1
         ${parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : ''} ORDER BY v.id DESC LIMIT ?`,
        [...(name === undefined ? [] : [name]), ...(before === undefined ? [] : [before]), limit],
      );
      return rows.map((row) => ({
        ...row,
        id: Number(row.id),
        newest: Number(row.newest),
        changed_at: toDate(row.changed_at),
      }));
    },

    async find(name: string, version: number): Promise<{ value: string | null } | undefined> {
      const sql = `SELECT value FROM ${table} WHERE name = ? AND version = ?`;
      return (await db.query<{ value: string | null }>(sql, [name, version]))[0];
    },

    /** @throws Error when the value was edited, moved, or sealed under an unknown key */
    open: (name: string, version: number, sealed: string): string => vault.open(sealed, place(name, version)),
  };
}
