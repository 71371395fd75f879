import { createHmac, hash } from 'node:crypto';
import { z } from 'zod';
import { hours } from '../../../core/clock';
import { groupBy } from '../../../core/collections';

/** A share of somebody's messages in hundredths of a percent at the finest. */
const percent = z.number().min(0).max(100).multipleOf(0.01);

/** How many of whose messages are drawn; of several that fit somebody the highest counts. */
export const samplingRules = z.strictObject({
  /** Of everybody. */
  percent,
  /** Of whoever has been known for at most so many days when the period begins. */
  new_staff: z.strictObject({ percent, days: z.number().int().min(1).max(365) }).optional(),
  named: z.strictObject({ percent, userids: z.array(z.string().min(1).max(64)).min(1).max(500) }).optional(),
  /** Of what was found clean, how much is looked at again by somebody else. */
  second_line_percent: percent,
});
export type SamplingRules = z.infer<typeof samplingRules>;

export type Period = 'day' | 'week' | 'month';

const shanghai = hours(8);

/** The calendar period around an instant, Shanghai time; a week begins on Monday. The end is not included. */
export function periodAround(period: Period, at: Date): { starts_at: Date; ends_at: Date } {
  const local = new Date(at.getTime() + shanghai);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const instant = (m: number, d: number) => new Date(Date.UTC(year, m, d) - shanghai);
  if (period === 'month') return { starts_at: instant(month, 1), ends_at: instant(month + 1, 1) };
  const first = period === 'week' ? day - ((local.getUTCDay() + 6) % 7) : day;
  return { starts_at: instant(month, first), ends_at: instant(month, first + (period === 'week' ? 7 : 1)) };
}

/** What is published of a seed before the period ends. */
export const hashOfSeed = (seed: string): string => hash('sha256', `archive sample seed:${seed}`);

export interface Candidate {
  id: number;
  /** Of the member of staff who wrote it. */
  userid: string;
}

interface Draw {
  seed: string;
  rules: SamplingRules;
  /** Userids of those who are new. */
  newcomers: ReadonlySet<string>;
}

function shareOf(userid: string, { rules: { percent: base, new_staff, named }, newcomers }: Draw): number {
  const asNew = newcomers.has(userid) ? (new_staff?.percent ?? 0) : 0;
  const asNamed = named?.userids.includes(userid) ? named.percent : 0;
  return Math.max(base, asNew, asNamed);
}

/** A message's place in the draw: nobody who does not have the seed can tell it. */
const placeOf = (seed: string, id: number): string => createHmac('sha256', seed).update(String(id)).digest('hex');

/**
 * Which messages are drawn: of each member of staff their share, rounded up, those whose places come first. The same
 * seed and the same messages give the same sample, in whatever order they come (A14).
 * @returns ids, ascending
 */
export function drawSample(population: Iterable<Candidate>, draw: Draw): number[] {
  const drawn: number[] = [];
  for (const [userid, messages] of groupBy(population, (one) => one.userid)) {
    // Hundredths of a percent are whole numbers: 7 % of 100 is 7, not 8 for a rounding error.
    const count = Math.ceil((messages.length * Math.round(shareOf(userid, draw) * 100)) / 10_000);
    const placed = messages.map(({ id }) => ({ id, place: placeOf(draw.seed, id) }));
    placed.sort((a, b) => (a.place < b.place ? -1 : 1));
    drawn.push(...placed.slice(0, count).map(({ id }) => id));
  }
  return drawn.sort((a, b) => a - b);
}
