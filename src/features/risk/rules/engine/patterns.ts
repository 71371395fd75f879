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

/** What a text must have for a pattern to match: a literal, all or any of several. */
type Need = { literal: number } | { all: readonly Need[] } | { any: readonly Need[] };

/** As re2js keeps what it learned from a parsed pattern: 1 a text, 2 all of `subs`, 3 one of them. */
interface Prefilter {
  type: number;
  str: string;
  subs: readonly Prefilter[];
}

/** Finds a pattern in a folded text. @param has tells whether a literal stands in it */
type FindPattern = (text: () => string, has: (literal: number) => boolean) => readonly Span[];

/**
 * A pattern runs only over texts that have what every match of it must have.
 * @param literal keeps a text to look for and gives it a number
 * @throws PatternFault
 */
export function compilePattern(pattern: string, literal: (text: string) => number): FindPattern {
  const regex = regexOf(pattern);
  // Literals are learned where capitals matter; to ignore them re2js keeps no literal.
  const learned: Prefilter | null = RE2JS.compile(foldPattern(pattern), RE2JS.MULTILINE).re2().prefilter;
  const need = learned ? needOf(learned, literal) : undefined;
  return (text, has) => ((need && !isMet(need, has)) || !regex.test(text()) ? nowhere : spansOf(regex, text()));
}

const nowhere: readonly Span[] = [];

/** Other letters have several small ones (σ, ς), so a text may lack the very one that is written. */
const foldsToOne = /^[ -~\u3400-\u9fff]+$/;

function needOf({ type, str, subs }: Prefilter, literal: (text: string) => number): Need | undefined {
  if (type === 1) return foldsToOne.test(str) ? { literal: literal(str.toLowerCase()) } : undefined;
  const needs = subs.map((sub) => needOf(sub, literal));
  const certain = needs.filter((need) => need !== undefined);
  if (type === 2) return certain.length > 0 ? { all: certain } : undefined;
  return type === 3 && certain.length > 0 && certain.length === needs.length ? { any: certain } : undefined;
}

function isMet(need: Need, has: (literal: number) => boolean): boolean {
  if ('literal' in need) return has(need.literal);
  return 'all' in need ? need.all.every((one) => isMet(one, has)) : need.any.some((one) => isMet(one, has));
}

function spansOf(regex: RE2JS, text: string): Span[] {
  const spans: Span[] = [];
  const matcher = regex.matcher(text);
  while (matcher.find()) {
    const [from, to] = [matcher.start(), matcher.end()];
    if (to > from) spans.push({ from, to });
  }
  return spans;
}
