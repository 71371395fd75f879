import { type ParsedFields, parse, type ScheduledTask } from 'node-cron';
import { days, hours, minutes, seconds } from '../core/clock';

/** Shanghai is eight hours ahead of UTC and keeps no summer time. */
const shanghaiOffset = hours(8);
const longestLookback = days(366);

/** The latest slot of a cron expression in (`after`, `now`], or null. */
export function latestDueSlot(task: ScheduledTask, after: Date, now: Date): Date | null {
  const earliest = Math.max(after.getTime() + 1, now.getTime() - longestLookback);
  for (const at of timesBackFrom(parse(task.getPattern()), now.getTime())) {
    if (at < earliest) return null;
    const slot = new Date(at);
    if (task.match(slot)) return slot;
  }
  return null;
}

/** Every instant at the expression's times of day, latest first; which days count is for `match` to say. */
function* timesBackFrom(fields: ParsedFields, now: number): Generator<number> {
  const times = timesOfDay(fields);
  const today = Math.floor((now + shanghaiOffset) / days(1)) * days(1) - shanghaiOffset;
  for (let midnight = today; midnight > now - longestLookback - days(1); midnight -= days(1)) {
    for (const time of times) if (midnight + time <= now) yield midnight + time;
  }
}

function timesOfDay({ hour, minute, second }: ParsedFields): number[] {
  const times = hour.flatMap((h) => minute.flatMap((m) => second.map((s) => hours(h) + minutes(m) + seconds(s))));
  return times.sort((a, b) => b - a);
}
