import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sleep } from '../core/clock';
import { workContext } from '../core/context';
import { failpoint } from '../core/failpoints';
import { newId, randomToken } from '../core/ids';
import type { Logger } from '../core/logger';
import type { Database } from '../db/database';
import { Bell } from './bell';
import { backoffMs } from './faults';
import { type Commit, createCommit } from './group-commit';
import { HeldJob } from './held-job';
import type { JobHandler, JobQueue, Lane } from './job.types';
import { lanes as allLanes } from './job.types';
import { type ClaimedJob, createJobStore, type JobStore } from './job-store';
import { reap, settleFailure } from './settle';
import { createSlots, type Slots } from './slots';

export interface WorkerOptions {
  db: Database;
  queue: JobQueue;
  handlers: JobHandler[];
  logger: Logger;
  /** Jobs at once; defaults to 16. */
  concurrency?: number;
  /** Neighbours in the order of urgency; defaults to all. */
  lanes?: Lane[];
  /** How long a job stays with a worker that gives no sign of life; defaults to 30. */
  leaseSeconds?: number;
}

export interface JobWorker {
  start(): void;
  /**
   * Claims nothing more and waits up to `graceMs` for what is under way; what is left then is interrupted and given
   * back without counting a try (F9).
   */
  stop(options?: { graceMs?: number }): Promise<void>;
}

const pollMs = 1000;
const widestWindow = 128;
const longestOutagePauseMs = 5000;
/** How long an interrupted handler may take to notice. */
const interruptMs = 2000;

/** A worker of the table driver. Several may run in one process, and any number in the fleet. */
export const createWorker = (options: WorkerOptions): JobWorker => new TableWorker(options);

class TableWorker implements JobWorker {
  readonly #owner = `${hostname().slice(0, 32)}.${process.pid}.${randomToken(6)}`;
  readonly #store: JobStore;
  readonly #commit: Commit;
  readonly #handlers: Map<string, JobHandler>;
  readonly #slots: Slots;
  readonly #leaseMs: number;
  readonly #held = new Map<HeldJob, Promise<void>>();
  readonly #bell = new Bell();
  /** Due jobs were seen that nobody could take yet. */
  #backlog = false;
  /** How many times more jobs than needed to choose from; grows while other workers are quicker. */
  #spread = 1;
  #stopping = false;
  #reapAt = 0;
  #loop: Promise<void> = Promise.resolve();
  #stopListening: () => void = () => undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerOptions) {
    this.#store = createJobStore(options.db);
    this.#commit = createCommit(options.db);
    this.#handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
    const { handlers, lanes = allLanes, concurrency = 16 } = options;
    this.#slots = createSlots({ handlers, lanes, concurrency });
    this.#leaseMs = (options.leaseSeconds ?? 30) * 1000;
  }

  start(): void {
    this.#stopListening = this.options.queue.onWake(() => this.#bell.ring());
    this.#heartbeat = setInterval(() => void this.#renew(), this.#leaseMs / 3);
    this.#loop = this.#run();
  }

  async stop({ graceMs = 15_000 }: { graceMs?: number } = {}): Promise<void> {
    this.#stopping = true;
    this.#stopListening();
    this.#bell.ring();
    await this.#loop;
    for (const job of this.#held.keys()) if (job.handler.resumable) job.interrupt('shutdown');
    await this.#drain(graceMs);
    for (const job of this.#held.keys()) job.interrupt('shutdown');
    await this.#drain(interruptMs);
    clearInterval(this.#heartbeat);
    await Promise.all([...this.#held.keys()].map((job) => this.#giveBack(job)));
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      try {
        await this.#reap();
        while (!this.#stopping && (await this.#fill()));
        failures = 0;
        await this.#bell.wait(pollMs * (0.75 + Math.random() / 2));
        // Jobs of one commit end together: with all their slots free, one claim fills them.
        await nextTurn();
      } catch (error) {
        failures++;
        this.options.logger.warn('the job worker cannot use the database', { failures, error });
        await this.#bell.wait(Math.min(longestOutagePauseMs, 500 + backoffMs(failures)));
      }
    }
  }

  /** Takes back the jobs of dead workers, once per poll at most. */
  async #reap(): Promise<void> {
    const now = performance.now();
    if (now < this.#reapAt) return;
    await reap({ ...this.options, store: this.#store }, this.#handlers);
    this.#reapAt = now + pollMs / 2;
  }

  /** Claims what fits. @returns whether it is worth looking again at once */
  async #fill(): Promise<boolean> {
    const running = [...this.#held.keys()].map(({ claimed }) => claimed.kind);
    const openings = this.#slots.openings(running);
    this.#backlog = openings?.partial ?? true;
    if (!openings) return false;
    const { jobs, more, collided } = await this.#store.claim({
      ...openings,
      window: Math.min(openings.room * this.#spread, widestWindow),
      admit: (list) => this.#slots.admit(list, running),
      owner: this.#owner,
      leaseMs: this.#leaseMs,
    });
    failpoint('job.claimed');
    this.#backlog ||= more;
    if (collided) this.#spread = Math.min(widestWindow, this.#spread * 2);
    else if (jobs.length > 0) this.#spread = Math.max(1, this.#spread - 1);
    for (const job of jobs) this.#begin(job);
    return collided || (more && jobs.length > 0);
  }

  #begin(claimed: ClaimedJob): void {
    const handler = this.#handlers.get(claimed.kind);
    if (!handler) return;
    const deps = { db: this.options.db, store: this.#store, commit: this.#commit, leaseMs: this.#leaseMs };
    const job = new HeldJob(claimed, handler, deps);
    this.#held.set(
      job,
      this.#work(job).finally(() => {
        this.#held.delete(job);
        if (this.#backlog || claimed.serial) this.#bell.ring();
      }),
    );
  }

  /** Never rejects: what cannot be written now is left to the lease to run out. */
  async #work(job: HeldJob): Promise<void> {
    try {
      await workContext.run({ traceId: newId() }, () => job.handler.handle(job));
      if (!job.done) await job.commit(async () => undefined);
    } catch (error) {
      await this.#guard(job, () => settleFailure({ ...this.options, store: this.#store }, job, error));
    }
  }

  async #guard(job: HeldJob, settle: () => Promise<void>): Promise<void> {
    try {
      await settle();
    } catch (error) {
      this.options.logger.warn('a job could not be settled and waits for its lease to run out', {
        job: job.id,
        kind: job.claimed.kind,
        error,
      });
    }
  }

  /** The heart-beat: one statement for all jobs; whoever lost a lease is told to stop. */
  async #renew(): Promise<void> {
    const jobs = [...this.#held.keys()];
    if (jobs.length === 0) return;
    try {
      const kept = await this.#store.extend(
        this.#owner,
        jobs.map((job) => job.id),
        this.#leaseMs,
      );
      for (const job of jobs) if (!kept.has(job.id) && this.#held.has(job) && !job.done) job.interrupt('lost');
    } catch (error) {
      this.options.logger.warn('the leases of running jobs could not be extended', { jobs: jobs.length, error });
    }
  }

  async #drain(ms: number): Promise<void> {
    if (this.#held.size === 0) return;
    const drained = new AbortController();
    const all = Promise.all(this.#held.values()).then(() => drained.abort());
    await Promise.race([all, sleep(ms, drained.signal)]);
  }

  /** A handler that does not notice the shutdown: its late write is refused, another worker goes on at once. */
  #giveBack(job: HeldJob): Promise<void> {
    job.interrupt('lost');
    this.#held.delete(job);
    return this.#guard(job, () => this.#store.release(job.claimed, 0));
  }
}
