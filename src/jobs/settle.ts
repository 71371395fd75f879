import { faultText } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Database } from '../db/database';
import { isPermanent, JobDeferred, LeaseLost, pauseMs } from './faults';
import type { HeldJob } from './held-job';
import type { JobHandler } from './job.types';
import type { ClaimedJob, JobStore } from './job-store';

/** Beyond this a job is parked: kept, shown, retried only by hand (I8). */
const mostTries = 8;

interface Deps {
  db: Database;
  store: JobStore;
  logger: Logger;
}

/** Decides what becomes of a job whose handler threw. */
export async function settleFailure({ db, store, logger }: Deps, job: HeldJob, error: unknown): Promise<void> {
  const { claimed, handler } = job;
  const what = { job: job.id, kind: claimed.kind };
  if (job.done) return void logger.error('a job failed after its commit', { ...what, error });
  if (job.lost || error instanceof LeaseLost) return void logger.warn('a job was taken over by another worker', what);
  if (error instanceof JobDeferred) return store.release(claimed, error.ms);
  if (job.signal.aborted) return store.release(claimed, 0);
  if (isPermanent(error) || job.attempt >= mostTries) {
    logger.error('a job is parked', { ...what, error });
    return park({ db, store }, claimed, handler, faultText(error));
  }
  logger.warn('a job failed and will be tried again', { ...what, attempt: job.attempt, error });
  return store.release(claimed, pauseMs(error, job.attempt), faultText(error));
}

/** Puts the jobs of dead or sleeping workers back. @returns how many */
export async function reap(deps: Deps, handlers: Map<string, JobHandler>): Promise<number> {
  if (handlers.size === 0) return 0;
  let reaped = 0;
  for (const job of await deps.store.expired([...handlers.keys()])) {
    const handler = handlers.get(job.kind);
    if (handler && (await takeBack(deps, job, handler))) reaped++;
  }
  return reaped;
}

function takeBack({ db, store, logger }: Deps, job: ClaimedJob, handler: JobHandler): Promise<boolean> {
  const why = 'its worker died or was stopped';
  return db.transact(async () => {
    if (!(await store.seize(job))) return false;
    const seized = { ...job, token: job.token + 1 };
    logger.warn('a job is taken back', { job: job.id, kind: job.kind, why });
    if (handler.resumable) await store.release(seized, 0);
    else if (job.attempts + 1 >= mostTries) await park({ db, store }, seized, handler, why);
    else await store.release(seized, 0, why);
    return true;
  });
}

/** The hook sees the same transaction: an inbox event is never parked in one table and pending in the other. */
function park({ db, store }: Pick<Deps, 'db' | 'store'>, job: ClaimedJob, handler: JobHandler, error: string) {
  return db.transact(async () => {
    await store.park(job, error);
    await handler.onParked?.(JSON.parse(job.payload), error, { id: job.id, kind: job.kind });
  });
}
