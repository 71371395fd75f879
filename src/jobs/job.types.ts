import type { Page } from '../core/paging';

export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** In order of urgency: welcome codes, clicks of people who wait, events, everything that can wait. */
export const lanes = ['urgent', 'click', 'event', 'bulk'] as const;
export type Lane = (typeof lanes)[number];
export type JobState = 'ready' | 'running' | 'done' | 'parked';

export interface NewJob {
  /** Names the handler. */
  kind: string;
  lane: Lane;
  /** Ids only, never personal data; at most 2,000 characters of JSON. */
  payload: JsonObject;
  /** Jobs that share it run one after another, whichever worker takes them (I5). */
  serialKey?: string;
  /** Not added while a job with this key waits for its first try. */
  dedupeKey?: string;
  runAt?: Date;
}

export interface JobView {
  id: number;
  kind: string;
  lane: Lane;
  state: JobState;
  payload: JsonObject;
  /** Tries that failed. */
  attempts: number;
  error: string | null;
  run_at: string;
  created_at: string;
  finished_at: string | null;
}

export interface JobFilter {
  state?: JobState | undefined;
  kind?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface JobCounts {
  ready: number;
  running: number;
  parked: number;
  /** Age of the job that has been due longest; null when none is due. */
  oldest_ready_seconds: number | null;
}

export interface JobQueue {
  /** Joins the caller's transaction when one is open. @throws RangeError when a payload is too long */
  add(jobs: NewJob[]): Promise<void>;
  /** Tells the workers to look at once. Losing a wake costs at most a second: they also poll. */
  wake(): void;
  /** @returns a function that ends the subscription */
  onWake(listener: () => void): () => void;
  /** Newest first. */
  list(filter: JobFilter): Promise<Page<JobView>>;
  /** Gives a parked job its tries back. @throws job.not_parked */
  retry(id: number): Promise<void>;
  counts(): Promise<JobCounts>;
  /** Deletes done jobs in chunks. @returns how many */
  purge(olderThan: Date): Promise<number>;
}

/** What a handler is given. */
export interface ActiveJob {
  readonly id: number;
  readonly payload: JsonObject;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the process stops. Hand it to everything that waits. */
  readonly signal: AbortSignal;
  /**
   * Runs `work` and marks the job done in one transaction.
   * @throws LeaseLost, and rolls back, when another worker took over (E2)
   */
  commit<T>(work: () => Promise<T>): Promise<T>;
  /** The same without ending the job: for checkpoints. Extends the lease. @throws LeaseLost */
  step<T>(work: () => Promise<T>): Promise<T>;
  /** Gives the job back for `ms` milliseconds without counting a try. Throws; let it pass. */
  defer(ms: number): never;
}

export interface JobHandler {
  kind: string;
  /**
   * When it returns without `commit` the worker marks the job done. A thrown error counts a try; `permanent: true` on
   * the error parks the job at once, `retryAfterMs` sets the pause.
   */
  handle(job: ActiveJob): Promise<void>;
  /** Called inside the transaction that parks the job. */
  onParked?(payload: JsonObject, error: string, job: { id: number; kind: string }): Promise<void>;
  /** The most jobs of this kind at once in one worker. */
  concurrency?: number;
  /** Goes on where it stopped: a dead worker does not count as a try, and a shutdown interrupts it at once. */
  resumable?: boolean;
}

/** How workers hear of new jobs: in the process by default, through Redis with the BullMQ driver. */
export interface WakeChannel {
  publish(): void;
  subscribe(listener: () => void): () => void;
}
