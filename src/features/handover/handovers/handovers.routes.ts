import type { Context } from 'koa';
import type { Viewer } from '../../../http/permissions';
import { get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { By } from '../../kernel/approvals';
import type { HandoverService } from './handovers';
import {
  assigned,
  assignments,
  changedHandover,
  handoverPage,
  handoverQuery,
  handoverView,
  itemPage,
  itemParam,
  itemQuery,
  itemStory,
  newHandover,
  removal,
  removed,
  replan,
  restored,
  retried,
  retry,
  schedule,
} from './handovers.schema';

const reads = 'handovers:read';
const can = 'handovers:manage';
const params = idParam;
const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const handoverRoutes = ({ handovers }: { handovers: HandoverService }): Route[] => [
  get(
    '/handovers',
    { can: reads, about: 'Handovers, newest first', query: handoverQuery, returns: handoverPage },
    ({ query, viewer }) => handovers.plans.views.list(query, viewer),
  ),
  post(
    '/handovers',
    {
      ...{ can, about: 'Plan who takes over what from whom; with dry_run nothing is stored' },
      ...{ body: newHandover, returns: handoverView, status: 201, once: true },
    },
    ({ body, ...who }) => handovers.plans.create(body, byOf(who)),
  ),
  get(
    '/handovers/:id',
    { can: reads, about: 'One handover and what it amounts to', params, returns: handoverView },
    ({ params, viewer }) => handovers.plans.views.get(params.id, viewer),
  ),
  put(
    '/handovers/:id',
    { can, about: 'Change a draft', params, body: changedHandover, returns: handoverView },
    ({ params, body, ...who }) => handovers.plans.change(params.id, body, byOf(who)),
  ),
  post(
    '/handovers/:id/replan',
    {
      ...{ can, about: 'Decide anew who gets what of a draft; with dry_run nothing is stored' },
      ...{ params, body: replan, returns: handoverView },
    },
    ({ params, body, ...who }) => handovers.plans.replan(params.id, body, byOf(who)),
  ),
  get(
    '/handovers/:id/items',
    { can: reads, about: 'The ledger: every item and how far it is', params, query: itemQuery, returns: itemPage },
    ({ params, query, viewer }) => handovers.plans.views.items(params.id, query, viewer),
  ),
  get(
    '/handovers/:id/items/:item_id',
    { can: reads, about: 'Everything that happened to one item', params: itemParam, returns: itemStory },
    ({ params, viewer }) => handovers.plans.views.story(params.id, params.item_id, viewer),
  ),
  post(
    '/handovers/:id/assignments',
    { can, about: 'Give items of a draft to somebody else, by hand', params, body: assignments, returns: assigned },
    ({ params, body, ...who }) => handovers.plans.changes.assign(params.id, body.changes, byOf(who)),
  ),
  post(
    '/handovers/:id/removals',
    { can, about: 'Leave items out of a draft', params, body: removal, returns: removed },
    ({ params, body, ...who }) => handovers.plans.changes.remove(params.id, body, byOf(who)),
  ),
  post(
    '/handovers/:id/restorations',
    { can, about: 'Put back what was left out of a draft', params, body: removal, returns: restored },
    ({ params, body, ...who }) => handovers.plans.changes.restore(params.id, body, byOf(who)),
  ),
  post(
    '/handovers/:id/schedule',
    { can, about: 'Let it go out by itself at a time, or no longer', params, body: schedule, returns: handoverView },
    ({ params, body: { scheduled_for: at }, ...who }) =>
      handovers.plans.schedule(params.id, at === null ? null : new Date(at), byOf(who)),
  ),
  post(
    '/handovers/:id/submit',
    { can, about: 'Have WeCom hand over what is planned', params, returns: runView, status: 202 },
    ({ params, ...who }) => handovers.plans.submit(params.id, byOf(who)),
  ),
  post(
    '/handovers/:id/refresh',
    { can, about: 'Ask WeCom now how what waits ended', params, returns: runView, status: 202 },
    ({ params, ...who }) => handovers.plans.refresh(params.id, byOf(who)),
  ),
  post(
    '/handovers/:id/cancel',
    { can, about: 'Hold back what has not gone out yet', params, returns: handoverView },
    ({ params, ...who }) => handovers.plans.cancel(params.id, byOf(who)),
  ),
  post(
    '/handovers/:id/hand-back',
    {
      ...{ can, about: 'Plan to give what was taken over back to the givers who serve' },
      ...{ params, returns: handoverView, status: 201, once: true },
    },
    ({ params, ...who }) => handovers.plans.handBack(params.id, byOf(who)),
  ),
  post(
    '/handovers/:id/retries',
    { can, about: 'Try once more with those who did not arrive', params, body: retry, returns: retried },
    ({ params, body, ...who }) => handovers.plans.changes.retry(params.id, body, byOf(who)),
  ),
];
