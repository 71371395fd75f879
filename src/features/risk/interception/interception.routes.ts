import type { Context } from 'koa';
import type { Viewer } from '../../../http/permissions';
import { del, get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { By } from '../../kernel/approvals';
import {
  changedInterception,
  interceptionPage,
  interceptionQuery,
  interceptionView,
  newInterception,
  openedInterception,
} from './interception.schema';
import type { InterceptionService } from './interception.service';

const can = 'rules:manage';
const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const interceptionRoutes = ({ interception }: { interception: InterceptionService }): Route[] => [
  get(
    '/interception-rules',
    {
      ...{ can: 'rules:read', about: 'Interception rules at WeCom: ours, and those of others' },
      ...{ query: interceptionQuery, returns: interceptionPage },
    },
    ({ query }) => interception.list(query),
  ),
  get(
    '/interception-rules/:id',
    {
      ...{ can: 'rules:read', about: 'One interception of ours, and what somebody else made of its rules' },
      ...{ params: idParam, returns: openedInterception },
    },
    ({ params }) => interception.get(params.id),
  ),
  post(
    '/interception-rules',
    {
      ...{ can, about: 'Have WeCom’s clients intercept the words of a list', body: newInterception },
      ...{ returns: interceptionView, status: 201 },
    },
    ({ body, ...who }) => interception.create(body, byOf(who)),
  ),
  put(
    '/interception-rules/:id',
    {
      ...{ can, about: 'Change whom an interception holds for, and how', params: idParam },
      ...{ body: changedInterception, returns: interceptionView },
    },
    ({ params, body, ...who }) => interception.change(params.id, body, byOf(who)),
  ),
  del(
    '/interception-rules/:id',
    { can, about: 'Take an interception of ours back', params: idParam, returns: runView, status: 202 },
    ({ params, ...who }) => interception.remove(params.id, byOf(who)),
  ),
  post(
    '/interception-rules/:id/pushes',
    { can, about: 'Write it to WeCom again, as it is ours', params: idParam, returns: runView, status: 202 },
    ({ params, ...who }) => interception.push(params.id, byOf(who)),
  ),
];
