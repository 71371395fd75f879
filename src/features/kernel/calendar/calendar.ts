import { days, hours, minutes } from '../../../core/clock';

/** Times of day as they are written down: `09:00`, Shanghai time. `to` is not included and may be `24:00`. */
export interface Interval {
  from: string;
  to: string;
}

/** Days that are not like their weekday, both ends included. No hours: nobody works. */
export interface SpecialDays {
  from: string;
  to: string;
  name: string;
  hours: readonly Interval[];
}

/** When a company works. Of special days that overlap the last counts. */
export interface Timetable {
  /** Sunday first. */
  weekdays: readonly (readonly Interval[])[];
  special: readonly SpecialDays[];
}

export interface WorkingCalendar {
  isWorkingTime(at: Date): boolean;
  /** 0 where `to` lies before `from`. */
  workingMsBetween(from: Date, to: Date): number;
  /** When so much has been worked since `from`; `from` itself for nothing. */
  addWorkingMs(from: Date, ms: number): Date;
}

/** Shanghai knows no summer time. */
const offsetMs = hours(8);
/** The first of January 1970 was a Thursday. */
const firstWeekday = 4;

/** Days since 1970, by the calendar of Shanghai. */
const dayOf = (at: number): number => Math.floor((at + offsetMs) / days(1));
const beginningOf = (day: number): number => day * days(1) - offsetMs;
/** The day of `2026-02-14`. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(date) / days(1));

/** `09:30` in minutes. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** From when to when, in milliseconds of the day. */
type Span = readonly [from: number, until: number];

const spansOf = (intervals: readonly Interval[]): Span[] =>
  intervals
    .map(({ from, to }): Span => [minutes(minuteOf(from)), minutes(minuteOf(to))])
    .sort(([one], [other]) => one - other);

function specialSpans(special: Timetable['special']): Map<number, Span[]> {
  const found = new Map<number, Span[]>();
  for (const { from, to, hours: worked } of special) {
    const spans = spansOf(worked);
    for (let day = dayNumber(from); day <= dayNumber(to); day++) found.set(day, spans);
  }
  return found;
}

/**
 * Counts in working time. At least one weekday must have hours, or nothing would ever come to an end; intervals of a
 * day do not overlap.
 */
export function workingCalendar({ weekdays, special }: Timetable): WorkingCalendar {
  const usual = weekdays.map(spansOf);
  const unusual = specialSpans(special);

  /** The hours of a day as instants. */
  function spansOn(day: number): Span[] {
    const spans = unusual.get(day) ?? usual[(day + firstWeekday) % 7] ?? [];
    const midnight = beginningOf(day);
    return spans.map(([from, until]) => [midnight + from, midnight + until]);
  }

  return {
    isWorkingTime(at) {
      const time = at.getTime();
      return spansOn(dayOf(time)).some(([from, until]) => from <= time && time < until);
    },

    workingMsBetween(from, to) {
      const [start, end] = [from.getTime(), to.getTime()];
      let worked = 0;
      for (let day = dayOf(start); day <= dayOf(end); day++) {
        for (const [opens, closes] of spansOn(day)) {
          worked += Math.max(0, Math.min(closes, end) - Math.max(opens, start));
        }
      }
      return worked;
    },

    addWorkingMs(from, ms) {
      const start = from.getTime();
      let left = ms;
      for (let day = dayOf(start); left > 0; day++) {
        for (const [opens, closes] of spansOn(day)) {
          const begins = Math.max(opens, start);
          const worked = Math.max(0, closes - begins);
          if (left <= worked) return new Date(begins + left);
          left -= worked;
        }
      }
      return from;
    },
  };
}
