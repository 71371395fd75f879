import { days, hours, shanghaiDay } from '../../../core/clock';
import { toDate } from '../../../db/database';
import type { Ground } from './detector';
import { type Earlier, earlierFindings } from './earlier-findings';

/** So many deletions in an hour are no coincidence (violations §2, MASS_DELETE). */
const most = 5;
const hourMs = hours(1);
/** A member's own mean and its spread are taken over so many days, and only of whom we know for long enough. */
const baselineDays = 30;
const knownDays = 14;
const sigmas = 3;

/** More deletions by one member than is usual. */
export interface Burst {
  rule: 'hour' | 'day';
  deletions: readonly Date[];
  /** Of the `day` rule: the member's mean of a day before. */
  usual: number | null;
}

interface Around {
  userid: string;
  at: Date;
  deletions: readonly Earlier[];
}

/** Deletions by a member that count: what WeCom gives a word of its own for may not be theirs. */
export async function deletionsOf(ground: Ground, userid: string, at: Date): Promise<Earlier[]> {
  const from = new Date(at.getTime() - days(baselineDays + 1));
  const to = new Date(at.getTime() + hourMs);
  const found = await earlierFindings(ground, { userid, detectors: ['CUSTOMER_DELETED_BY_STAFF'], from, to });
  return found.filter(({ features }) => features.source === undefined);
}

/** @returns the burst that a deletion at this time belongs to, whichever of its deletions was told first */
export async function burstAround(ground: Ground, { userid, at, deletions }: Around): Promise<Burst | undefined> {
  const others = deletions.map((one) => one.at).filter((one) => one.getTime() !== at.getTime());
  const same = deletions.filter((one) => one.at.getTime() === at.getTime()).map((one) => one.at);
  const all = [...others, ...(same.length === 0 ? [at] : same)].sort((a, b) => a.getTime() - b.getTime());
  const inAnHour = densestHour(all, at);
  if (inAnHour.length >= most) return { rule: 'hour', deletions: inAnHour, usual: null };
  return (await knownSince(ground, userid, at)) ? unusualDay(all, at) : undefined;
}

function densestHour(all: readonly Date[], at: Date): Date[] {
  const windows = all
    .filter((first) => first <= at && at.getTime() - first.getTime() <= hourMs)
    .map((first) => all.filter((one) => one >= first && one.getTime() - first.getTime() <= hourMs));
  return windows.reduce((best, window) => (window.length > best.length ? window : best), []);
}

async function knownSince({ db }: Ground, userid: string, at: Date): Promise<boolean> {
  const [row] = await db.query<{ created_at: unknown }>('SELECT created_at FROM staff WHERE userid = ?', [userid]);
  return row !== undefined && at.getTime() - toDate(row.created_at).getTime() >= days(knownDays);
}

function unusualDay(all: readonly Date[], at: Date): Burst | undefined {
  const deletions = all.filter((one) => shanghaiDay(one) === shanghaiDay(at));
  const counts = Array.from({ length: baselineDays }, (_, n) => {
    const day = shanghaiDay(new Date(at.getTime() - days(n + 1)));
    return all.filter((one) => shanghaiDay(one) === day).length;
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / baselineDays;
  const spread = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / baselineDays);
  if (deletions.length < most || deletions.length < mean + sigmas * spread) return undefined;
  return { rule: 'day', deletions, usual: Math.round(mean * 100) / 100 };
}
