import type { Context } from 'koa';
import { z } from 'zod';
import type { Viewer } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { approvalPage, approvalQuery, approvalView, decisionBody, newApproval, outcome } from './approvals.schema';
import type { ApprovalService, By } from './approvals.service';

const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const approvalRoutes = ({ approvals }: { approvals: ApprovalService }): Route[] => [
  get(
    '/approvals',
    { can: 'self', about: 'Acts that need a second person, newest first', query: approvalQuery, returns: approvalPage },
    ({ query, viewer }) => approvals.list(query, viewer),
  ),
  get(
    '/approvals/:id',
    { can: 'self', about: 'One request for a second person', params: idParam, returns: approvalView },
    ({ params, viewer }) => approvals.get(params.id, viewer),
  ),
  post(
    '/approvals',
    {
      can: 'self',
      about: 'Ask a second person for what was answered with APPROVAL_REQUIRED',
      freshFactor: true,
      body: newApproval,
      returns: approvalView,
      status: 201,
    },
    ({ body, ...who }) => approvals.ask(body, byOf(who)),
  ),
  post(
    '/approvals/:id/decide',
    {
      can: 'self',
      about: 'Approve or refuse, as somebody else than the requester',
      freshFactor: true,
      params: idParam,
      body: decisionBody,
      returns: approvalView,
    },
    ({ params, body, ...who }) => approvals.decide(params.id, body, byOf(who)),
  ),
  post(
    '/approvals/:id/withdraw',
    { can: 'self', about: 'Take back what I asked for', params: idParam, returns: z.null(), status: 204 },
    async ({ params, ...who }) => {
      await approvals.withdraw(params.id, byOf(who));
      return null;
    },
  ),
  post(
    '/approvals/:id/execute',
    {
      can: 'self',
      about: 'Carry out what was approved, once',
      freshFactor: true,
      params: idParam,
      returns: outcome,
    },
    async ({ params, ...who }) => {
      const result = await approvals.execute(params.id, byOf(who));
      return { result: result && { ...result } };
    },
  ),
];
