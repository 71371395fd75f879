import { useTranslation } from 'react-i18next';
import { Note } from '../../../components/note';
import { StateTag } from '../../../components/state-tag';
import { useDepartmentName } from '../../staff/use-departments';
import styles from './interception.module.css';
import type { OurRule } from './rules';

type Difference = OurRule['differences'][number];

/** More words, or people, than this are only counted. */
const mostNamed = 20;

/** The rules our list fills at WeCom, with what somebody else made of each since the last push. */
export function RulesAtWecom({ rules }: { rules: readonly OurRule[] }) {
  const { t } = useTranslation('interception');
  if (rules.length === 0) return <Note small>{t('noRules')}</Note>;
  return (
    <section>
      <h4 className={styles.under}>{t('rules')}</h4>
      <ol>
        {rules.map((rule) => (
          <li key={rule.part} className={styles.rule}>
            <div className={styles.states}>
              <bdi className={styles.ruleName}>{rule.name}</bdi>
              <RuleTag rule={rule} />
            </div>
            {rule.differences.map((difference) => (
              <Edited key={difference.field} difference={difference} />
            ))}
          </li>
        ))}
      </ol>
      {rules.length > 1 && <p className={styles.quiet}>{t('rulesHint')}</p>}
    </section>
  );
}

function RuleTag({ rule: { rule_id, differences } }: { rule: OurRule }) {
  const { t } = useTranslation('interception');
  if (differences.length > 0) {
    return <StateTag tone="person">{t('different', { count: differences.length })}</StateTag>;
  }
  if (rule_id === null) return <StateTag tone="neutral">{t('intended')}</StateTag>;
  return <StateTag tone="proved">{t('asPushed')}</StateTag>;
}

function Edited({ difference: { field, added, removed } }: { difference: Difference }) {
  const { t } = useTranslation('interception');
  const listOf = useListed(field);
  if (field === 'gone') return <div className={styles.edited}>{t('fieldOf.gone')}</div>;
  const changes = [
    ...(added.length > 0 ? [t('added', { what: listOf(added) })] : []),
    ...(removed.length > 0 ? [t('removed', { what: listOf(removed) })] : []),
  ];
  return (
    <div className={styles.edited}>
      <span className={styles.quiet}>{t(`fieldOf.${field}`)}</span> {changes.join(' · ')}
    </div>
  );
}

/** The first of them in a row, as the reader calls them. */
function useListed(field: Difference['field']): (values: string[]) => string {
  const { t } = useTranslation('interception');
  const { t: tc } = useTranslation();
  const departmentOf = useDepartmentName();
  const nameOf = (value: string): string => {
    if (field === 'departments') return departmentOf(Number(value));
    if (field === 'type') return t(`typeOf.${value as 'warn'}`);
    return field === 'semantics' ? t(`semanticsOf.${value as 'phone'}`) : value;
  };
  return (values) => {
    const named = values.slice(0, mostNamed).map(nameOf).join(tc('listSeparator'));
    return values.length > mostNamed ? `${named} … (${values.length})` : named;
  };
}
