interface Interval {
  from: string;
  to: string;
}

/** As they stand in a week. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** What a calendar says, as far as days depend on it. */
interface Calendar {
  weekdays: Record<(typeof weekdays)[number], Interval[]>;
  make_up_hours: Interval[];
  days: readonly (Interval & { name: string; hours: Interval[] })[];
  public_days: readonly (Interval & { name: string; works: boolean })[];
}

/** own: a day of the company. made_up: a day off that is worked for a public holiday. */
export type DayKind = 'own' | 'holiday' | 'made_up' | 'work' | 'off';

export interface Day {
  /** 2026-11-20. */
  day: string;
  kind: DayKind;
  /** Of the holiday; none of an ordinary day. */
  name: string | undefined;
  hours: Interval[];
}

/** Monday is 0. Calendar days are counted without any zone. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const covers =
  (day: string) =>
  ({ from, to }: Interval): boolean =>
    from <= day && day <= to;

/** Days of the company count before public holidays, and these before the week. */
export function dayIn(calendar: Calendar, day: string): Day {
  const own = calendar.days.find(covers(day));
  if (own) return { day, kind: 'own', name: own.name, hours: own.hours };
  const known = calendar.public_days.find(covers(day));
  if (known?.works) return { day, kind: 'made_up', name: known.name, hours: calendar.make_up_hours };
  if (known) return { day, kind: 'holiday', name: known.name, hours: [] };
  const hours = calendar.weekdays[weekdays[weekdayOf(day)] ?? 'monday'];
  return { day, kind: hours.length > 0 ? 'work' : 'off', name: undefined, hours };
}

export interface Month {
  /** 2026-11. */
  month: string;
  /** How many places stay empty before the first. */
  lead: number;
  days: string[];
}

/** The twelve months of a year, in weeks from Monday on. */
export const monthsOf = (year: number): Month[] =>
  Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`;
    const count = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const days = Array.from({ length: count }, (_, place) => `${month}-${String(place + 1).padStart(2, '0')}`);
    return { month, lead: weekdayOf(`${month}-01`), days };
  });

/** Whether no two of these have a day in common. */
export function areApart(spans: readonly Interval[]): boolean {
  const sorted = spans.toSorted((a, b) => a.from.localeCompare(b.from));
  return sorted.every(({ from }, place) => place === 0 || from > (sorted[place - 1]?.to ?? ''));
}
