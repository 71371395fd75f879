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
  return own.length > 0 ? disjoint(own) : placesOf(text, query);
}

/** Where the words of a query stand in a text, whatever was found in it. */
export const placesOf = (text: string, query: string): Stretch[] =>
  disjoint(wordsOf(query).flatMap((word) => everyPlace(text, word)));

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
  const within = stretches.filter(({ from, to }) => from >= start && to <= end);
  const shown = within.map(({ from, to }) => ({ from: from - start, to: to - start }));
  const pieces = piecesOf(text.slice(start, end), shown);
  const all = start > 0 ? [{ text: '…', isFound: false }, ...pieces] : pieces;
  return all.map(({ text: words, isFound }) => ({ text: words.replaceAll('\n', ' '), isFound }));
}

/** A text, cut into what was found and what stands between. `stretches`: in order, none inside another. */
export function piecesOf(text: string, stretches: readonly Stretch[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of stretches) {
    if (from > at) pieces.push({ text: text.slice(at, from), isFound: false });
    pieces.push({ text: text.slice(from, to), isFound: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isFound: false });
  return pieces;
}

/** Never between the two halves of a sign. */
const startOf = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at);
