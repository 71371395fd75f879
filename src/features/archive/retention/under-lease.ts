import { seconds, sleep } from '../../../core/clock';
import type { HeldLease, Leases } from '../../../jobs';

/** That of the opener, which remembers the keys of bodies as long as it has it. */
const leaseName = 'archive.open';
const leaseMs = seconds(90);

/**
 * Does something while nothing is opened; waits for the opener's turn to end.
 * @throws when the signal aborts
 */
export async function underOpenersLease(
  leases: Leases,
  signal: AbortSignal,
  work: (lease: HeldLease, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const held = await leases.hold(leaseName, leaseMs, (lease, lost) => work(lease, AbortSignal.any([signal, lost])));
    if (held) return;
    await sleep(seconds(1), signal);
  }
}

/** Overwrites what SQLite's log still holds of what was purged (S17). @returns false when a reader was in the way to the end */
export async function emptyLog(db: { emptyLog(): Promise<boolean> }, signal: AbortSignal): Promise<boolean> {
  for (let tries = 0; tries < 30 && !signal.aborted; tries++) {
    if (await db.emptyLog()) return true;
    await sleep(seconds(1), signal);
  }
  return false;
}
