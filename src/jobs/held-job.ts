import { failpoint } from '../core/failpoints';
import type { Database } from '../db/database';
import { JobDeferred } from './faults';
import type { Commit } from './group-commit';
import type { ActiveJob, JobHandler } from './job.types';
import type { ClaimedJob, JobStore } from './job-store';
import { parseStored } from './sql';

/** A job while a worker works on it: what the handler sees, and whether it is settled or lost. */
export class HeldJob implements ActiveJob {
  readonly #abort = new AbortController();
  readonly payload: ActiveJob['payload'];
  #done = false;
  #lost = false;

  constructor(
    readonly claimed: ClaimedJob,
    readonly handler: JobHandler,
    private readonly deps: { db: Database; store: JobStore; commit: Commit; leaseMs: number },
  ) {
    this.payload = parseStored(claimed.payload);
  }

  get id(): number {
    return this.claimed.id;
  }

  get attempt(): number {
    return this.claimed.attempts + 1;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Marked done by its own `commit`. */
  get done(): boolean {
    return this.#done;
  }

  /** Another worker has it. */
  get lost(): boolean {
    return this.#lost;
  }

  async commit<T>(work: () => Promise<T>): Promise<T> {
    const { store, commit } = this.deps;
    const result = await commit(async () => {
      const value = await work();
      await store.complete(this.claimed);
      failpoint('job.before-commit');
      return value;
    });
    this.#done = true;
    failpoint('job.committed');
    return result;
  }

  step<T>(work: () => Promise<T>): Promise<T> {
    const { db, store, leaseMs } = this.deps;
    return db.transact(async () => {
      const value = await work();
      await store.keep(this.claimed, leaseMs);
      return value;
    });
  }

  defer(ms: number): never {
    throw new JobDeferred(ms);
  }

  interrupt(reason: 'lost' | 'shutdown'): void {
    this.#lost ||= reason === 'lost';
    this.#abort.abort(new Error(reason === 'lost' ? 'the lease of the job is lost' : 'the process stops'));
  }
}
