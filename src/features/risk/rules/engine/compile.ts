import { cardFinder, fileFinder, miniProgramFinder, redPacketFinder } from './bodies';
import { identifierFinder } from './identifiers';
import { createJudge, type Finder, type Judge } from './judge';
import { linkFinder } from './links';
import { compilePattern } from './patterns';
import { qrFinder } from './qr';
import type { CompilableRule, Found, Matcher, Part, Span } from './types';
import { WordBook } from './word-book';
import { buildWordSearch } from './word-search';

interface Options {
  isStaff(id: string): boolean;
}

const nothing: readonly Found[] = [];
const foundAt = (span: Span): Found => ({ span, fuzzy: false, what: null, value: null });
/** Words between two turns of the others. */
const wordsATurn = 1000;

/** Makes one judge of all rules. Of many thousand words it takes a while: see `compileRulesSlowly`. */
export function compileRules(rules: readonly CompilableRule[], options: Options): Judge {
  const steps = compiling(rules, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in many small steps, between which others have their turn. */
export async function compileRulesSlowly(rules: readonly CompilableRule[], options: Options): Promise<Judge> {
  const steps = compiling(rules, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function* compiling(rules: readonly CompilableRule[], options: Options): Generator<void, Judge> {
  const book = new WordBook();
  const finders: Finder[] = [];
  for (const [rule, { matchers, exclusions }] of rules.entries()) {
    for (const word of exclusions) book.addExclusion(rule, word);
    for (const [matcher, one] of matchers.entries()) {
      if (one.kind === 'words') yield* addWords(book, one, { rule, matcher });
      else finders.push({ rule, matcher, find: finderOf(one, book, options) });
      yield;
    }
  }
  return createJudge({ rules, finders, search: yield* buildWordSearch(book) });
}

function* addWords(
  book: WordBook,
  { words, fuzzy }: Extract<Matcher, { kind: 'words' }>,
  at: { rule: number; matcher: number },
): Generator<void> {
  for (const [i, word] of words.entries()) {
    book.addWord({ ...at, word }, fuzzy);
    if (i % wordsATurn === wordsATurn - 1) yield;
  }
}

function finderOf(matcher: Exclude<Matcher, { kind: 'words' }>, book: WordBook, { isStaff }: Options): Finder['find'] {
  switch (matcher.kind) {
    case 'pattern': {
      const find = compilePattern(matcher.pattern, (text) => book.addLiteral(text));
      return ({ folded, text, searched }) => {
        const spans = find(text, searched.has);
        return spans.length === 0 ? nothing : spans.map(({ from, to }) => foundAt(folded.span(from, to)));
      };
    }
    case 'identifier': {
      const find = identifierFinder(matcher.classes, matcher.allowed);
      return ({ identified }) => find(identified());
    }
    case 'link': {
      const find = linkFinder(matcher.allowed);
      return ({ links }) => find(links());
    }
    default: {
      const find = partFinder(matcher, isStaff);
      return ({ part }) => find(part);
    }
  }
}

function partFinder(
  matcher: Exclude<Matcher, { kind: 'words' | 'pattern' | 'identifier' | 'link' }>,
  isStaff: Options['isStaff'],
): (part: Part) => Found[] {
  switch (matcher.kind) {
    case 'qr':
      return qrFinder(matcher.classes, matcher.allowed);
    case 'card':
      return cardFinder(matcher.allowed, isStaff);
    case 'mini_program':
      return miniProgramFinder(matcher.allowed);
    case 'red_packet':
      return redPacketFinder(matcher.least);
    case 'file':
      return fileFinder(matcher.names, matcher.md5s);
  }
}
