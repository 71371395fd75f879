import { hash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { faultText } from '../core/errors';
import { failpoint } from '../core/failpoints';
import type { Logger } from '../core/logger';
import type { Database } from '../db/database';
import { isPermanent, LeaseLost, pauseMs, RunCancelled } from './faults';
import type { ActiveJob, JobHandler } from './job.types';
import type { Progress, RunContext, RunDefinition } from './run.types';
import type { RunFailure, RunRow, RunStore } from './run-store';
import { isFinal } from './run-store';
import { parseStored } from './sql';

export interface RunDeps {
  db: Database;
  store: RunStore;
  logger: Logger;
  /** `changed` for watchers and `cancel` for executions in this process, both with the run's id. */
  events: EventEmitter;
}

/** Failures in a row at the same checkpoint. Each try may write others before it: what counts is where it ends. */
const mostFailures = 5;
/** Altogether: for a run that fails somewhere else each time, or whose checkpoints never repeat. */
const mostFailuresInAll = 50;
const cancelPollMs = 1000;
const progressEveryMs = 500;

export const jobKindOf = (kind: string): string => `run.${kind}`;

/** Executes runs of one kind: from the last checkpoint, until they end. */
export function runHandler<P, C, R>(deps: RunDeps, kind: string, definition: RunDefinition<P, C, R>): JobHandler {
  return {
    kind: jobKindOf(kind),
    resumable: true,
    handle: (job) => handleRun(deps, definition, job),
    async onParked(payload, error) {
      await deps.store.finish(String(payload.run_id), { state: 'failed', error });
    },
  };
}

async function handleRun<P, C, R>(deps: RunDeps, definition: RunDefinition<P, C, R>, job: ActiveJob): Promise<void> {
  const { store, events } = deps;
  const row = await store.find(String(job.payload.run_id));
  if (!row || isFinal(row.state)) return;
  if (!(await job.step(() => store.begin(row.id)))) return;
  const stop = listenForCancel(deps, row.id);
  try {
    const ctx = await context<P, C>(deps, { row, job, cancelled: stop.signal });
    const result = (await definition.execute(ctx)) ?? null;
    await job.commit(() => store.finish(row.id, { state: 'succeeded', result }));
  } catch (error) {
    await conclude(deps, { row, job, cancelled: stop.signal }, error);
  } finally {
    stop.end();
    events.emit('changed', row.id);
  }
}

interface Execution {
  row: RunRow;
  job: ActiveJob;
  cancelled: AbortSignal;
}

async function conclude({ store, logger }: RunDeps, { row, job, cancelled }: Execution, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) throw error;
  if (cancelled.aborted || error instanceof RunCancelled) {
    await job.commit(() => store.finish(row.id, { state: 'cancelled' }));
    return;
  }
  if (job.signal.aborted) {
    await job.step(() => store.requeue(row.id));
    throw error;
  }
  const failed = await countFailure(store, row.id);
  const { failures, inAll } = failed;
  const text = faultText(error);
  logger.warn('a run failed', { run: row.id, kind: row.kind, failures, in_all: inAll, error });
  if (failures >= mostFailures || inAll >= mostFailuresInAll || isPermanent(error)) {
    await job.commit(() => store.finish(row.id, { state: 'failed', error: text }));
    return;
  }
  await job.step(() => store.requeueFailed(row.id, failed, text));
  job.defer(pauseMs(error, failures));
}

async function countFailure(store: RunStore, id: string): Promise<RunFailure> {
  const [row, checkpoint] = [await store.find(id), await store.checkpoint(id)];
  const at = checkpoint === null ? null : hash('sha256', checkpoint);
  const before = row?.failed_at === at ? row.failures : 0;
  return { at, failures: before + 1, inAll: (row?.failures_in_all ?? 0) + 1 };
}

async function context<P, C>({ store, events }: RunDeps, execution: Execution): Promise<RunContext<P, C>> {
  const { row, job, cancelled } = execution;
  const stored = await store.checkpoint(row.id);
  const forward = progressFrom(row);
  let writtenAt = 0;
  const written = () => {
    writtenAt = performance.now();
    events.emit('changed', row.id);
    if (job.signal.aborted) throw job.signal.reason;
  };
  return {
    id: row.id,
    params: parseStored<P>(row.params),
    checkpoint: stored === null ? null : parseStored<C>(stored),
    signal: AbortSignal.any([job.signal, cancelled]),

    async save(checkpoint, progress, work) {
      if (cancelled.aborted) throw new RunCancelled();
      const next = forward(progress);
      await job.step(async () => {
        await work?.();
        failpoint('run.step');
        if (await store.save(row.id, JSON.stringify(checkpoint), next)) return;
        throw (await store.cancelRequested(row.id)) ? new RunCancelled() : new LeaseLost(`run ${row.id}`);
      });
      failpoint('run.saved');
      written();
    },

    async progress(progress) {
      if (cancelled.aborted) throw new RunCancelled();
      const next = forward(progress);
      if (performance.now() - writtenAt < progressEveryMs) return;
      await job.step(() => store.progress(row.id, next));
      written();
    },
  };
}

/** Progress that never goes back, not even when a resumed run counts some of its work again (E6). */
function progressFrom(row: RunRow): (next: Progress) => Progress {
  let done = row.progress_done;
  return (next) => {
    done = Math.max(done, next.done);
    return { ...next, done, total: Math.max(next.total, done) };
  };
}

/** Hears a cancel of this process at once, one of another process within a second. */
function listenForCancel({ store, events }: RunDeps, id: string): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onCancel = (cancelled: string) => {
    if (cancelled === id) controller.abort(new RunCancelled());
  };
  // A failed look is repeated by the next one.
  const look = () =>
    store.cancelRequested(id).then(
      (requested) => requested && onCancel(id),
      () => undefined,
    );
  events.on('cancel', onCancel);
  const timer = setInterval(look, cancelPollMs);
  return {
    signal: controller.signal,
    end() {
      clearInterval(timer);
      events.off('cancel', onCancel);
    },
  };
}
