import { RE2JS } from 're2js';
import type { Span } from './types';

const longest = 500;
const flags = RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE;

/** What is wrong with a pattern that somebody wrote. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
  constructor(
    readonly reason: 'too_long' | 'not_re2' | 'matches_empty',
    message: string,
  ) {
    super(message);
  }
}

/** @throws PatternFault for a pattern that is not RE2, is longer than 500, or matches the empty text */
export function checkPattern(pattern: string): void {
  regexOf(pattern);
}

function regexOf(pattern: string): RE2JS {
  if (pattern.length > longest) throw new PatternFault('too_long', `A pattern has at most ${longest} characters`);
  const regex = compiled(foldPattern(pattern));
  if (regex.test('')) throw new PatternFault('matches_empty', 'The pattern also matches a text without a character');
  return regex;
}

function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, flags);
  } catch (error) {
    throw new PatternFault('not_re2', error instanceof Error ? error.message : String(error));
  }
}

/** Wide and circled signs are written in a pattern as they stand in folded texts; what folds to syntax stays a sign. */
const foldPattern = (pattern: string): string =>
  pattern.replace(/\P{ASCII}/gu, (sign) => {
    const folded = sign.normalize('NFKC');
    return folded === sign ? sign : RE2JS.quote(folded);
  });

/** As re2js keeps what it learned from a parsed pattern: 1 a text, 2 all of `subs`, 3 one of them. */
interface Prefilter {
  type: number;
  str: string;
  subs: readonly Prefilter[];
}

export interface CompiledPattern {
  /** Folded texts, one of which stands in whatever matches; undefined when nothing is known, and any text may match. */
  literals: readonly string[] | undefined;
  /** In a folded text. */
  find(text: string): readonly Span[];
}

/** @throws PatternFault */
export function compilePattern(pattern: string): CompiledPattern {
  const regex = regexOf(pattern);
  // Literals are learned where capitals matter; to ignore them re2js keeps no literal.
  const learned: Prefilter | null = RE2JS.compile(foldPattern(pattern), RE2JS.MULTILINE).re2().prefilter;
  return {
    literals: learned ? literalsOf(learned) : undefined,
    find: (text) => (regex.test(text) ? spansOf(regex, text) : []),
  };
}

/** Other letters have several small ones (σ, ς), so a text may lack the very one that is written. */
const foldsToOne = /^[ -~\u3400-\u9fff]+$/;

function literalsOf({ type, str, subs }: Prefilter): string[] | undefined {
  if (type === 1) return foldsToOne.test(str) ? [str.toLowerCase()] : undefined;
  const each = subs.map(literalsOf);
  const known = each.filter((literals) => literals !== undefined);
  if (type === 2) return known.sort((a, b) => shortest(b) - shortest(a))[0];
  return type === 3 && known.length === each.length ? known.flat() : undefined;
}

/** The longer a text, the seldomer it stands somewhere. */
const shortest = (literals: readonly string[]): number => Math.min(...literals.map(({ length }) => length));

function spansOf(regex: RE2JS, text: string): Span[] {
  const spans: Span[] = [];
  const matcher = regex.matcher(text);
  while (matcher.find()) {
    const [from, to] = [matcher.start(), matcher.end()];
    if (to > from) spans.push({ from, to });
  }
  return spans;
}
