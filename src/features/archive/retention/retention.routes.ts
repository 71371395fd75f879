import { get, post, put, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import type { Runs } from '../../../jobs';
import { runPage, runView } from '../../../jobs/jobs.schema';
import type { Retention } from './retention.feature';
import {
  changedRule,
  erasurePage,
  erasureQuery,
  newRule,
  purgePage,
  purgeQuery,
  ruleList,
  ruleView,
  startRetention,
} from './retention.schema';

interface Services {
  retention: Retention;
  runs: Runs;
}

const can = 'archive:hold';
const kind = 'archive-retention';

export const retentionRoutes = ({ retention, runs }: Services): Route[] => [
  get(
    '/archive/retention-rules',
    { can, about: 'How long messages are kept, oldest rule first', query: listQuery({}), returns: ruleList },
    ({ query }) => retention.rules.list(query),
  ),
  post(
    '/archive/retention-rules',
    {
      ...{ can, about: 'A new retention rule; answered with APPROVAL_REQUIRED, as a second person must agree' },
      ...{ freshFactor: true, body: newRule, returns: ruleView },
    },
    ({ body }) => retention.rules.set(body),
  ),
  put(
    '/archive/retention-rules/:id',
    {
      ...{ can, about: 'Change a retention rule; answered with APPROVAL_REQUIRED, as a second person must agree' },
      ...{ freshFactor: true, params: idParam, body: changedRule, returns: ruleView },
    },
    ({ params, body }) => retention.rules.set({ ...body, id: params.id }),
  ),
  post(
    '/archive/retention-runs',
    {
      ...{ can, about: 'Count what is due, or purge it: for that a second person must agree (APPROVAL_REQUIRED)' },
      ...{ body: startRetention, returns: runView, status: 202 },
    },
    ({ body, viewer, ctx }) => retention.runs.start(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/archive/retention-runs',
    { can, about: 'Dry runs and purges, newest first, with their reports', query: listQuery({}), returns: runPage },
    ({ query }) => runs.list({ ...query, kind }),
  ),
  get(
    '/archive/purges',
    {
      can,
      about: 'Tombstones: who purged what, by whose leave and why, newest first',
      query: purgeQuery,
      returns: purgePage,
    },
    ({ query }) => retention.purges(query),
  ),
  get(
    '/archive/erasures',
    {
      ...{ can, about: 'People whose conversations were to be forgotten, and what a hold still keeps of them' },
      ...{ query: erasureQuery, returns: erasurePage },
    },
    ({ query }) => retention.erasures.list(query),
  ),
];
