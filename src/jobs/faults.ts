import { defineErrors } from '../core/errors';

export const jobError = defineErrors('job', {
  not_parked: [409, 'Only a parked job can be retried'],
});

export const runError = defineErrors('run', {
  in_progress: [409, 'A run of this kind is queued or running'],
  not_found: [404, 'There is no such run'],
});

/** Another worker took over: whatever was written in this transaction is rolled back. */
export class LeaseLost extends Error {
  constructor(what: string) {
    super(`the lease of ${what} is lost`);
    this.name = 'LeaseLost';
  }
}

/** Somebody cancelled the run. Thrown through `execute`, caught by the runs themselves. */
export class RunCancelled extends Error {
  constructor() {
    super('the run was cancelled');
    this.name = 'RunCancelled';
  }
}

/** Gives a job back without counting a try. */
export class JobDeferred extends Error {
  constructor(readonly ms: number) {
    super('the job was deferred');
    this.name = 'JobDeferred';
  }
}

const firstPauseMs = 1000;
const longestPauseMs = 300_000;

/** Full jitter: anything between nothing and 1 s · 2ⁿ, at most five minutes. `failures` counts from 1. */
export const backoffMs = (failures: number): number =>
  Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));

/** Whether trying again cannot help: the error says `permanent: true`. */
export const isPermanent = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'permanent' in error && error.permanent === true;

/** The pause before the next try: what the error asks for in `retryAfterMs`, or backoff. */
export function pauseMs(error: unknown, failures: number): number {
  const asked = typeof error === 'object' && error !== null && 'retryAfterMs' in error ? error.retryAfterMs : undefined;
  return typeof asked === 'number' && asked >= 0 ? asked : backoffMs(failures);
}
