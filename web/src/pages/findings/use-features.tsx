import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, useCan } from '../../api';
import { PersonLink } from '../../components/person-link';
import { rulePath } from '../../lib/paths';
import { useWord } from '../../lib/use-word';
import { maskedOf, matcherOf, measureText } from './feature-text';
import { useDetectorName } from './finding-words';

/** Features that name somebody. */
const people: readonly string[] = ['successor', 'moved_from', 'removed_userid', 'new_owner'];
/** Features whose codes have their words among those of the rules. */
const ofRules: Readonly<Record<string, readonly string[]>> = {
  ...{ category: ['categoryOf'], preceding_flags: ['categoryOf'], classes: ['identifierOf', 'qrOf'] },
};

/** What lay behind the severity, each with its name and in words; as the server spells it where there are none. */
export function useFeatures(): (features: Readonly<Record<string, unknown>>) => { label: string; value: ReactNode }[] {
  const wordOf = useWord('findingFeatures');
  return (features) =>
    Object.entries(features).map(([name, value]) => ({
      label: wordOf(`featureOf.${name}`) ?? name,
      value: <Feature name={name} value={value} />,
    }));
}

function Feature({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation('findings');
  const codeText = useCodeText();
  if (value === null) return t('notKnown');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return <Features name={name} values={value} />;
  if (name === 'rule') return <RuleLink id={String(value)} />;
  return people.includes(name) ? <PersonLink id={String(value)} /> : codeText(name, value);
}

function Features({ name, values }: { name: string; values: unknown[] }) {
  const { t } = useTranslation('findings');
  const { t: tc } = useTranslation();
  const codeText = useCodeText();
  if (values.length === 0) return t('noneOfThese');
  if (name === 'places') return t('placeCount', { count: values.length });
  return values.map((one) => codeText(name, one)).join(tc('listSeparator'));
}

/** A code in words: of the findings themselves, or of the rules that name it. */
function useCodeText(): (name: string, value: unknown) => string {
  const { t } = useTranslation('findings');
  const { t: tr } = useTranslation('rules');
  const wordOf = useWord('findingFeatures');
  const nameOf = useDetectorName();
  const ruleWordOf = useWord('rules');
  return (name, value) => {
    const text = measureText(name, value);
    if (name === 'identifiers') return maskedOf(text);
    if (name === 'rule_version') return tr('versionOf', { version: text });
    if (name === 'matchers') {
      const { place, kind } = matcherOf(text);
      return t('matcherOf', { place, kind: ruleWordOf(`kindOf.${kind}`) ?? kind });
    }
    const rules = (ofRules[name] ?? []).map((area) => ruleWordOf(`${area}.${text}`));
    const known = [wordOf(`codeOf.${name}.${text}`), ...rules].find((words) => words !== undefined);
    return known ?? nameOf(text);
  };
}

/** A rule by its name, for whoever may see rules. */
function RuleLink({ id }: { id: string }) {
  const mayRead = useCan('rules:read');
  const path = { params: { path: { id } } };
  const { data } = api.useQuery('get', '/rules/{id}', path, { enabled: mayRead, retry: false, staleTime: 300_000 });
  if (!data) return <code>{id}</code>;
  return <Link to={rulePath(id)}>{data.name}</Link>;
}
