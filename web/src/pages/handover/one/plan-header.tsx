import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../../../components/page-header';
import { TimeText } from '../../../components/time-text';
import { findingPath, handoverPath, staffPath } from '../../../lib/paths';
import { PlanStateTag } from '../parts/plan-tags';
import { useContactsAnd } from '../parts/use-counts';
import styles from './one.module.css';
import type { Plan } from './types';

/** Its name, how it stands, whose it is and how much. */
export function PlanHeader({ plan, actions }: { plan: Plan; actions: ReactNode }) {
  const { name } = plan;
  return <PageHeader title={name} note={<About plan={plan} />} actions={actions} />;
}

function About({ plan }: { plan: Plan }) {
  const { state, from, summary, finding_id, created_at, reverses_id, reversed_by } = plan;
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const sumOf = useContactsAnd();
  return (
    <span className={styles.about}>
      <PlanStateTag state={state} />
      <span>
        {t('from')}{' '}
        {from.map(({ userid, name, departed_at }, place) => (
          <span key={userid}>
            {place > 0 && tc('listSeparator')}
            <Link to={staffPath(userid)}>
              <bdi>{name || userid}</bdi>
            </Link>
            {t('inBrackets', { text: t(departed_at === null ? 'serving' : 'departed') })}
          </span>
        ))}
      </span>
      <span>{sumOf(summary.external_contacts, summary.group_chats)}</span>
      <span>
        {t('createdAt')} <TimeText at={created_at} />
      </span>
      {reverses_id !== null && <Link to={handoverPath(reverses_id)}>{t('reverses')}</Link>}
      {reversed_by.map((one) => (
        <Link key={one.id} to={handoverPath(one.id)} title={one.name}>
          {t('reversedBy')}
          {t('inBrackets', { text: t(`planState.${one.state}`) })}
        </Link>
      ))}
      {finding_id !== null && <Link to={findingPath(String(finding_id))}>{t('seeFinding')}</Link>}
    </span>
  );
}
