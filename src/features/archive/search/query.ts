import { searchError } from './search.errors';
import { fold, phraseOf } from './tokens';

/** What was asked for: every term stands in a message, none of those left out does. */
export interface SearchTerms {
  wanted: string[];
  unwanted: string[];
}

const mostTerms = 20;
/** A quoted phrase or a word, with the sign before it that leaves it out. A quote that does not end is a letter. */
const part = /(-?)(?:"([^"]*)"|(\S+))/gu;
/** Quotes as people type them, and no halves of signs, which no text holds. */
const cleaned = (text: string): string => text.replace(/\p{Surrogate}/gu, ' ').replace(/[“”＂]/g, '"');

/** @throws search.term_too_short */
function termOf(text: string): string {
  const term = text.trim();
  if (phraseOf(term).length === 0 || Array.from(fold(term)).length < 2) throw searchError('term_too_short', { term });
  return term;
}

/**
 * Blank = and, `"phrase"`, `-left out`. Everything else is looked for as it stands.
 * @throws search.term_too_short, search.only_exclusions, search.too_many_terms
 */
export function parseQuery(text: string): SearchTerms {
  const parts = Array.from(cleaned(text).matchAll(part), ([, minus, phrase, word]) => ({
    isWanted: minus === '',
    term: termOf(phrase ?? word ?? ''),
  }));
  const terms = (wanted: boolean) => parts.filter(({ isWanted }) => isWanted === wanted).map(({ term }) => term);
  const found = { wanted: terms(true), unwanted: terms(false) };
  if (parts.length > mostTerms) throw searchError('too_many_terms');
  if (found.wanted.length > 0) return found;
  throw searchError(parts.length > 0 ? 'only_exclusions' : 'term_too_short');
}
