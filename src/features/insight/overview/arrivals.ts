import { type Clock, minutes, shanghaiDay } from '../../../core/clock';
import type { OverviewReport } from './overview.report';

const shownMinutes = 60;
const mostRows = 20_000;
const chunkRows = 2000;

type Reads = Pick<OverviewReport, 'newest' | 'before' | 'next' | 'countFrom'>;

/**
 * When callbacks came in. The inbox has no index on the time, which would cost every callback a write; ids grow with
 * it, so the primary key serves.
 */
export function createArrivals(reads: Reads, clock: Clock) {
  let today = { day: '', firstId: 0 };

  /** The first event of the Shanghai day, found once a day by halving. */
  async function firstOfToday(newestId: number): Promise<number> {
    const day = shanghaiDay(clock.now());
    if (today.day === day) return today.firstId;
    const midnight = Date.parse(`${day}T00:00:00+08:00`);
    let low = 1;
    let high = newestId + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const found = await reads.next(middle);
      if (!found || found.at.getTime() >= midnight) high = middle;
      else low = found.id + 1;
    }
    today = { day, firstId: low };
    return low;
  }

  return {
    async today(): Promise<number> {
      const [newest] = await reads.newest(1);
      return newest ? reads.countFrom(await firstOfToday(newest.id)) : 0;
    },

    /** Events in each of the last 60 minutes, oldest first, as far as the newest 20,000 events reach back. */
    async perMinute(): Promise<number[]> {
      const counts: number[] = Array(shownMinutes).fill(0);
      const end = clock.now().getTime();
      let rows = await reads.newest(chunkRows);
      for (let read = rows.length; rows.length > 0; read += rows.length) {
        for (const { at } of rows) tally(counts, end - at.getTime());
        const last = rows.at(-1);
        if (!last || read >= mostRows || end - last.at.getTime() >= minutes(shownMinutes)) break;
        rows = await reads.before(last.id, chunkRows);
      }
      return counts;
    },

    async lastReceivedAt(): Promise<Date | null> {
      return (await reads.newest(1))[0]?.at ?? null;
    },
  };
}

/** An event that another process dated a moment ahead of our clock belongs to the newest minute. */
function tally(counts: number[], ageMs: number): void {
  const minute = shownMinutes - 1 - Math.floor(Math.max(0, ageMs) / minutes(1));
  if (minute >= 0) counts[minute] = (counts[minute] ?? 0) + 1;
}
