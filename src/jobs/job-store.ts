import type { Database, Value } from '../db/database';
import { placeholders } from '../db/database';
import { LeaseLost } from './faults';
import type { JobState } from './job.types';
import type { Openings } from './slots';
import { cutError, isUniqueViolation } from './sql';

/** A job as a worker holds it. */
export interface ClaimedJob {
  id: number;
  kind: string;
  payload: string;
  attempts: number;
  token: number;
  /** Others may wait for it. */
  serial: boolean;
}

export interface ClaimRequest extends Openings {
  /** How many of the oldest to choose from: as many as there is room for, or more where workers compete. */
  window: number;
  admit(list: Candidate[]): Candidate[];
  owner: string;
  leaseMs: number;
}

export interface Claim {
  jobs: ClaimedJob[];
  /** Due jobs were left. */
  more: boolean;
  /** Other workers were quicker. */
  collided: boolean;
}

/** A job that is due. */
export interface Candidate {
  id: number | string;
  kind: string;
  lane: number;
  payload: string;
  attempts: number;
  token: number;
  serial_key: string | null;
}

export type JobStore = ReturnType<typeof createJobStore>;

/** Tests the state of rows found by id. A bare comparison tempts databases to walk the claim index instead. */
const is = (state: JobState): string => `COALESCE(state, '') = '${state}'`;
const mine = `WHERE id = ? AND token = ? AND ${is('running')}`;
const released = 'running_key = NULL, lease_owner = NULL, lease_until = NULL';
/**
 * The statements workers live by. Every write names the token its job was claimed with, so a worker that slept
 * through its lease changes nothing (E2). Instants come from the database's clock (F7).
 */
export function createJobStore(db: Database) {
  const from = (ms: number) => new Date(db.now().getTime() + ms);
  const fenced = async (set: string, values: Value[], job: ClaimedJob) => {
    const changed = await db.execute(`UPDATE job SET ${set} ${mine}`, [...values, job.id, job.token]);
    if (changed !== 1) throw new LeaseLost(`job ${job.id}`);
  };
  return {
    /** Leases the oldest due jobs that fit, urgent lanes first; of one serial key only the first. */
    async claim(request: ClaimRequest): Promise<Claim> {
      const found = await candidates(db, request);
      const wanted = request.admit(fromRandomPlace(firstOfEachKey(found), request.room));
      const jobs = wanted.length === 0 ? [] : await claimThem(db, request, wanted);
      return {
        jobs,
        more: found.length > jobs.length || found.length === request.window,
        collided: jobs.length < wanted.length,
      };
    },

    /** Extends the leases of one owner. @returns the ids still held */
    async extend(owner: string, ids: number[], leaseMs: number): Promise<Set<number>> {
      const where = `WHERE id IN (${placeholders(ids.length)}) AND lease_owner = ? AND ${is('running')}`;
      const set = `UPDATE job SET lease_until = ? ${where}`;
      if ((await db.execute(set, [from(leaseMs), ...ids, owner])) === ids.length) return new Set(ids);
      const rows = await db.query<{ id: number | string }>(`SELECT id FROM job ${where}`, [...ids, owner]);
      return new Set(rows.map((row) => Number(row.id)));
    },

    complete: (job: ClaimedJob) =>
      fenced(`state = 'done', finished_at = ?, error = NULL, ${released}`, [db.now()], job),

    keep: (job: ClaimedJob, leaseMs: number) => fenced('lease_until = ?', [from(leaseMs)], job),

    /** Back to the queue, due after `ms`; a counted try comes with its error. */
    release: (job: ClaimedJob, ms: number, failed?: string) =>
      failed === undefined
        ? fenced(`state = 'ready', run_at = ?, ${released}`, [from(ms)], job)
        : fenced(
            `state = 'ready', run_at = ?, attempts = attempts + 1, error = ?, ${released}`,
            [from(ms), cutError(failed)],
            job,
          ),

    park: (job: ClaimedJob, error: string) =>
      fenced(
        `state = 'parked', attempts = attempts + 1, error = ?, finished_at = ?, ${released}`,
        [cutError(error), db.now()],
        job,
      ),

    /** Jobs whose worker died or slept. */
    expired: async (kinds: string[]): Promise<ClaimedJob[]> => {
      const rows = await db.query<Candidate>(
        `SELECT id, kind, lane, payload, attempts, token, serial_key FROM job
         WHERE state = 'running' AND lease_until < ? AND kind IN (${placeholders(kinds.length)})
         LIMIT 100`,
        [db.now(), ...kinds],
      );
      return rows.map(claimed);
    },

    /** Bars the worker whose lease ran out. @returns false when somebody else did, or when it woke in time */
    async seize(job: ClaimedJob): Promise<boolean> {
      const sql = `UPDATE job SET token = token + 1 ${mine} AND lease_until < ?`;
      return (await db.execute(sql, [job.id, job.token, db.now()])) === 1;
    },
  };
}

const claimed = ({ id, kind, payload, attempts, token, serial_key }: Candidate): ClaimedJob => ({
  id: Number(id),
  kind,
  payload,
  attempts,
  token,
  serial: serial_key !== null,
});

const candidates = (db: Database, { kinds, firstLane, lastLane, window }: ClaimRequest): Promise<Candidate[]> =>
  db.query<Candidate>(
    `SELECT id, kind, lane, payload, attempts, token, serial_key FROM job
     WHERE state = 'ready' AND lane >= ? AND lane <= ? AND run_at <= ? AND kind IN (${placeholders(kinds.length)})
       AND (serial_key IS NULL OR NOT EXISTS (SELECT 1 FROM job busy WHERE busy.running_key = job.serial_key))
     ORDER BY lane, run_at, id LIMIT ?`,
    [firstLane, lastLane, db.now(), ...kinds, window],
  );

function firstOfEachKey(found: Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return found.filter(({ serial_key }) => {
    if (serial_key === null) return true;
    if (seen.has(serial_key)) return false;
    seen.add(serial_key);
    return true;
  });
}

/**
 * Begins at a random place among the jobs of the first lane, so that workers which look at the same list do not all
 * reach for its head.
 */
function fromRandomPlace(list: Candidate[], room: number): Candidate[] {
  const equals = list.filter(({ lane }) => lane === list[0]?.lane).length;
  return list.slice(Math.floor(Math.random() * Math.max(1, equals - room + 1)));
}

/** All in one statement; one by one when another worker was quicker with one of the serial keys. */
async function claimThem(db: Database, request: ClaimRequest, wanted: Candidate[]): Promise<ClaimedJob[]> {
  try {
    return await db.transact(() => claimTogether(db, request, wanted));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const jobs: ClaimedJob[] = [];
  for (const one of wanted) {
    try {
      jobs.push(...(await db.transact(() => claimTogether(db, request, [one]))));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  return jobs;
}

async function claimTogether(db: Database, request: ClaimRequest, wanted: Candidate[]): Promise<ClaimedJob[]> {
  const ids = wanted.map(({ id }) => id);
  const inList = `id IN (${placeholders(ids.length)})`;
  const until = new Date(db.now().getTime() + request.leaseMs);
  const changed = await db.execute(
    `UPDATE job SET state = 'running', running_key = serial_key, dedupe_key = NULL, token = token + 1,
       lease_owner = ?, lease_until = ? WHERE ${inList} AND ${is('ready')}`,
    [request.owner, until, ...ids],
  );
  if (changed === 0) return [];
  const jobs = wanted.map((row) => ({ ...claimed(row), token: row.token + 1 }));
  if (changed === wanted.length) return jobs;
  const held = await db.query<{ id: number | string; token: number }>(
    `SELECT id, token FROM job WHERE ${inList} AND lease_owner = ? AND ${is('running')}`,
    [...ids, request.owner],
  );
  const tokens = new Map(held.map((row) => [Number(row.id), row.token]));
  return jobs.filter((job) => tokens.get(job.id) === job.token);
}
