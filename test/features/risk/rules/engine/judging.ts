import {
  type CompilableRule,
  compileRules,
  type Matcher,
  type Part,
} from '../../../../../src/features/risk/rules/engine';

/** A text message of no other content, or whatever else is told of it. */
export const aPart = (text: string, more: Partial<Part> = {}): Part => ({
  ...{ path: '', type: 'text', text, body: { text }, codes: [], md5: null },
  ...more,
});

export const aRule = (matchers: readonly Matcher[], more: Partial<CompilableRule> = {}): CompilableRule => ({
  ...{ id: 'rule', matchers, exclusions: [], saidBy: 'anyone' },
  ...more,
});

const options = { isStaff: (id: string) => id.startsWith('staff-') };

export const judgeOf = (...rules: CompilableRule[]) => compileRules(rules, options);

/** What one matcher finds in a part: what it is, where it stands, and `?` when it was hidden. */
export function foundBy(matcher: Matcher, part: Part | string, more: Partial<CompilableRule> = {}): string[] {
  const whole = typeof part === 'string' ? aPart(part) : part;
  return judgeOf(aRule([matcher], more))({ sender: 'staff', parts: [whole] }).map(({ what, span, fuzzy }) => {
    const where = span === null ? '' : ` ${whole.text.slice(span.from, span.to)}`;
    return `${what ?? ''}${where}${fuzzy ? '?' : ''}`;
  });
}

/** What one matcher finds in a part, as it is compared: number, id, host, code. */
export function valuesFoundBy(matcher: Matcher, part: Part | string): (string | null)[] {
  const whole = typeof part === 'string' ? aPart(part) : part;
  return judgeOf(aRule([matcher]))({ sender: 'staff', parts: [whole] }).map(({ value }) => value);
}
