import { get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { Rules } from './rules';
import {
  changedRule,
  dryRunParam,
  dryRunView,
  newRule,
  rulePage,
  ruleQuery,
  ruleVersions,
  ruleView,
  startRuleScan,
  switchedRule,
} from './rules.schema';

export const ruleRoutes = ({ rules }: { rules: Rules }): Route[] => [
  get(
    '/rules',
    { can: 'rules:read', about: 'Rules that messages are judged by', query: ruleQuery, returns: rulePage },
    ({ query }) => rules.book.list(query),
  ),
  post(
    '/rules',
    { can: 'rules:manage', about: 'Draft a rule', body: newRule, returns: ruleView, status: 201 },
    ({ body, viewer, ctx }) => rules.book.create(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/rules/:id',
    { can: 'rules:read', about: 'One rule, as its newest version has it', params: idParam, returns: ruleView },
    ({ params }) => rules.book.get(params.id),
  ),
  put(
    '/rules/:id',
    {
      ...{
        can: 'rules:manage',
        about: 'Change a rule. The version that is on counts until the new one is switched on',
      },
      ...{ params: idParam, body: changedRule, returns: ruleView },
    },
    ({ params, body, viewer, ctx }) => rules.book.change(params.id, body, { viewer, address: ctx.ip }),
  ),
  get(
    '/rules/:id/versions',
    { can: 'rules:read', about: 'A rule as it once was, newest first', params: idParam, returns: ruleVersions },
    ({ params }) => rules.book.versions(params.id),
  ),
  post(
    '/rules/:id/state',
    {
      ...{ can: 'rules:manage', about: 'Switch a rule on or off. What was never on must have run dry before' },
      ...{ params: idParam, body: switchedRule, returns: ruleView },
    },
    ({ params, body, viewer, ctx }) => rules.book.turn(params.id, body, { viewer, address: ctx.ip }),
  ),
  post(
    '/rules/:id/dry-runs',
    {
      ...{ can: 'rules:manage', about: 'See what the newest version would have found in the last thirty days' },
      ...{ params: idParam, returns: runView, status: 202 },
    },
    ({ params, viewer, ctx }) => rules.dryRuns.start(params.id, { viewer, address: ctx.ip }),
  ),
  get(
    '/rules/:id/dry-runs/:run',
    {
      ...{ can: 'rules:manage', about: 'A dry run and what it came to. Recorded as read' },
      ...{ params: dryRunParam, returns: dryRunView },
    },
    ({ params, viewer, ctx }) => rules.dryRuns.get(params.id, params.run, { viewer, address: ctx.ip }),
  ),
  post(
    '/rules/:id/scans',
    {
      ...{ can: 'rules:manage', about: 'Judge messages of a time by a rule that is on; findings are told to nobody' },
      ...{ params: idParam, body: startRuleScan, returns: runView, status: 202 },
    },
    ({ params, body, viewer, ctx }) => rules.scans.start(params.id, body, { viewer, address: ctx.ip }),
  ),
];
