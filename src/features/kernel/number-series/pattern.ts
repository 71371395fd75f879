import type { Part, Resets } from './number-series.schema';

/** How many characters of `2026-11-23` say when a counter begins anew. */
export const periodLength: Record<Resets, number> = { day: 10, month: 7, year: 4, never: 0 };

const digitsOf = (format: 'YYYY' | 'YY' | 'MM' | 'DD', day: string): string =>
  ({ YYYY: day.slice(0, 4), YY: day.slice(2, 4), MM: day.slice(5, 7), DD: day.slice(8, 10) })[format];

/** A number as it stands on a record. A counter that outgrows its width is not cut. */
export const numberOf = (parts: readonly Part[], day: string, counter: number): string =>
  parts.map((part) => textOf(part, day, counter)).join('');

function textOf(part: Part, day: string, counter: number): string {
  if (part.kind === 'text') return part.text;
  return part.kind === 'date' ? digitsOf(part.format, day) : String(counter).padStart(part.width, '0');
}

/** Numbers that were given out by a pattern: on which days, and up to which counter. */
export interface Issued {
  parts: readonly Part[];
  firstDay: string;
  lastDay: string;
  most: number;
}

/** The characters that may stand at each place. */
type Shape = readonly ReadonlySet<string>[];
const anyDigit = new Set('0123456789');
const notZero = new Set('123456789');
const zero = new Set('0');
/** Beyond this no counter goes in a company's life. */
const longestCounter = 12;

const fixedLength = (parts: readonly Part[]): number =>
  parts.reduce(
    (sum, part) => sum + (part.kind === 'text' ? part.text.length : part.kind === 'date' ? part.format.length : 0),
    0,
  );

interface Days {
  from: string;
  to: string;
}

function dateShape(format: 'YYYY' | 'YY' | 'MM' | 'DD', { from, to }: Days): Shape {
  if (format === 'MM') return [new Set('01'), anyDigit];
  if (format === 'DD') return [new Set('0123'), anyDigit];
  const years = Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, i) =>
    digitsOf(format, String(Number(from.slice(0, 4)) + i)),
  );
  return Array.from({ length: format.length }, (_, place) => new Set(years.map((year) => year.charAt(place))));
}

const shapeOf = (parts: readonly Part[], days: Days, counter: Shape): Shape =>
  parts.flatMap((part) => {
    if (part.kind === 'text') return [...part.text].map((letter) => new Set(letter));
    return part.kind === 'date' ? dateShape(part.format, days) : counter;
  });

/** A counter that was at most `most`, so wide, with zeros before it. */
const counterUpTo = (most: number, width: number): Shape =>
  Array.from({ length: width }, (_, i) => (width - i > String(most).length ? zero : anyDigit));

/** Any counter that takes so many places where `width` are set. */
const counterFrom = (width: number, places: number): Shape =>
  Array.from({ length: places }, (_, i) => (i === 0 && places > width ? notZero : anyDigit));

const meet = (one: Shape, other: Shape): boolean =>
  one.length === other.length && one.every((letters, i) => [...letters].some((letter) => other[i]?.has(letter)));

const widthOf = (parts: readonly Part[]): number => parts.find((part) => part.kind === 'counter')?.width ?? 1;

/** Whether two patterns differ in the width of their counters only: then a date and a counter make one number. */
export const isSameKind = (one: readonly Part[], other: readonly Part[]): boolean => bare(one) === bare(other);
const bare = (parts: readonly Part[]): string =>
  JSON.stringify(parts.map((part) => (part.kind === 'counter' ? 'counter' : part)));

/**
 * Whether the parts could give a number again that was given out. Says so rather once too often: it looks at which
 * characters can stand where, for every length that both can have.
 */
export function couldRepeat({ parts: old, firstDay, lastDay, most }: Issued, parts: readonly Part[], today: string) {
  const then = { from: firstDay, to: lastDay };
  const soon = { from: today, to: `${Number(today.slice(0, 4)) + 50}` };
  for (let width = 1; width <= longestCounter; width++) {
    const places = fixedLength(old) + width - fixedLength(parts);
    if (places < widthOf(parts) || places > longestCounter) continue;
    const issued = shapeOf(old, then, counterUpTo(most, width));
    if (meet(issued, shapeOf(parts, soon, counterFrom(widthOf(parts), places)))) return true;
  }
  return false;
}
