import { hours } from '../core/clock';

/** The company's clock: days begin at midnight in China, which has no summer time. */
const aheadMs = hours(8);
const dayMs = hours(24);

/** From the first instant to the one after the last. */
export interface Period {
  from: Date;
  to: Date;
}

const midnight = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day) - aheadMs);

/**
 * `today`, `yesterday`, `tomorrow`, `this_week` (from Monday), `this_month`, `this_quarter`, `this_year`, `last_7_days`,
 * `next_7_days` with any number from 1 to 999: days of today and before, or of today and after.
 * @returns undefined for any other text
 */
export function periodOf(name: string, now: Date): Period | undefined {
  const local = new Date(now.getTime() + aheadMs);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const days = (from: number, to: number): Period => ({
    from: midnight(year, month, day + from),
    to: midnight(year, month, day + to),
  });
  const many = /^(last|next)_([1-9]\d{0,2})_days$/.exec(name);
  if (many) return many[1] === 'last' ? days(1 - Number(many[2]), 1) : days(0, Number(many[2]));
  const quarter = month - (month % 3);
  const named: Record<string, () => Period> = {
    today: () => days(0, 1),
    yesterday: () => days(-1, 0),
    tomorrow: () => days(1, 2),
    this_week: () => days(-((local.getUTCDay() + 6) % 7), 7 - ((local.getUTCDay() + 6) % 7)),
    this_month: () => ({ from: midnight(year, month, 1), to: midnight(year, month + 1, 1) }),
    this_quarter: () => ({ from: midnight(year, quarter, 1), to: midnight(year, quarter + 3, 1) }),
    this_year: () => ({ from: midnight(year, 0, 1), to: midnight(year + 1, 0, 1) }),
  };
  return named[name]?.();
}

/** The calendar date of an instant, in China. */
export const dayOf = (at: Date): string => new Date(at.getTime() + aheadMs).toISOString().slice(0, 10);

/** The last day of a period. */
export const lastDayOf = ({ to }: Period): string => dayOf(new Date(to.getTime() - dayMs));
