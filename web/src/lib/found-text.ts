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

/** A whole text, cut into these words and what stands between them. */
export const piecesOf = (text: string, words: readonly string[]): Piece[] =>
  cut(text, disjoint(words.flatMap((word) => everyPlace(text, word))));

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
  const [where, what] = [folded(text), folded(word)];
  const places: Stretch[] = [];
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) {
    places.push({ from: at, to: at + what.length });
  }
  return places;
}

/** Without the differences of case and width that a search ignores, too, as long as every sign keeps its place. */
const folded = (text: string): string =>
  Array.from(text, (sign) => {
    const plain = sign.normalize('NFKC').toLowerCase();
    return plain.length === sign.length ? plain : sign;
  }).join('');

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
  const shown = stretches.filter((stretch) => stretch.to <= end);
  const pieces = cut(text.slice(0, end), shown, start);
  if (start > 0) pieces.unshift({ text: '…', isFound: false });
  return pieces.map(({ text: words, isFound }) => ({ text: words.replaceAll('\n', ' '), isFound }));
}

function cut(text: string, stretches: readonly Stretch[], start = 0): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
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
