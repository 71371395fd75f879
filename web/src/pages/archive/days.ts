import dayjs from 'dayjs';

/** What a statement says of a day, as far as its state depends on it. */
interface Figures {
  received: number;
  stored: number;
  parked: number;
  unopened: number;
  verified: boolean | null;
  gaps: readonly unknown[];
  /** Of those parked, how many still are. */
  parked_now: number;
  conflicts: number;
  closed_at: string | null;
}

/** proved: all is accounted for, and fixed. explained: something is missing, and why is known. open: not over yet. */
export type DayState = 'proved' | 'explained' | 'unexplained' | 'open' | 'none';

export function stateOf(day: Figures | undefined): DayState {
  if (!day) return 'none';
  const { received, stored, parked, unopened, verified, gaps, parked_now, conflicts, closed_at } = day;
  if (verified === false || received !== stored + parked + unopened) return 'unexplained';
  if (gaps.length > 0 || parked_now > 0 || conflicts > 0) return 'explained';
  return closed_at === null ? 'open' : 'proved';
}

export interface Week {
  /** The first day of the week. */
  key: string;
  /** Set where a month begins in this week: 2025-11. */
  month: string | undefined;
  /** From Monday on; undefined outside of the time that is shown. */
  days: (string | undefined)[];
}

/** The weeks from one day to another, both included, each from Monday on. Days are written 2025-11-20. */
export function weeksOf(from: string, to: string): Week[] {
  const weeks: Week[] = [];
  const last = dayjs(to);
  const monday = dayjs(from).subtract((dayjs(from).day() + 6) % 7, 'day');
  for (let first = monday; !first.isAfter(last); first = first.add(7, 'day')) {
    const days = Array.from({ length: 7 }, (_, i) => first.add(i, 'day').format('YYYY-MM-DD'));
    const shown = days.map((day) => (day >= from && day <= to ? day : undefined));
    const begins = shown.find((day) => day?.endsWith('-01'));
    weeks.push({ key: days[0] ?? '', month: begins?.slice(0, 7), days: shown });
  }
  return weeks;
}
