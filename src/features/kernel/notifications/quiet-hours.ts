import { days, hours, minutes } from '../../../core/clock';
import type { Mode, NotificationSetting } from './notifications.entity';

/** Shanghai knows no summer time. */
const offsetMs = hours(8);
/** When the daily digest goes out, Shanghai time. */
const digestMs = hours(9);

const msOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hours(hour) + minutes(minute);
};

export type Quiet = Pick<NotificationSetting, 'quiet_from' | 'quiet_until'>;

/** When something may go out: now, at the end of the quiet hours, or with the next digest. Deferred, never dropped. */
export function dueAt(now: Date, mode: Exclude<Mode, 'off'>, { quiet_from, quiet_until }: Quiet): Date {
  const wanted = mode === 'daily' ? next(now, digestMs) : now;
  if (quiet_from === null || quiet_until === null) return wanted;
  return isQuiet(wanted, msOf(quiet_from), msOf(quiet_until)) ? next(wanted, msOf(quiet_until)) : wanted;
}

const timeOfDay = (at: Date): number => (at.getTime() + offsetMs) % days(1);

/** Quiet hours may pass midnight. */
function isQuiet(at: Date, from: number, until: number): boolean {
  const time = timeOfDay(at);
  return from <= until ? time >= from && time < until : time >= from || time < until;
}

/** The next time of day that is later than `at`. */
function next(at: Date, timeMs: number): Date {
  const wait = (timeMs - timeOfDay(at) + days(1)) % days(1) || days(1);
  return new Date(at.getTime() + wait);
}
