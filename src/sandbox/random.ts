/** Repeatable chance: the same seed gives the same company and the same life. */
export interface Random {
  /** 0 ≤ value < 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T;
  /** `count` different items, or all of them where there are fewer. */
  sample<T>(list: readonly T[], count: number): T[];
  /** `prefix` and random characters as WeCom uses them in ids, `length` in all. */
  id(prefix: string, length?: number): string;
  hex(length: number): string;
}

// Taken once: these run millions of times, and a look-up of a global is dear where scripts run in a context of their own.
const { floor, imul } = Math;

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** mulberry32: 32 bits of state, plenty for a demo company. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  const below = (limit: number): number => floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const index = below(list.length);
    if (index in list) return list[index] as T;
    throw new RangeError('Nothing to pick from');
  };
  return {
    next,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick,
    sample(list, count) {
      const pool = [...list];
      const wanted = Math.min(count, pool.length);
      return Array.from({ length: wanted }, () => pool.splice(below(pool.length), 1)).flat();
    },
    id(prefix, length = 32) {
      let text = prefix;
      while (text.length < length) text += fiveOf(below(1_073_741_824));
      return text.slice(0, length);
    },
    hex(length) {
      let text = '';
      while (text.length < length) text += below(0x1000000).toString(16).padStart(6, '0');
      return text.slice(0, length);
    },
  };
}

/** Five id characters out of 30 random bits: one draw instead of five. */
function fiveOf(bits: number): string {
  let text = '';
  for (let shift = 0; shift < 30; shift += 6) text += idAlphabet[(bits >>> shift) & 63];
  return text;
}
