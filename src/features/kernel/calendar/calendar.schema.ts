import { z } from 'zod';
import { instant, page } from '../../../http/schema';
import { dayNumber, type Interval, minuteOf } from './calendar';

const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time such as 09:00')
  .openapi({ description: 'Shanghai time' });

const interval = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => minuteOf(from) < minuteOf(to), { path: ['to'], message: 'ends before it begins' });

/** Whether no two of these share more than an end. */
function areApart(spans: readonly (readonly [from: number, to: number])[]): boolean {
  const sorted = [...spans].sort(([one], [other]) => one - other);
  return sorted.every(([from], i) => i === 0 || from >= (sorted[i - 1]?.[1] ?? 0));
}

const minutesOf = ({ from, to }: Interval) => [minuteOf(from), minuteOf(to)] as const;

const hours = z
  .array(interval)
  .max(8)
  .refine((list) => areApart(list.map(minutesOf)), 'these hours overlap');

const ownDays = z
  .strictObject({
    ...{ from: z.iso.date(), to: z.iso.date(), name: z.string().trim().min(1).max(50) },
    hours: hours.openapi({ description: 'none: nobody works' }),
  })
  .refine(({ from, to }) => dayNumber(from) <= dayNumber(to), { path: ['to'], message: 'ends before it begins' })
  .refine(({ from, to }) => dayNumber(to) - dayNumber(from) < 60, { path: ['to'], message: 'at most 60 days' });

const weekdays = z
  .strictObject({
    ...{ monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
    ...{ saturday: hours, sunday: hours },
  })
  .refine((week) => Object.values(week).some((list) => list.length > 0), 'somebody must work some day');

const rules = {
  weekdays,
  make_up_hours: hours.openapi({ description: 'of a day off that is worked for a public holiday' }),
  days: z
    .array(ownDays)
    .max(200)
    .refine((list) => areApart(list.map(({ from, to }) => [dayNumber(from), dayNumber(to) + 1])), 'these days overlap')
    .openapi({ description: 'days of the company itself; they count before public holidays' }),
};
export const calendarRules = z.strictObject(rules);
export type CalendarRules = z.output<typeof calendarRules>;

export const calendarBody = z.strictObject({ ...rules, version: z.number().int().min(0) });
export type CalendarBody = z.output<typeof calendarBody>;

const changed = { changed_at: instant.nullable(), changed_by: z.string().nullable() };

export const calendarView = z
  .object({
    ...rules,
    version: z.number().openapi({ description: '0: nobody has changed it yet' }),
    ...changed,
    public_years: z.array(z.number()).openapi({ description: 'years whose public holidays are known' }),
    public_days: z.array(
      z.object({ from: z.iso.date(), to: z.iso.date(), name: z.string(), works: z.boolean() }).openapi({
        description: 'public holidays, and the days off worked in exchange',
      }),
    ),
  })
  .openapi('WorkingCalendar');
export type CalendarView = z.input<typeof calendarView>;

const calendarVersion = z.object({ ...rules, version: z.number(), ...changed }).openapi('WorkingCalendarVersion');
export type CalendarVersionView = z.input<typeof calendarVersion>;
export const calendarVersions = page(calendarVersion);
