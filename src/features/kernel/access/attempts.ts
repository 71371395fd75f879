import { type Clock, minutes, seconds } from '../../../core/clock';
import { sha256 } from '../../../core/ids';
import { networkOf } from '../../../core/network';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';

/** Something that may be tried only so often in a while. */
export interface Limit {
  bucket: string;
  most: number;
  /** Whether each failure makes the next try wait longer. */
  slows: boolean;
  /** 15 minutes unless given. */
  windowMs?: number;
}

interface Counter {
  failures: number;
  last_at: unknown;
  ends_at: unknown;
}

/** `name` is whatever was typed: an account that does not exist is counted like one that does. */
export const ofAccount = (what: 'password' | 'factor', name: string): Limit => ({
  bucket: `${what}:${sha256(name)}`,
  most: 5,
  slows: true,
});

export const ofAddress = (address: string): Limit => ({
  bucket: `address:${networkOf(address)}`,
  most: 30,
  slows: false,
});

export type Attempts = ReturnType<typeof createAttempts>;

const window = minutes(15);
const table = 'sign_in_attempts';

/**
 * Counters of failed attempts (S7). They stand in the database, so that all processes share them and a restart forgets
 * none. An attempt counts before it is judged: many at once pass no more often than one after the other.
 */
export function createAttempts({ db, clock }: { db: Database; clock: Clock }) {
  async function read({ bucket, windowMs = window }: Limit, now: Date): Promise<Counter> {
    const ends = new Date(now.getTime() + windowMs);
    const into = { table, columns: ['bucket', 'failures', 'last_at', 'ends_at'], onConflict: { keys: ['bucket'] } };
    // Even when the row is there, this takes its lock.
    await insertRows(db, into, [[bucket, 0, now, ends]]);
    const reopen = `UPDATE ${table} SET failures = 0, ends_at = ? WHERE bucket = ? AND ends_at <= ?`;
    await db.execute(reopen, [ends, bucket, now]);
    const [row] = await db.query<Counter>(`SELECT failures, last_at, ends_at FROM ${table} WHERE bucket = ?`, [bucket]);
    return row as Counter;
  }

  return {
    /** Counts one attempt under every limit. @returns 0, or how many milliseconds to wait; then nothing was counted */
    begin: (limits: Limit[]): Promise<number> =>
      db.transact(async () => {
        const now = clock.now();
        const counters: Counter[] = [];
        for (const limit of limits) counters.push(await read(limit, now));
        const waits = limits.map((limit, i) => openAt(limit, counters[i] as Counter) - now.getTime());
        const wait = Math.max(0, ...waits);
        if (wait > 0) return wait;
        for (const { bucket } of limits) {
          const count = `UPDATE ${table} SET failures = failures + 1, last_at = ? WHERE bucket = ?`;
          await db.execute(count, [now, bucket]);
        }
        return 0;
      }),

    /** The attempt was right: it does not count, and what is tried under the other names begins anew. */
    succeed: (limits: Limit[]): Promise<void> =>
      db.transact(async () => {
        for (const { bucket, slows } of limits) {
          const forgive = slows ? 'failures = 0' : 'failures = failures - 1';
          await db.execute(`UPDATE ${table} SET ${forgive} WHERE bucket = ? AND failures > 0`, [bucket]);
        }
        await db.execute(`DELETE FROM ${table} WHERE ends_at <= ?`, [clock.now()]);
      }),
  };
}

function openAt({ most, slows }: Limit, { failures, last_at, ends_at }: Counter): number {
  if (failures >= most) return toDate(ends_at).getTime();
  // Of two at once the later one may have been counted first: without a pause that is no reason to wait.
  if (!slows || failures <= 1) return 0;
  return toDate(last_at).getTime() + seconds(2 ** (failures - 1));
}
