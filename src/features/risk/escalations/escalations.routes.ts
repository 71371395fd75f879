import { get, type Route } from '../../../http/route';
import { escalationPage, escalationQuery } from './escalations.schema';
import type { Escalations } from './escalations.service';

export const escalationRoutes = ({ escalations }: { escalations: Escalations }): Route[] => [
  get(
    '/finding-escalations',
    {
      ...{ can: 'findings:read', about: 'Findings that nobody looked at, and who was told further up, newest first' },
      ...{ query: escalationQuery, returns: escalationPage },
    },
    ({ query, viewer }) => escalations.list(query, viewer),
  ),
];
