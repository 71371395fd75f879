import type { Page } from '../core/paging';
import type { JobHandler, JsonObject, Lane } from './job.types';

export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A run as the API shows it. */
export interface RunView {
  id: string;
  kind: string;
  state: RunState;
  progress: { done: number; total: number };
  phase: string | null;
  params: JsonObject;
  result: unknown;
  error: string | null;
  requested_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** One change of a run; `id` grows, so a reader that was cut off can go on from the last one it saw. */
export interface RunEvent {
  id: number;
  run: RunView;
}

export interface Progress {
  done: number;
  total: number;
  phase?: string;
}

export interface RunContext<P, C> {
  readonly id: string;
  readonly params: P;
  /** What the last committed step saved; null at the first start. */
  readonly checkpoint: C | null;
  /** Aborted by cancel, shutdown or a lost lease. Hand it to everything that waits. */
  readonly signal: AbortSignal;
  /**
   * Applies `work` and stores checkpoint and progress in one fenced transaction. Progress never goes back (E6).
   * @throws RunCancelled, LeaseLost; let both pass
   */
  save(checkpoint: C, progress: Progress, work?: () => Promise<void>): Promise<void>;
  /** Shows progress between checkpoints; written at most twice a second. @throws LeaseLost */
  progress(progress: Progress): Promise<void>;
}

export interface RunDefinition<P, C, R> {
  /** Defaults to `bulk`. */
  lane?: Lane;
  /** At most one run of this kind is queued or running; a second start is answered with `run.in_progress`. */
  exclusive?: boolean;
  /** Runs that share it execute one after another; a later one stays queued. */
  serialKey?: string;
  /**
   * Must go on from `ctx.checkpoint`: it is called again after a crash, a shutdown or a failure.
   * Five failures in a row at one checkpoint, or fifty altogether, end the run as failed; one whose error says
   * `permanent: true` ends it at once.
   */
  execute(ctx: RunContext<P, C>): Promise<R>;
}

export interface RunFilter {
  kind?: string | undefined;
  state?: RunState | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface Runs {
  /** Names a kind of long work. Call before `handlers()`. */
  define<P extends JsonObject, C, R>(kind: string, definition: RunDefinition<P, C, R>): void;
  /** What a worker needs to execute every kind defined so far. */
  handlers(): JobHandler[];
  /** Stores the run and its job in one transaction. @throws run.in_progress (409, with `details.id`) */
  start(kind: string, params: JsonObject, requestedBy: string): Promise<RunView>;
  /** @throws run.not_found */
  get(id: string): Promise<RunView>;
  /** Newest first. */
  list(filter: RunFilter): Promise<Page<RunView>>;
  /** A queued run is cancelled at once, a running one within two seconds; a finished one stays as it is. */
  cancel(id: string): Promise<RunView>;
  /** Every change after `since`, ending with the final state. Works whichever process executes the run. */
  watch(id: string, options?: { since?: number; signal?: AbortSignal }): AsyncGenerator<RunEvent>;
  /** @returns how many finished runs were deleted */
  purge(olderThan: Date): Promise<number>;
}
