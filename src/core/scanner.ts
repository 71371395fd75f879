import { Automaton } from './automaton';
import { PlacedUnits } from './placed-units';

/** Where a word stands in a text, in UTF-16 units; `to` is behind its end. */
export interface Hit {
  word: number;
  from: number;
  to: number;
}

/**
 * Finds every one of many words in one pass over a text, capitals and wide letters or not. Blanks and invisible signs
 * inside a text would hide a word and are passed over only by rules that say so, not here.
 * @returns a function that gives the hits in order of their end, overlapping ones too
 */
export function createScanner(words: readonly string[]): (text: string) => Hit[] {
  const placed = new PlacedUnits();
  const folded = words.map((word) => placed.fold(word).text());
  const automaton = new Automaton(folded);

  return (text) => {
    const hits: Hit[] = [];
    placed.fold(text);
    automaton.scan(placed.units, placed.length, (word, end) => {
      hits.push({ word, ...placed.span(end - (folded[word] as string).length, end) });
    });
    return hits;
  };
}
