import dayjs from 'dayjs';

export type ShortTime = { day: 'today' | 'yesterday' | 'this_year' | 'earlier'; text: string };

/** How the console writes an instant, in the reader's zone: 14:05, yesterday 14:05, 11-20 14:05, 2025-11-20. */
export function shortTime(iso: string, now: Date): ShortTime {
  const at = dayjs(iso);
  const today = dayjs(now);
  if (at.isSame(today, 'day')) return { day: 'today', text: at.format('HH:mm') };
  if (at.isSame(today.subtract(1, 'day'), 'day')) return { day: 'yesterday', text: at.format('HH:mm') };
  if (at.isSame(today, 'year')) return { day: 'this_year', text: at.format('MM-DD HH:mm') };
  return { day: 'earlier', text: at.format('YYYY-MM-DD') };
}

/** To the second, with the zone: 2025-11-20 14:05:09 (UTC+08:00). */
export const exactTime = (iso: string): string => dayjs(iso).format('YYYY-MM-DD HH:mm:ss [(UTC]Z[)]');

/** The calendar day in the reader's zone: 2025-11-20. */
export const dayOf = (iso: string): string => dayjs(iso).format('YYYY-MM-DD');

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "3 minutes ago" in the reader's language; empty below five seconds. */
export function ageText(iso: string, now: Date, language: string): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(iso).getTime()) / 1000));
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (seconds < 5) return '';
  const [unit, size] = units.find(([, least]) => seconds >= least) ?? units[3];
  return format.format(-Math.floor(seconds / size), unit);
}

/** 850 ms, 12 s, 3 min 20 s, 1 h 5 min. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`;
}
