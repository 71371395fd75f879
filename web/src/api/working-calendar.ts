import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type WorkingCalendar = Schemas['WorkingCalendar'];
export type CalendarVersion = Schemas['WorkingCalendarVersion'];
/** What a version says, and nothing of the public holidays. */
export type CalendarRules = Pick<CalendarVersion, 'weekdays' | 'make_up_hours' | 'days'>;
export type Weekday = keyof CalendarRules['weekdays'];

/** When the company works. */
export const useWorkingCalendar = () => api.useQuery('get', '/working-calendar');
