import dayjs, { type Dayjs } from 'dayjs';
import type { CalendarRules, Weekday } from '../../api/working-calendar';
import { weekdays } from './days';
import { hoursIn, hoursText } from './hours';

/** The calendar as it stands in a form: hours as text. */
export interface Fields {
  week: Record<Weekday, string>;
  makeUp: string;
  days: { range: [Dayjs, Dayjs]; name: string; hours?: string }[];
}

const eachDay = <T>(of: (day: Weekday) => T): Record<Weekday, T> =>
  Object.fromEntries(weekdays.map((day) => [day, of(day)])) as Record<Weekday, T>;

export const fieldsOf = ({ weekdays: week, make_up_hours, days }: CalendarRules): Fields => ({
  week: eachDay((day) => hoursText(week[day])),
  makeUp: hoursText(make_up_hours),
  days: days.map(({ from, to, name, hours }) => ({ range: [dayjs(from), dayjs(to)], name, hours: hoursText(hours) })),
});

const written = (day: Dayjs): string => day.format('YYYY-MM-DD');

/** @param fields whose hours were checked */
export const rulesIn = ({ week, makeUp, days }: Fields): CalendarRules => ({
  weekdays: eachDay((day) => hoursIn(week[day]) ?? []),
  make_up_hours: hoursIn(makeUp) ?? [],
  days: days
    .map(({ range: [from, to], name, hours = '' }) => ({
      ...{ from: written(from), to: written(to), name: name.trim(), hours: hoursIn(hours) ?? [] },
    }))
    .sort((a, b) => a.from.localeCompare(b.from)),
});
