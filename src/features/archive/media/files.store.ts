import { randomBytes } from 'node:crypto';
import type { Vault } from '../../../core/vault';
import { type Database, toDate, type Value } from '../../../db/database';
import type { ArchiveFile, FileState } from './media.entity';

/** A file that is to be fetched now. */
export interface DueFile {
  id: string;
  /** What WeCom calls it by. */
  fileId: string;
  toldSize: number | null;
  toldMd5: string | null;
  attempts: number;
  deadline: Date;
  /** Seals its slices. */
  draftKey: Buffer;
  progress: Progress;
}

/** What lies in the draft, and what WeCom wants to hear for the next slice. */
export interface Progress {
  resume: string;
  slices: number;
  bytes: number;
}

export const fromTheStart: Progress = { resume: '', slices: 0, bytes: 0 };

interface Later {
  attempts: number;
  nextAt: Date;
  fault: string;
  startOver: boolean;
}

export type FileStore = ReturnType<typeof createFileStore>;

const place = (column: string, id: string) => ({ table: 'archive_file', column, id });
const noDraft = 'resume = NULL, slices = 0, bytes = 0, draft_key = NULL';

/** How far each file has come. */
export function createFileStore({ db, vault }: { db: Database; vault: Vault }) {
  const toDue = (row: ArchiveFile): DueFile => ({
    id: row.id,
    fileId: vault.open(row.sealed, place('sealed', row.id)),
    toldSize: row.told_size === null ? null : Number(row.told_size),
    toldMd5: row.told_md5,
    attempts: row.attempts,
    deadline: toDate(row.deadline_at),
    draftKey: row.draft_key ? Buffer.from(vault.open(row.draft_key, place('draft_key', row.id)), 'base64') : newKey(),
    progress:
      row.draft_key && row.resume ? { resume: row.resume, slices: row.slices, bytes: Number(row.bytes) } : fromTheStart,
  });

  const change = async (id: string, set: string, values: Value[]): Promise<void> =>
    void (await db.execute(`UPDATE archive_file SET ${set} WHERE id = ? AND state = 'pending'`, [...values, id]));

  return {
    /** Those to be tried now, the one WeCom drops next first. */
    async due(limit: number): Promise<DueFile[]> {
      const rows = await db.query<ArchiveFile>(
        "SELECT * FROM archive_file WHERE state = 'pending' AND next_at <= ? ORDER BY deadline_at, id LIMIT ?",
        [db.now(), limit],
      );
      return rows.map(toDue);
    },

    /** Gives up what WeCom keeps no longer. What the last try said stays with it. @returns how many */
    expire: (): Promise<number> =>
      db.execute(
        `UPDATE archive_file SET state = 'expired', fault = COALESCE(fault, 'deadline'), ended_at = ?, ${noDraft}
         WHERE state = 'pending' AND deadline_at <= ?`,
        [db.now(), db.now()],
      ),

    /** To be called once the slices are durable. */
    advance: ({ id, draftKey }: DueFile, { resume, slices, bytes }: Progress): Promise<void> =>
      change(id, 'resume = ?, slices = ?, bytes = ?, draft_key = ?', [
        ...[resume, slices, bytes],
        vault.seal(draftKey.toString('base64'), place('draft_key', id)),
      ]),

    postpone: (id: string, { attempts, nextAt, fault, startOver }: Later): Promise<void> =>
      change(id, `attempts = ?, next_at = ?, fault = ?${startOver ? `, ${noDraft}` : ''}`, [attempts, nextAt, fault]),

    end: (id: string, state: Exclude<FileState, 'pending' | 'stored'>, fault: string): Promise<void> =>
      change(id, `state = ?, fault = ?, ended_at = ?, ${noDraft}`, [state, fault, db.now()]),

    /** Files whose drafts are still of use. */
    async withDrafts(): Promise<Set<string>> {
      const sql = "SELECT id FROM archive_file WHERE state = 'pending' AND draft_key IS NOT NULL";
      return new Set((await db.query<{ id: string }>(sql)).map(({ id }) => id));
    },

    /** How many files stand in each state. */
    async counts(): Promise<Record<FileState, number>> {
      const rows = await db.query<{ state: FileState; files: unknown }>(
        'SELECT state, COUNT(*) AS files FROM archive_file GROUP BY state',
      );
      return countsIn(rows);
    },

    /** The same of the files of messages with ids in this range, both ends included; each as often as it is referred to. */
    async countsOf({ from, to }: { from: number; to: number }): Promise<Record<FileState, number>> {
      const rows = await db.query<{ state: FileState; files: unknown }>(
        `SELECT f.state, COUNT(*) AS files FROM archive_attachment a JOIN archive_file f ON f.id = a.file_id
         WHERE a.message_id BETWEEN ? AND ? GROUP BY f.state`,
        [from, to],
      );
      return countsIn(rows);
    },
  };
}

const countsIn = (rows: { state: FileState; files: unknown }[]): Record<FileState, number> => {
  const none = { stored: 0, pending: 0, expired: 0, failed: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, files }) => [state, Number(files)])) };
};

const newKey = (): Buffer => randomBytes(32);
