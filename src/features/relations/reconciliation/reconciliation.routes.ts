import { get, post, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import type { Runs } from '../../../jobs';
import { runPage, runView } from '../../../jobs/jobs.schema';
import type { Differences } from './differences';
import {
  differencePage,
  differenceParam,
  differenceQuery,
  differenceView,
  startReconciliation,
  startSync,
} from './reconciliation.schema';

const listRuns = listQuery({});

export const reconciliationRoutes = ({ runs, differences }: { runs: Runs; differences: Differences }): Route[] => [
  post(
    '/sync-runs',
    {
      can: 'sync:start',
      about: 'Read everything, or one part, from WeCom',
      body: startSync,
      returns: runView,
      status: 202,
    },
    ({ body, viewer }) => runs.start('sync', body, viewer.name),
  ),
  get(
    '/sync-runs',
    { can: 'runs:read', about: 'Syncs, newest first', query: listRuns, returns: runPage },
    ({ query }) => runs.list({ ...query, kind: 'sync' }),
  ),
  get('/sync-runs/:id', { can: 'runs:read', about: 'One sync', params: idParam, returns: runView }, ({ params }) =>
    runs.get(params.id),
  ),
  post(
    '/reconciliation-runs',
    {
      can: 'reconciliation:start',
      about: 'Compare our copy with WeCom and explain every difference',
      body: startReconciliation,
      returns: runView,
      status: 202,
    },
    ({ viewer }) => runs.start('reconciliation', {}, viewer.name),
  ),
  get(
    '/reconciliation-runs',
    { can: 'runs:read', about: 'Reconciliations, newest first', query: listRuns, returns: runPage },
    ({ query }) => runs.list({ ...query, kind: 'reconciliation' }),
  ),
  get(
    '/reconciliation-runs/:id',
    { can: 'runs:read', about: 'One reconciliation', params: idParam, returns: runView },
    ({ params }) => runs.get(params.id),
  ),
  get(
    '/reconciliation-runs/:id/differences',
    {
      can: 'reconciliation:read',
      about: 'What a reconciliation found',
      params: idParam,
      query: differenceQuery,
      returns: differencePage,
    },
    ({ params, query, viewer }) => differences.list({ ...query, runId: params.id }, viewer),
  ),
  get(
    '/differences',
    {
      can: 'reconciliation:read',
      about: 'Differences of all reconciliations, newest first',
      query: differenceQuery,
      returns: differencePage,
    },
    ({ query, viewer }) => differences.list(query, viewer),
  ),
  post(
    '/differences/:id/accept',
    {
      can: 'reconciliation:start',
      about: 'Say that what vanished of a member at once is really lost: the next reconciliation treats it as such',
      params: differenceParam,
      returns: differenceView,
    },
    ({ params, viewer, ctx }) => differences.accept(Number(params.id), { viewer, address: ctx.ip }),
  ),
];
