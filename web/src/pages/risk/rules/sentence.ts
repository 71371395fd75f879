import type { TFunction } from 'i18next';
import type { RuleDefinition, RuleMatcher } from '../../../api';
import type { Conditions } from './rule-words';

export interface Names {
  /** Undefined for a list whose name the reader does not see. */
  list(id: string): string | undefined;
  department(id: number): string;
  tag(id: string): string;
  /** Several things in a row. */
  row(texts: readonly string[]): string;
}

type Say = TFunction<'rules'>;
type Of<K extends RuleMatcher['kind']> = Extract<RuleMatcher, { kind: K }>;

/** Words that are named; of more only the number is told. */
const mostNamed = 3;

/** What a rule does, in one sentence. */
export function sentenceOf(definition: RuleDefinition, severity: string, t: Say, names: Names): string {
  const { matchers, require, window_minutes: minutes, least, conditions } = definition;
  const and = minutes > 0 ? t('say.andWithin', { minutes }) : t('say.andHere');
  const what = matchers.map((matcher) => matcherText(matcher, t, names)).join(require === 'all' ? and : t('say.or'));
  return t('say.whole', {
    who: t(`say.who.${conditions.said_by}`),
    where: t(`say.where.${conditions.chat}`),
    what: least > 1 ? what + t('say.least', { minutes, least }) : what,
    severity,
  });
}

/** What narrows or widens it, a line each. */
export function limitsOf(definition: RuleDefinition, t: Say, names: Names): string[] {
  const { matchers, require, window_minutes: minutes, least, exclusions, conditions } = definition;
  const isFuzzy = matchers.some((matcher) => matcher.kind === 'words' && matcher.fuzzy);
  const isGathered = minutes > 0 && require === 'any' && least === 1;
  return [
    t(conditions.outsiders_only ? 'say.outsiders' : 'say.everywhere'),
    ...peopleLimits(conditions, t, names),
    ...(exclusions.length > 0 ? [t('say.exclusions', { words: wordsText(exclusions, t, names) })] : []),
    ...(isFuzzy ? [t('say.fuzzy')] : []),
    ...(isGathered ? [t('say.together', { minutes })] : []),
  ];
}

function peopleLimits({ hours, departments, tags, staff_excepted: excepted }: Conditions, t: Say, names: Names) {
  const days = hours?.weekdays.toSorted().map((day) => t(`weekday.d${day as 1}`)) ?? [];
  return [
    ...(hours ? [t(`say.${hours.when}`, { days: names.row(days), from: hours.from, to: hours.to })] : []),
    ...(departments.length > 0 ? [t('say.departments', { names: names.row(departments.map(names.department)) })] : []),
    ...(tags.length > 0 ? [t('say.tags', { names: names.row(tags.map(names.tag)) })] : []),
    ...(excepted.length > 0 ? [t('say.excepted', { count: excepted.length })] : []),
  ];
}

function matcherText(matcher: RuleMatcher, t: Say, names: Names): string {
  const text = plainText(matcher, t, names);
  const allowed = 'allowed' in matcher ? matcher.allowed.length : 0;
  return allowed > 0 ? t('say.allowed', { what: text, count: allowed }) : text;
}

function plainText(matcher: RuleMatcher, t: Say, names: Names): string {
  switch (matcher.kind) {
    case 'words':
      return wordMatcherText(matcher, t, names);
    case 'pattern':
      return t('say.pattern', { pattern: matcher.pattern });
    case 'identifier':
      return t('say.identifier', {
        what: oneOf(
          matcher.classes.map((one) => t(`identifierOf.${one}`)),
          t,
          names,
        ),
      });
    case 'qr':
      return t('say.qr', {
        what: oneOf(
          matcher.classes.map((one) => t(`qrOf.${one}`)),
          t,
          names,
        ),
      });
    case 'red_packet':
      return t(`say.red_packet.${matcher.direction}`, { yuan: (matcher.least / 100).toLocaleString() });
    case 'file':
      return fileText(matcher, t, names);
    default:
      return t(`say.${matcher.kind}`);
  }
}

const oneOf = (texts: readonly string[], t: Say, names: Names): string =>
  texts.length > 0 ? names.row(texts) : t('say.noClass');

function wordMatcherText({ lists, words }: Of<'words'>, t: Say, names: Names): string {
  const known = lists.flatMap((id) => names.list(id) ?? []);
  const ofLists =
    known.length === lists.length
      ? known.map((name) => t('say.list', { name }))
      : [t('say.someLists', { count: lists.length })];
  const said = [...ofLists, ...(words.length > 0 ? [wordsText(words, t, names)] : [])];
  return t('say.says', { what: said.length > 0 ? names.row(said) : t('say.nothing') });
}

function wordsText(words: readonly string[], t: Say, names: Names): string {
  const named = names.row(words.slice(0, mostNamed).map((word) => t('say.word', { word })));
  return words.length > mostNamed ? t('say.more', { what: named, count: words.length }) : named;
}

const fileText = ({ names: parts, md5s }: Of<'file'>, t: Say, names: Names): string =>
  [
    ...(parts.length > 0 ? [t('say.file', { what: wordsText(parts, t, names) })] : []),
    ...(md5s.length > 0 ? [t('say.fileByHash', { count: md5s.length })] : []),
  ].join(t('say.or')) || t('say.file', { what: t('say.nothing') });
