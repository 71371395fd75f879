import { get, put, type Route } from '../../../http/route';
import { listQuery } from '../../../http/schema';
import { calendarBody, calendarVersions, calendarView } from './calendar.schema';
import type { CalendarService } from './calendar.service';

export const calendarRoutes = ({ calendar }: { calendar: CalendarService }): Route[] => [
  get('/working-calendar', { can: 'self', about: 'When the company works', returns: calendarView }, () =>
    calendar.view(),
  ),
  put(
    '/working-calendar',
    {
      ...{ can: 'settings:write', about: 'Say when the company works; it counts from now on' },
      ...{ body: calendarBody, returns: calendarView },
    },
    ({ body, viewer, ctx }) => calendar.change(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/working-calendar/versions',
    {
      ...{ can: 'settings:read', about: 'When the company worked, as it was once said, newest first' },
      ...{ query: listQuery({}), returns: calendarVersions },
    },
    ({ query }) => calendar.versions(query),
  ),
];
