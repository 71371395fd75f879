import { sleep } from '../core/clock';
import { randomToken } from '../core/ids';
import { insertRows } from '../db/bulk';
import type { Database } from '../db/database';
import { LeaseLost } from './faults';
import { isUniqueViolation } from './sql';

/** A named lease that is held: one holder in the whole fleet. */
export interface HeldLease {
  readonly name: string;
  /** Grows with each acquisition. */
  readonly token: number;
  /** @returns false when somebody else took it meanwhile */
  renew(): Promise<boolean>;
  /** Runs `work` and extends the lease in one transaction. @throws LeaseLost, and rolls back */
  step<T>(work: () => Promise<T>): Promise<T>;
  release(): Promise<void>;
}

export interface Leases {
  /** @returns null while another holder's lease lives */
  acquire(name: string, ttlMs: number): Promise<HeldLease | null>;
  /**
   * Runs `work` under the lease, extended by heart-beat; the signal aborts when it is lost.
   * @returns false when another holder has it
   */
  hold(name: string, ttlMs: number, work: (lease: HeldLease, signal: AbortSignal) => Promise<void>): Promise<boolean>;
}

/** Named leases by the database's clock (F7). */
export function createLeases({ db }: { db: Database }): Leases {
  const acquire = async (name: string, ttlMs: number) => {
    const owner = randomToken(16);
    const token = await take(db, { name, owner, ttlMs });
    return token === null ? null : heldLease(db, { name, owner, ttlMs, token });
  };
  return {
    acquire,
    async hold(name, ttlMs, work) {
      const lease = await acquire(name, ttlMs);
      if (!lease) return false;
      const ended = new AbortController();
      const lost = new AbortController();
      const heartbeat = keepAlive(lease, ttlMs, ended.signal).catch(() => lost.abort(new LeaseLost(name)));
      try {
        await work(lease, lost.signal);
      } finally {
        ended.abort();
        await heartbeat;
        await lease.release();
      }
      return true;
    },
  };
}

interface Claim {
  name: string;
  owner: string;
  ttlMs: number;
}

const until = (db: Database, ttlMs: number) => new Date(db.now().getTime() + ttlMs);

async function take(db: Database, { name, owner, ttlMs }: Claim): Promise<number | null> {
  const sql = 'UPDATE lease SET owner = ?, lease_until = ?, token = token + 1 WHERE name = ? AND lease_until < ?';
  if ((await db.execute(sql, [owner, until(db, ttlMs), name, db.now()])) === 1) {
    const [row] = await db.query<{ token: number }>('SELECT token FROM lease WHERE name = ? AND owner = ?', [
      name,
      owner,
    ]);
    return row?.token ?? null;
  }
  const known = await db.query('SELECT token FROM lease WHERE name = ?', [name]);
  if (known.length > 0) return null;
  try {
    const columns = ['name', 'owner', 'lease_until', 'token'];
    await insertRows(db, { table: 'lease', columns }, [[name, owner, until(db, ttlMs), 1]]);
    return 1;
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

function heldLease(db: Database, { name, owner, ttlMs, token }: Claim & { token: number }): HeldLease {
  const setUntil = async (at: Date) =>
    (await db.execute('UPDATE lease SET lease_until = ? WHERE name = ? AND owner = ?', [at, name, owner])) === 1;
  const renew = () => setUntil(until(db, ttlMs));
  return {
    name,
    token,
    renew,
    step: (work) =>
      db.transact(async () => {
        const value = await work();
        if (!(await renew())) throw new LeaseLost(name);
        return value;
      }),
    async release() {
      await setUntil(new Date(0));
    },
  };
}

/** Extends the lease until the signal aborts. @throws when it is lost, or when a fault outlasts it */
async function keepAlive(lease: HeldLease, ttlMs: number, signal: AbortSignal): Promise<void> {
  let fault: unknown = new LeaseLost(lease.name);
  let renewedAt = performance.now();
  while (performance.now() - renewedAt < ttlMs) {
    await sleep(ttlMs / 3, signal);
    if (signal.aborted) return;
    try {
      if (!(await lease.renew())) throw new LeaseLost(lease.name);
      renewedAt = performance.now();
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      fault = error;
    }
  }
  throw fault;
}
