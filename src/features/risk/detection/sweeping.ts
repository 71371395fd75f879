import { minutes } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { HeldLease, JobHandler, JobQueue, Leases } from '../../../jobs';
import type { FindingService } from '../findings';
import type { Ground, Sweep } from './detector';
import type { DetectorRunStore } from './runs.store';

interface Deps {
  db: Database;
  logger: Pick<Logger, 'error'>;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  ground: Ground;
  findings: Pick<FindingService, 'raise' | 'explain'>;
  runs: DetectorRunStore;
  sweeps: readonly Sweep[];
}

const kind = 'risk.sweep';
const leaseMs = 120_000;
/** Findings to a transaction. */
const step = 50;

export type Sweeping = ReturnType<typeof createSweeping>;

/** Lets every sweep run when it is due, one after another. One process in the whole fleet; one that fails stops no other. */
export function createSweeping({ db, logger, queue, leases, ground, findings, runs, sweeps }: Deps) {
  async function run(lease: HeldLease, sweep: Sweep, signal: AbortSignal): Promise<void> {
    const startedAt = db.now();
    const detector = sweep.code;
    try {
      const { drafts, lookedAt, unseen, explained = [] } = await sweep.sweep(ground);
      let found = 0;
      for (let at = 0; at < drafts.length; at += step) {
        signal.throwIfAborted();
        found += await lease.step(() => findings.raise(sweep, drafts.slice(at, at + step)));
      }
      for (let at = 0; at < explained.length; at += step) {
        signal.throwIfAborted();
        await lease.step(() => findings.explain(sweep, explained.slice(at, at + step)));
      }
      await runs.add({ detector, startedAt, lookedAt, found, unseen });
    } catch (error) {
      signal.throwIfAborted();
      logger.error('a detector failed', { detector, error });
      await runs.add({ detector, startedAt, lookedAt: 0, found: 0, fault: messageOf(error) });
    }
  }

  async function work(lease: HeldLease, signal: AbortSignal): Promise<void> {
    const last = await runs.lastGood();
    for (const sweep of sweeps) {
      signal.throwIfAborted();
      const due = (last.get(sweep.code)?.getTime() ?? 0) + minutes(sweep.every);
      if (due <= db.now().getTime()) await run(lease, sweep, signal);
    }
  }

  return {
    async wake(): Promise<void> {
      await queue.add([{ kind, lane: 'bulk', payload: {}, dedupeKey: kind }]);
    },

    handler: (): JobHandler => ({
      kind,
      resumable: true,
      concurrency: 1,
      handle: async ({ signal: stopping }) => {
        await leases.hold(kind, leaseMs, (lease, signal) => work(lease, AbortSignal.any([signal, stopping])));
      },
    }),
  };
}
