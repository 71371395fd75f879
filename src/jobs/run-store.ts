import type { Database, Value } from '../db/database';
import { toDate, toDateOrNull } from '../db/database';
import type { Progress, RunFilter, RunState, RunView } from './run.types';
import { cutError, parseStored } from './sql';

export interface RunRow {
  id: string;
  kind: string;
  params: string;
  state: RunState;
  progress_done: number;
  progress_total: number;
  phase: string | null;
  checkpoint: string | null;
  result: string | null;
  error: string | null;
  failures: number;
  failures_in_all: number | null;
  failed_at: string | null;
  version: number;
  requested_by: string;
  cancel_requested: boolean | number;
  created_at: unknown;
  started_at: unknown;
  finished_at: unknown;
}

export interface Outcome {
  state: 'succeeded' | 'failed' | 'cancelled';
  result?: unknown;
  error?: string;
}

export interface RunFailure {
  /** Hash of the checkpoint; null: there is none yet. */
  at: string | null;
  /** In a row at that checkpoint. */
  failures: number;
  inAll: number;
}

export const isFinal = (state: RunState): boolean => state !== 'queued' && state !== 'running';

const shown = `id, kind, params, state, progress_done, progress_total, phase, result, error, failures, failures_in_all, failed_at, version,
  requested_by, cancel_requested, created_at, started_at, finished_at`;
const active = "state IN ('queued', 'running')";

export type RunStore = ReturnType<typeof createRunStore>;

/** Hears of the end of a run, in the transaction that ends it. */
export type RunEnded = (run: Pick<RunView, 'id' | 'kind' | 'state'>) => Promise<void>;

/** The statements on runs. */
export function createRunStore(db: Database, ended: RunEnded = async () => undefined) {
  const reads = runReads(db);
  const writes = runWrites(db);
  const ending =
    <A extends unknown[]>(change: (id: string, ...more: A) => Promise<boolean>) =>
    (id: string, ...more: A): Promise<boolean> =>
      db.transact(async () => {
        if (!(await change(id, ...more))) return false;
        const run = await reads.find(id);
        if (run) await ended({ id, kind: run.kind, state: run.state });
        return true;
      });
  return { ...reads, ...writes, finish: ending(writes.finish), cancelQueued: ending(writes.cancelQueued) };
}

function runReads(db: Database) {
  return {
    async find(id: string): Promise<RunRow | undefined> {
      const [row] = await db.query<RunRow>(`SELECT ${shown} FROM run WHERE id = ?`, [id]);
      return row;
    },

    async checkpoint(id: string): Promise<string | null> {
      const [row] = await db.query<Pick<RunRow, 'checkpoint'>>('SELECT checkpoint FROM run WHERE id = ?', [id]);
      return row?.checkpoint ?? null;
    },

    async activeOf(key: string): Promise<string | undefined> {
      const [row] = await db.query<Pick<RunRow, 'id'>>('SELECT id FROM run WHERE active_key = ?', [key]);
      return row?.id;
    },

    async cancelRequested(id: string): Promise<boolean> {
      const [row] = await db.query('SELECT id FROM run WHERE id = ? AND cancel_requested = ?', [id, true]);
      return row !== undefined;
    },

    list({ kind, state, limit }: RunFilter, before: Value | undefined): Promise<RunRow[]> {
      const conditions: [sql: string, value: Value | undefined][] = [
        ['kind = ?', kind],
        ['state = ?', state],
        ['id < ?', before],
      ];
      const used = conditions.filter((condition): condition is [string, Value] => condition[1] !== undefined);
      const where = used.length === 0 ? '' : `WHERE ${used.map(([sql]) => sql).join(' AND ')}`;
      const sql = `SELECT ${shown} FROM run ${where} ORDER BY id DESC LIMIT ?`;
      return db.query<RunRow>(sql, [...used.map(([, value]) => value), limit + 1]);
    },
  };
}

/** Each visible change makes `version` grow; each tells whether it found the run in the state it needs. */
function runWrites(db: Database) {
  const change = async (set: string, values: Value[], where: string) =>
    (await db.execute(`UPDATE run SET version = version + 1, ${set} WHERE ${where}`, values)) === 1;
  return {
    begin: (id: string) =>
      change("state = 'running', started_at = COALESCE(started_at, ?)", [db.now(), id], `id = ? AND ${active}`),

    /** @returns false when the run was cancelled meanwhile */
    save: (id: string, checkpoint: string, { done, total, phase }: Progress) =>
      change(
        'checkpoint = ?, progress_done = ?, progress_total = ?, phase = ?',
        [checkpoint, done, total, phase ?? null, id, false],
        "id = ? AND state = 'running' AND cancel_requested = ?",
      ),

    progress: (id: string, { done, total, phase }: Progress) =>
      change('progress_done = ?, progress_total = ?, phase = ?', [done, total, phase ?? null, id], 'id = ?'),

    /** Back to waiting: for a worker, or for the next try. */
    requeue: (id: string) => change("state = 'queued'", [id], "id = ? AND state = 'running'"),

    requeueFailed: (id: string, { at, failures, inAll }: RunFailure, error: string) =>
      change(
        "state = 'queued', failures = ?, failures_in_all = ?, failed_at = ?, error = ?",
        [failures, inAll, at, cutError(error), id],
        "id = ? AND state = 'running'",
      ),

    finish: (id: string, { state, result, error }: Outcome) =>
      change(
        'state = ?, result = ?, error = ?, finished_at = ?, active_key = NULL, checkpoint = NULL',
        [state, result === undefined ? null : JSON.stringify(result), error ? cutError(error) : null, db.now(), id],
        `id = ? AND ${active}`,
      ),

    cancelQueued: (id: string) =>
      change(
        "state = 'cancelled', cancel_requested = ?, finished_at = ?, active_key = NULL, checkpoint = NULL",
        [true, db.now(), id],
        "id = ? AND state = 'queued'",
      ),

    requestCancel: (id: string) =>
      change('cancel_requested = ?', [true, id, false], `id = ? AND ${active} AND cancel_requested = ?`),

    purge: (olderThan: Date) => db.execute('DELETE FROM run WHERE finished_at < ?', [olderThan]),
  };
}

export const toRunView = (row: RunRow): RunView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  progress: { done: row.progress_done, total: row.progress_total },
  phase: row.phase,
  params: parseStored(row.params),
  result: row.result === null ? null : parseStored(row.result),
  error: row.error,
  requested_by: row.requested_by,
  created_at: toDate(row.created_at).toISOString(),
  started_at: toDateOrNull(row.started_at)?.toISOString() ?? null,
  finished_at: toDateOrNull(row.finished_at)?.toISOString() ?? null,
});
