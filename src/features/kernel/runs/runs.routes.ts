import { createSession } from 'better-sse';
import { z } from 'zod';
import { get, post, type Route, stream } from '../../../http/route';
import { idParam } from '../../../http/schema';
import type { JobQueue, Runs, Scheduler } from '../../../jobs';
import { jobPage, jobQuery, runPage, runQuery, runView, scheduleView } from '../../../jobs/jobs.schema';

export const runRoutes = ({
  runs,
  queue,
  scheduler,
}: {
  runs: Runs;
  queue: JobQueue;
  scheduler: Scheduler;
}): Route[] => [
  get('/runs', { can: 'runs:read', about: 'Runs, newest first', query: runQuery, returns: runPage }, ({ query }) =>
    runs.list(query),
  ),
  get('/runs/:id', { can: 'runs:read', about: 'One run', params: idParam, returns: runView }, ({ params }) =>
    runs.get(params.id),
  ),
  post(
    '/runs/:id/cancel',
    { can: 'runs:cancel', about: 'Ask a run to stop', params: idParam, returns: runView, status: 202 },
    ({ params }) => runs.cancel(params.id),
  ),
  stream(
    '/runs/:id/events',
    { can: 'runs:read', about: 'The progress of one run as server-sent events', params: idParam },
    async ({ params, ctx }) => {
      await runs.get(params.id);
      const since = Number(ctx.get('last-event-id')) || 0;
      ctx.respond = false;
      const session = await createSession(ctx.req, ctx.res);
      const gone = new AbortController();
      session.once('disconnected', () => gone.abort());
      for await (const { id, run } of runs.watch(params.id, { since, signal: gone.signal })) {
        session.push(run, 'run', String(id));
      }
      ctx.res.end();
    },
  ),
  get('/jobs', { can: 'runs:read', about: 'Jobs, newest first', query: jobQuery, returns: jobPage }, ({ query }) =>
    queue.list(query),
  ),
  post(
    '/jobs/:id/retry',
    {
      can: 'inbox:replay',
      about: 'Give a parked job its tries back',
      params: z.strictObject({ id: z.coerce.number().int().positive() }),
      returns: z.null(),
    },
    async ({ params }) => {
      await queue.retry(params.id);
      return null;
    },
  ),
  get(
    '/schedules',
    { can: 'runs:read', about: 'What runs by the clock', returns: z.object({ items: z.array(scheduleView) }) },
    async () => ({ items: await scheduler.list() }),
  ),
];
