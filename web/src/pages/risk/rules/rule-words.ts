import type { Rule, RuleDefinition, RuleMatcher } from '../../../api';

export type RuleFields = Pick<Rule, 'name' | 'family' | 'category' | 'severity' | 'definition'>;
export type Conditions = RuleDefinition['conditions'];
export type Hours = NonNullable<Conditions['hours']>;
type Kind = RuleMatcher['kind'];

export const ruleStates = ['on', 'draft', 'off'] as const;
export const families = ['FEIDAN', 'PRIVATE_PAYMENT', 'CONTENT_RULE'] as const;

/** In the order they are offered. */
export const categories = [
  'private_payment',
  'private_contact',
  'off_book',
  'rebate',
  'competitor',
  'overpromise',
  'insult',
  'complaint',
  'leak',
  'evasion',
  'leaving',
  'red_line',
  'other',
] as const;

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** What may be looked for, each as it is added: what must be chosen is chosen by the reader. */
const blanks: { [K in Kind]: Extract<RuleMatcher, { kind: K }> } = {
  words: { kind: 'words', lists: [], words: [], fuzzy: true },
  pattern: { kind: 'pattern', pattern: '' },
  identifier: { kind: 'identifier', classes: ['mobile'], allowed: [] },
  qr: { kind: 'qr', classes: ['wechat_pay', 'alipay', 'unionpay'], allowed: [] },
  card: { kind: 'card', allowed: [] },
  link: { kind: 'link', allowed: [] },
  mini_program: { kind: 'mini_program', allowed: [] },
  red_packet: { kind: 'red_packet', least: 100, direction: 'any' },
  file: { kind: 'file', names: [], md5s: [] },
};

export const kinds = Object.keys(blanks) as Kind[];
export const blankMatcher = (kind: Kind): RuleMatcher => structuredClone(blanks[kind]);

export const blankRule: RuleFields = {
  ...{ name: '', family: 'CONTENT_RULE', category: 'other', severity: 'medium' },
  definition: {
    ...{ matchers: [], require: 'any', window_minutes: 0, least: 1, exclusions: [] },
    conditions: {
      ...{ said_by: 'staff', chat: 'any', outsiders_only: true, hours: null },
      ...{ departments: [], tags: [], staff_excepted: [] },
    },
  },
};

/** What of a rule or a version is written in the form. */
export const fieldsOf = ({ name, family, category, severity, definition }: RuleFields): RuleFields => ({
  ...{ name, family, category, severity, definition },
});

/** The part of a form in which a fault of the server belongs: the longest that leads to it. */
export function fieldFor(path: string, names: readonly (readonly (string | number)[])[]) {
  const parts = path.split('.');
  const leading = names.filter((name) => name.length > 0 && name.every((part, at) => String(part) === parts[at]));
  return leading.sort((a, b) => b.length - a.length)[0];
}

/** What the server finds wrong with a field, as the key of its words: `lists_unknown`. */
export const faultKey = (path: string, rule: string): string =>
  `${path.split('.').findLast((part) => Number.isNaN(Number(part)))}_${rule}`;

export interface DayCount {
  day: string;
  found: number;
}

/** Every day from the first to the last, those without anything too. */
export function wholeDays(counts: readonly DayCount[], days: readonly string[]): DayCount[] {
  const known = new Map(counts.map(({ day, found }) => [day, found]));
  return days.map((day) => ({ day, found: known.get(day) ?? 0 }));
}
