import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull } from '../../../db/database';

export interface BackupRow {
  name: string;
  taken_at: Date;
  size: number;
  rows: number;
  verified_at: Date | null;
  ok: boolean;
  kept: boolean;
}

export interface RestorationRow {
  id: number;
  backup: string;
  taken_at: Date;
  restored_at: Date;
  run_id: string | null;
  resumed_at: Date | null;
}

const columns = ['name', 'taken_at', 'size', 'row_count', 'verified_at', 'ok', 'kept'];

export type BackupStore = ReturnType<typeof createBackupStore>;

/** The rows of `backup`, `recovery_key` and `restoration`. */
export const createBackupStore = (db: Database) => ({ ...backupRows(db), ...recoveryRows(db), ...restorationRows(db) });

function backupRows(db: Database) {
  return {
    async put({ rows, ...row }: BackupRow): Promise<void> {
      const values = [row.name, row.taken_at, row.size, rows, row.verified_at, row.ok, row.kept];
      const onConflict = { keys: ['name'], update: columns.slice(1) };
      await insertRows(db, { table: 'backup', columns, onConflict }, [values]);
    },

    /** Newest first. */
    async newest(limit: number, before?: Date): Promise<BackupRow[]> {
      const rows = await db.query<Record<string, unknown>>(
        `SELECT ${columns.join(', ')} FROM backup ${before ? 'WHERE taken_at < ?' : ''} ORDER BY taken_at DESC LIMIT ?`,
        before ? [before, limit] : [limit],
      );
      return rows.map(toBackup);
    },

    async newestGood(): Promise<Date | null> {
      const sql = 'SELECT taken_at FROM backup WHERE ok = ? ORDER BY taken_at DESC LIMIT 1';
      const [row] = await db.query<{ taken_at: unknown }>(sql, [true]);
      return toDateOrNull(row?.taken_at);
    },

    remove: (name: string) => db.execute('DELETE FROM backup WHERE name = ?', [name]),

    async startedAt(): Promise<Date | null> {
      const [row] = await db.query<{ created_at: unknown }>('SELECT created_at FROM deployment');
      return toDateOrNull(row?.created_at);
    },
  };
}

function recoveryRows(db: Database) {
  return {
    addRecoveryKey: (publicKey: string) =>
      insertRows(db, { table: 'recovery_key', columns: ['public_key', 'created_at'] }, [[publicKey, db.now()]]),

    async recoveryKeySince(): Promise<Date | null> {
      const [row] = await db.query<{ at: unknown }>('SELECT MAX(created_at) AS at FROM recovery_key');
      return toDateOrNull(row?.at);
    },
  };
}

function restorationRows(db: Database) {
  return {
    async lastRestoration(): Promise<RestorationRow | null> {
      const [row] = await db.query<Record<string, unknown>>(
        'SELECT id, backup, taken_at, restored_at, run_id, resumed_at FROM restoration ORDER BY id DESC LIMIT 1',
      );
      return row ? toRestoration(row) : null;
    },

    /** @returns false when somebody else was quicker */
    claimReconciliation: async (id: number, runId: string): Promise<boolean> =>
      (await db.execute('UPDATE restoration SET run_id = ? WHERE id = ? AND run_id IS NULL', [runId, id])) === 1,

    /** @returns how many were waiting for it */
    resume: (by: string) =>
      db.execute('UPDATE restoration SET resumed_at = ?, resumed_by = ? WHERE resumed_at IS NULL', [db.now(), by]),
  };
}

const toBackup = (row: Record<string, unknown>): BackupRow => ({
  name: String(row.name),
  taken_at: toDate(row.taken_at),
  size: Number(row.size),
  rows: Number(row.row_count),
  verified_at: toDateOrNull(row.verified_at),
  ok: Boolean(row.ok),
  kept: Boolean(row.kept),
});

const toRestoration = (row: Record<string, unknown>): RestorationRow => ({
  id: Number(row.id),
  backup: String(row.backup),
  taken_at: toDate(row.taken_at),
  restored_at: toDate(row.restored_at),
  run_id: row.run_id === null ? null : String(row.run_id),
  resumed_at: toDateOrNull(row.resumed_at),
});
