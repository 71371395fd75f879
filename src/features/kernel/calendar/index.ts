import { WorkingCalendarVersion } from './calendar.entity';
import { calendarRoutes } from './calendar.routes';

export const calendarFeature = {
  name: 'calendar',
  entities: [WorkingCalendarVersion],
  routes: calendarRoutes,
};
export type { WorkingCalendar } from './calendar';
export { type CalendarService, createCalendarService } from './calendar.service';
