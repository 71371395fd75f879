/** A stretch of a text, in UTF-16 units: from the first on, before the second. */
export interface Stretch {
  from: number;
  to: number;
}

interface Found {
  /** All that can be read in the message, a line each. */
  text: string;
  highlights: readonly ({ path: string } & Stretch)[];
}

/**
 * Where in the text of a message stands what was looked for. The text begins with that of the message itself; of what is
 * nested only the words are known, so they are looked for in the rest.
 */
export function stretchesIn({ text, highlights }: Found, query: string): Stretch[] {
  const own = highlights.filter(({ path, to }) => path === '' && to <= text.length);
  return disjoint(own.length > 0 ? own : wordsOf(query).flatMap((word) => everyPlace(text, word)));
}

/** In order, without those that begin inside another. */
function disjoint(stretches: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    if (from >= (kept.at(-1)?.to ?? 0) && to > from) kept.push({ from, to });
  }
  return kept;
}

/** The words and phrases of a query, without those that are left out. */
const wordsOf = (query: string): string[] =>
  [...query.matchAll(/(-?)(?:"([^"]*)"|(\S+))/gu)].flatMap(([, minus, phrase, word]) =>
    minus ? [] : [(phrase ?? word ?? '').trim()].filter(Boolean),
  );

function everyPlace(text: string, word: string): Stretch[] {
  const [where, what] = [text.toLowerCase(), word.toLowerCase()];
  // Some letters change their number of units with their case: then no place can be told.
  if (where.length !== text.length) return [];
  const places: Stretch[] = [];
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) {
    places.push({ from: at, to: at + what.length });
  }
  return places;
}

export interface Piece {
  text: string;
  isFound: boolean;
}

/** Signs before the first hit that are shown with it. */
const before = 24;
const longest = 200;

/** The neighbourhood of the first hit on one line, cut into what was found and what stands between. */
export function excerptOf(text: string, stretches: readonly Stretch[]): Piece[] {
  const start = startOf(text, Math.max(0, (stretches[0]?.from ?? 0) - before));
  const end = startOf(text, Math.min(text.length, start + longest));
  const pieces: Piece[] = start > 0 ? [{ text: '…', isFound: false }] : [];
  let at = start;
  for (const { from, to } of stretches.filter((stretch) => stretch.to <= end)) {
    if (from > at) pieces.push({ text: text.slice(at, from), isFound: false });
    pieces.push({ text: text.slice(from, to), isFound: true });
    at = to;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), isFound: false });
  return pieces.map(({ text: words, isFound }) => ({ text: words.replaceAll('\n', ' '), isFound }));
}

/** Never between the two halves of a sign. */
const startOf = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at);
