import { Automaton } from '../../../../core/automaton';
import type { PlacedUnits } from '../../../../core/placed-units';
import { isOneWord, Skeleton } from './skeleton';
import { Syllables } from './syllables';
import type { Span } from './types';
import type { Sound, Token, WordBook, WordUse } from './word-book';

export interface WordFound extends WordUse {
  span: Span;
  /** The weaker the higher: as listed, hidden, by its sound. */
  form: 0 | 1 | 2;
}

export interface Searched {
  words: WordFound[];
  /** Where a hit of a rule is none. */
  excluded: { rule: number; span: Span }[];
  /** Whether a literal of a pattern stands in the text; holds until the next search. */
  has(literal: number): boolean;
}

/** Of fewer signs only those count that are written in pinyin; in others a homophone may be chance. */
const fewestHomophones = 4;

/** Builds in three steps what searches a folded text for all of a book, so that others may have a turn between them. */
export function* buildWordSearch({ tokens, sounds }: WordBook): Generator<void, (text: PlacedUnits) => Searched> {
  const written = new Automaton(tokens.map(({ text }) => text));
  yield;
  const spoken = new Automaton(sounds.map(({ syllables }) => syllables));
  yield;
  const hides = tokens.some(({ hidden }) => hidden.length > 0);
  const seen = new Int32Array(tokens.length);
  const skeleton = new Skeleton();
  const aloud = new Syllables();
  let turn = 0;

  function searchAsWritten(folded: PlacedUnits, found: Searched): void {
    written.scan(folded.units, folded.length, (at, end) => {
      seen[at] = turn;
      const { text, exact, excludes } = tokens[at] as Token;
      if (exact.length > 0 || excludes.length > 0)
        tell(found, { uses: exact, excludes, form: 0 }, folded.span(end - text.length, end));
    });
  }

  function searchHidden(found: Searched): void {
    const { placed } = skeleton;
    written.scan(placed.units, placed.length, (at, end) => {
      const { text, hidden, excludes } = tokens[at] as Token;
      const first = end - text.length;
      const isWanted = hidden.length > 0 || excludes.length > 0;
      if (isWanted && isOneWord(skeleton, first, end))
        tell(found, { uses: hidden, excludes, form: 1 }, placed.span(first, end));
    });
  }

  function searchSpoken(found: Searched): void {
    aloud.fill(skeleton);
    spoken.scan(aloud.units, aloud.length, (at, end) => {
      const { syllables, written: word, uses } = sounds[at] as Sound;
      const first = end - syllables.length;
      const [from, to] = [aloud.first[first] as number, aloud.end[end - 1] as number];
      if (word.length < fewestHomophones && !aloud.spells(skeleton, { word, first })) return;
      if (aloud.areOneWord(skeleton, first, end))
        tell(found, { uses, excludes: [], form: 2 }, skeleton.placed.span(from, to));
    });
  }

  return (folded) => {
    turn += 1;
    const now = turn;
    const found: Searched = { words: [], excluded: [], has: (literal) => seen[literal] === now };
    searchAsWritten(folded, found);
    if (!hides) return found;
    skeleton.fill(folded);
    searchHidden(found);
    if (sounds.length > 0) searchSpoken(found);
    return { ...found, words: strongest(found.words) };
  };
}

interface Told extends Pick<Token, 'excludes'>, Pick<WordFound, 'form'> {
  uses: readonly WordUse[];
}

function tell({ words, excluded }: Searched, { uses, excludes, form }: Told, span: Span): void {
  for (const use of uses) words.push({ ...use, span, form });
  for (const rule of excludes) excluded.push({ rule, span });
}

/** Without those that lie inside a stronger one of the same matcher: it tells of the same place and more surely. */
function strongest(words: WordFound[]): WordFound[] {
  if (words.length < 2) return words;
  const reached = new Map<string, [number, number, number]>();
  const inOrder = [...words].sort((a, b) => a.span.from - b.span.from || a.form - b.form || b.span.to - a.span.to);
  return inOrder.filter(({ rule, matcher, form, span }) => {
    const key = `${rule} ${matcher}`;
    const ends = reached.get(key) ?? [-1, -1, -1];
    reached.set(key, ends);
    const isInside = ends.slice(0, form).some((to) => to >= span.to);
    ends[form] = Math.max(ends[form] as number, span.to);
    return !isInside;
  });
}
