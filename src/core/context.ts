import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the work going on: a request or a job. Reaches the log without being passed along. */
export interface WorkContext {
  traceId: string;
}

export const workContext = new AsyncLocalStorage<WorkContext>();
