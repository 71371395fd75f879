import { PlacedUnits } from '../../../../core/placed-units';
import { createIdentifying, type Identified } from './identifiers';
import { type Link, linksIn } from './links';
import type { CompilableRule, Found, Part, RuleHit, Span, Subject } from './types';
import type { Searched } from './word-search';

/** A part of a message, and what is read in its text once somebody asks for it. Holds until the next part. */
interface Reading {
  part: Part;
  folded: PlacedUnits;
  /** Folded. */
  text(): string;
  identified(): readonly Identified[];
  links(): readonly Link[];
  searched: Searched;
}

/** A matcher that is no list of words. */
export interface Finder {
  rule: number;
  matcher: number;
  find(reading: Reading): readonly Found[];
}

export type Judge = (subject: Subject) => RuleHit[];

interface Deps {
  rules: readonly Pick<CompilableRule, 'saidBy'>[];
  finders: readonly Finder[];
  /** Finds the words of all rules in a folded text. */
  search(text: PlacedUnits): Searched;
}

/** Judges one message after the other by all rules at once: part by part, in the order of rules, matchers and places. */
export function createJudge({ rules, finders, search }: Deps): Judge {
  const folded = new PlacedUnits();
  const identify = createIdentifying();

  function read(part: Part): Reading {
    folded.fold(part.text);
    const text = once(() => folded.text());
    return {
      ...{ part, folded, text },
      identified: once(() => identify(folded, part.text)),
      links: once(() => linksIn(folded, text(), part.body)),
      searched: search(folded),
    };
  }

  const concerned = { staff: concerning('staff'), external: concerning('external'), robot: concerning('robot') };

  function concerning(sender: Subject['sender']) {
    const concerns = rules.map(({ saidBy }) => saidBy === 'anyone' || saidBy === sender);
    return { concerns, finders: finders.filter(({ rule }) => concerns[rule]) };
  }

  function judge(part: Part, sender: Subject['sender']): RuleHit[] {
    const { concerns, finders: own } = concerned[sender];
    const reading = read(part);
    const { words, excluded } = reading.searched;
    const hits: RuleHit[] = [];
    for (const { rule, matcher, word, span, form } of words) {
      if (concerns[rule]) hits.push({ rule, matcher, path: part.path, span, fuzzy: form > 0, what: word, value: null });
    }
    for (const { rule, matcher, find } of own) {
      for (const found of find(reading)) hits.push({ rule, matcher, path: part.path, ...found });
    }
    const isExcluded = excluding(excluded, part.text.length);
    return hits.filter(({ rule, span }) => span === null || !isExcluded(rule, span)).sort(byPlace);
  }

  return ({ sender, parts }) => parts.flatMap((part) => judge(part, sender));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** @returns whether a span overlaps an exclusion of a rule */
function excluding(excluded: Searched['excluded'], length: number): (rule: number, span: Span) => boolean {
  const barred = new Map<number, Uint8Array>();
  for (const { rule, span } of excluded) {
    const places = barred.get(rule) ?? new Uint8Array(length);
    barred.set(rule, places.fill(1, span.from, span.to));
  }
  return (rule, { from, to }) => barred.get(rule)?.subarray(from, to).includes(1) ?? false;
}

const byPlace = (a: RuleHit, b: RuleHit): number =>
  a.rule - b.rule || a.matcher - b.matcher || (a.span?.from ?? -1) - (b.span?.from ?? -1);
