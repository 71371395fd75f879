export { LeaseLost } from './faults';
export type {
  ActiveJob,
  JobCounts,
  JobFilter,
  JobHandler,
  JobQueue,
  JobState,
  JobView,
  Json,
  JsonObject,
  Lane,
  NewJob,
  WakeChannel,
} from './job.types';
export { jobEntities } from './jobs.entity';
export { createLeases, type HeldLease, type Leases } from './lease';
export { createJobQueue } from './queue';
export type { Progress, RunContext, RunDefinition, RunEvent, RunFilter, RunState, Runs, RunView } from './run.types';
export type { RunEnded } from './run-store';
export { createRuns } from './runs';
export { createScheduler, type ScheduledWork, type Scheduler, type ScheduleView, scheduled } from './scheduler';
export { createWorker, type JobWorker, type WorkerOptions } from './worker';
