import { fromUnix } from '../../../core/clock';
import type { JsonObject } from '../../api/shape';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads one object of a message: what is missing or of another kind is empty, for a message is kept whatever it holds. */
export function fieldsOf(object: JsonObject) {
  const text = (name: string): string => {
    const value = object[name];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  const number = (name: string): number | null => {
    const value = object[name];
    if (typeof value === 'string' && value !== '') return Number.isFinite(Number(value)) ? Number(value) : null;
    return typeof value === 'number' ? value : null;
  };
  return {
    text,
    number,
    textOrNull: (name: string): string | null => text(name) || null,
    /** Of something that happened at zero nothing is known. */
    instant: (name: string): Date | null => instantOf(number(name)),
    /** Digits: a uint64 does not fit a number. */
    digits: (name: string): string | null => (/^\d+$/.test(text(name)) ? text(name) : null),
    texts: (name: string): string[] => listIn(object[name]).filter((item) => typeof item === 'string'),
    objects: (name: string): JsonObject[] => listIn(object[name]).filter(isObject),
    sometimes: (name: string): boolean => object[name] === true,
  };
}

export type Fields = ReturnType<typeof fieldsOf>;

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Below it a time counts in seconds, above in milliseconds: WeCom uses both (wecom-archive §4.3). */
const secondsBelow = 1e11;

/** Null for zero and for what no calendar has. */
export function instantOf(time: number | null): Date | null {
  if (time === null || time <= 0) return null;
  const at = time < secondsBelow ? fromUnix(time) : new Date(time);
  return Number.isNaN(at.getTime()) ? null : at;
}
