import { textOf } from '../../lib/detail';
import { sizeText } from '../../lib/size';
import { durationText, exactTime } from '../../lib/time';

/** A number or code behind a severity as text: by its name it is an instant, seconds, bytes, or what it says itself. */
export function measureText(name: string, value: unknown): string {
  if (typeof value === 'number') return numberText(name, value);
  if (isNamedAsInstant(name) && isInstant(value)) return exactTime(value);
  return textOf(value);
}

function numberText(name: string, value: number): string {
  if (name.startsWith('seconds_')) return durationText(value * 1000);
  if (isNamedAsInstant(name)) return exactTime(new Date(value).toISOString());
  return name === 'bytes' ? sizeText(value) : value.toLocaleString();
}

const isNamedAsInstant = (name: string): boolean => name.endsWith('_at') || name === 'since';

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(new Date(value).getTime());

/** `0 words`: the place of a matcher in its rule, and its kind. */
export function matcherOf(text: string): { place: number; kind: string } {
  const [place, kind = ''] = text.split(' ');
  return { place: Number(place) + 1, kind };
}

/** An identifier without the hash by which an equal one is known: `138****8000 1f3a…`. */
export const maskedOf = (text: string): string => text.split(' ').slice(0, -1).join(' ') || text;
