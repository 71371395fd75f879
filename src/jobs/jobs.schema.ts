import { z } from 'zod';
import { instant, listQuery, page } from '../http/schema';

export const runStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export const runView = z
  .object({
    id: z.string(),
    kind: z.string(),
    params: z.unknown(),
    state: z.enum(runStates),
    phase: z.string().nullable(),
    progress: z.object({ done: z.number(), total: z.number() }),
    result: z.unknown(),
    error: z.string().nullable(),
    requested_by: z.string(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .openapi('Run');

export const runQuery = listQuery({
  kind: z.string().max(64).optional(),
  state: z.enum(runStates).optional(),
});
export const runPage = page(runView);

export const jobView = z
  .object({
    id: z.number(),
    kind: z.string(),
    lane: z.enum(['urgent', 'click', 'event', 'bulk']),
    state: z.enum(['ready', 'running', 'done', 'parked']),
    attempts: z.number(),
    payload: z.unknown(),
    error: z.string().nullable(),
    run_at: instant,
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .openapi('Job');
export const jobPage = page(jobView);
export const jobQuery = listQuery({
  state: z.enum(['ready', 'running', 'done', 'parked']).optional(),
  kind: z.string().max(64).optional(),
});

export const scheduleView = z
  .object({
    name: z.string(),
    cron: z.string(),
    about: z.string(),
    last_started_at: instant.nullable(),
    last_finished_at: instant.nullable(),
    last_error: z.string().nullable(),
  })
  .openapi('Schedule');
