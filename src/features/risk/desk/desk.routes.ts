import { get, type Route } from '../../../http/route';
import {
  customerRiskPage,
  detectorsView,
  personProfile,
  personRiskPage,
  riskQuery,
  userParam,
  weeklyReport,
  weekQuery,
} from './desk.schema';
import type { RiskDesk } from './desk.service';

export const deskRoutes = ({ riskDesk }: { riskDesk: RiskDesk }): Route[] => [
  get(
    '/detectors',
    { can: 'findings:read', about: 'How each detector does, and what it cannot see', returns: detectorsView },
    ({ viewer }) => riskDesk.detectors(viewer),
  ),
  get(
    '/risk/people',
    { can: 'findings:read', about: 'Staff by their findings', query: riskQuery, returns: personRiskPage },
    ({ query, viewer }) => riskDesk.people(query, viewer),
  ),
  get(
    '/risk/people/:userid',
    {
      can: 'findings:read',
      about: 'Findings about one of the staff, week by week. Recorded as read',
      params: userParam,
      returns: personProfile,
    },
    ({ params, viewer, ctx }) => riskDesk.person(params.userid, { viewer, address: ctx.ip }),
  ),
  get(
    '/risk/customers',
    {
      can: 'findings:read',
      about: 'External contacts by the findings about them',
      query: riskQuery,
      returns: customerRiskPage,
    },
    ({ query, viewer }) => riskDesk.customers(query, viewer),
  ),
  get(
    '/risk/weekly-report',
    {
      can: 'findings:read',
      about: 'A week of findings beside the one before',
      query: weekQuery,
      returns: weeklyReport,
    },
    ({ query, viewer }) => riskDesk.weekly(query, viewer),
  ),
];
