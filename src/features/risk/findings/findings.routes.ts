import { get, post, type Route } from '../../../http/route';
import {
  decisionBody,
  findingPage,
  findingParam,
  findingQuery,
  openedFinding,
  passages,
  todayView,
} from './findings.schema';
import type { FindingService } from './findings.service';

export const findingRoutes = ({ findings }: { findings: FindingService }): Route[] => [
  get(
    '/findings',
    { can: 'findings:read', about: 'Findings, newest first', query: findingQuery, returns: findingPage },
    ({ query, viewer }) => findings.list(query, viewer),
  ),
  get(
    '/risk/today',
    { can: 'findings:read', about: 'What waits to be judged, and what came in', returns: todayView },
    ({ viewer }) => findings.today(viewer),
  ),
  get(
    '/findings/:id',
    {
      can: 'findings:read',
      about: 'One finding with its case. Recorded as read',
      params: findingParam,
      returns: openedFinding,
    },
    ({ params, viewer, ctx }) => findings.open(params.id, { viewer, address: ctx.ip }),
  ),
  get(
    '/findings/:id/messages',
    {
      can: 'findings:read',
      about: 'What was said around the evidence of a finding. Recorded as read',
      params: findingParam,
      returns: passages,
    },
    ({ params, viewer, ctx }) => findings.messages(params.id, { viewer, address: ctx.ip }),
  ),
  post(
    '/findings/:id/decisions',
    {
      ...{
        can: 'findings:decide',
        about: 'Say what a finding is: being looked at, confirmed, none, or for somebody else',
      },
      ...{ params: findingParam, body: decisionBody, returns: openedFinding, status: 201 },
    },
    ({ params, body, viewer, ctx }) => findings.decide(params.id, body, { viewer, address: ctx.ip }),
  ),
];
