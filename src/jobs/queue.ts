import { EventEmitter } from 'node:events';
import { failpoint } from '../core/failpoints';
import { counterIn, toPage } from '../core/paging';
import { insertRows } from '../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../db/database';
import { jobError } from './faults';
import type { JobCounts, JobFilter, JobQueue, JobState, JobView, NewJob, WakeChannel } from './job.types';
import { lanes } from './job.types';
import { parseStored } from './sql';

const columns = [
  'kind',
  'lane',
  'serial_key',
  'dedupe_key',
  'payload',
  'state',
  'run_at',
  'attempts',
  'token',
  'created_at',
];
const longestPayload = 2000;
const purgeChunk = 1000;
/** A wake sent from inside a transaction would come before the rows can be seen, so it is repeated a little later. */
const afterCommitMs = [5, 50];

/** The table driver: rows in the database are the truth, wakes only save waiting for the next poll. */
export function createJobQueue({ db, wakes = localWakes() }: { db: Database; wakes?: WakeChannel }): JobQueue {
  const wake = () => wakes.publish();
  return {
    wake,
    onWake: (listener) => wakes.subscribe(listener),
    list: (filter) => listJobs(db, filter),
    counts: () => countJobs(db),
    purge: (olderThan) => purgeJobs(db, olderThan),

    async add(jobs) {
      const now = db.now();
      const rows = jobs.map((job) => toRow(job, now));
      const onConflict = jobs.some((job) => job.dedupeKey !== undefined)
        ? { onConflict: { keys: ['dedupe_key'] } }
        : {};
      await insertRows(db, { table: 'job', columns, ...onConflict }, rows);
      failpoint('job.added');
      wake();
      if (db.inTransaction) for (const ms of afterCommitMs) setTimeout(wake, ms).unref();
    },

    async retry(id) {
      const set = "state = 'ready', attempts = 0, run_at = ?, finished_at = NULL";
      const changed = await db.execute(`UPDATE job SET ${set} WHERE id = ? AND state = 'parked'`, [db.now(), id]);
      if (changed !== 1) throw jobError('not_parked', { id });
      wake();
    },
  };
}

/** Reaches the workers of this process; those of others poll. */
function localWakes(): WakeChannel {
  const bell = new EventEmitter().setMaxListeners(0);
  return {
    publish: () => void bell.emit('wake'),
    subscribe(listener) {
      bell.on('wake', listener);
      return () => bell.off('wake', listener);
    },
  };
}

function toRow(job: NewJob, now: Date): Value[] {
  const payload = JSON.stringify(job.payload);
  if (payload.length > longestPayload) {
    throw new RangeError(
      `the payload of a ${job.kind} job has ${payload.length} characters, more than ${longestPayload}`,
    );
  }
  return [
    job.kind,
    lanes.indexOf(job.lane),
    job.serialKey ?? null,
    job.dedupeKey ?? null,
    payload,
    'ready',
    job.runAt ?? now,
    0,
    0,
    now,
  ];
}

interface JobRow {
  id: number | string;
  kind: string;
  lane: number;
  state: JobState;
  payload: string;
  attempts: number;
  error: string | null;
  run_at: unknown;
  created_at: unknown;
  finished_at: unknown;
}

const toView = (row: JobRow): JobView => ({
  id: Number(row.id),
  kind: row.kind,
  lane: lanes[row.lane] ?? 'bulk',
  state: row.state,
  payload: parseStored(row.payload),
  attempts: row.attempts,
  error: row.error,
  run_at: toDate(row.run_at).toISOString(),
  created_at: toDate(row.created_at).toISOString(),
  finished_at: toDateOrNull(row.finished_at)?.toISOString() ?? null,
});

async function listJobs(db: Database, { state, kind, limit, cursor }: JobFilter) {
  const conditions: [sql: string, value: Value | undefined][] = [
    ['state = ?', state],
    ['kind = ?', kind],
    ['id < ?', cursor === undefined ? undefined : counterIn(cursor)],
  ];
  const used = conditions.filter((condition): condition is [string, Value] => condition[1] !== undefined);
  const where = used.length === 0 ? '' : `WHERE ${used.map(([sql]) => sql).join(' AND ')}`;
  const rows = await db.query<JobRow>(
    `SELECT id, kind, lane, state, payload, attempts, error, run_at, created_at, finished_at
     FROM job ${where} ORDER BY id DESC LIMIT ?`,
    [...used.map(([, value]) => value), limit + 1],
  );
  return toPage(rows, limit, (row) => [Number(row.id)], toView);
}

async function countJobs(db: Database): Promise<JobCounts> {
  const rows = await db.query<{ state: JobState; jobs: number | string }>(
    "SELECT state, COUNT(*) AS jobs FROM job WHERE state IN ('ready', 'running', 'parked') GROUP BY state",
  );
  const count = (state: JobState) => Number(rows.find((row) => row.state === state)?.jobs ?? 0);
  const [oldest] = await db.query<{ due: unknown }>("SELECT MIN(run_at) AS due FROM job WHERE state = 'ready'");
  const due = toDateOrNull(oldest?.due);
  const now = db.now();
  return {
    ready: count('ready'),
    running: count('running'),
    parked: count('parked'),
    oldest_ready_seconds: due && due <= now ? Math.floor((now.getTime() - due.getTime()) / 1000) : null,
  };
}

/** A job is never due after it is done, so the claim index finds the old ones. */
async function purgeJobs(db: Database, olderThan: Date): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await db.query<{ id: number | string }>(
      `SELECT id FROM job WHERE state = 'done' AND lane IN (0, 1, 2, 3) AND run_at < ? AND finished_at < ? LIMIT ?`,
      [olderThan, olderThan, purgeChunk],
    );
    if (rows.length === 0) return deleted;
    const ids = rows.map(({ id }) => id);
    deleted += await db.execute(`DELETE FROM job WHERE id IN (${placeholders(ids.length)})`, ids);
  }
}
