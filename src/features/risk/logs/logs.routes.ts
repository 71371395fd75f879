import { get, type Route } from '../../../http/route';
import type { SecurityLogs } from './logs.feature';
import { recordPage, recordQuery, sourcesView } from './logs.schema';

const can = 'security_records:read';

export const logRoutes = ({ securityLogs: logs }: { securityLogs: SecurityLogs }): Route[] => [
  get(
    '/security-records',
    {
      ...{ can, about: 'Lines of WeCom’s logs of members, administrators, files and screens. Recorded as read' },
      ...{ query: recordQuery, returns: recordPage },
    },
    ({ query, viewer, ctx }) => logs.list(query, { viewer, address: ctx.ip }),
  ),
  get(
    '/security-records/sources',
    { can, about: 'How far each log was read, and how many callbacks were lost', returns: sourcesView },
    () => logs.sources(),
  ),
];
