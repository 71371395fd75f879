import { textOf } from '../../lib/detail';
import { durationText, exactTime } from '../../lib/time';

/** A number or code behind a severity as text: by its name it is an instant, seconds, or what it says itself. */
export function measureText(name: string, value: unknown): string {
  if (typeof value === 'number' && name.startsWith('seconds_')) return durationText(value * 1000);
  if (name.endsWith('_at') && isInstant(value)) return exactTime(new Date(value).toISOString());
  return textOf(value);
}

const isInstant = (value: unknown): value is string | number =>
  (typeof value === 'string' || typeof value === 'number') && !Number.isNaN(new Date(value).getTime());
