import { useTranslation } from 'react-i18next';
import type { Relation } from '../../../api';
import { Person } from '../../../components/person';
import { Sentence } from '../../../components/sentence';
import { RelationStateTag } from '../../../components/states';
import { TimeText } from '../../../components/time-text';
import { staffPath } from '../../../lib/paths';
import { evidenceOf, inOrder } from '../relations';
import styles from './person.module.css';

/** Who follows or followed, in which state, and how sure that is. */
export function RelationStates({ relations }: { relations: readonly Relation[] }) {
  return (
    <ul className={styles.list}>
      {inOrder(relations).map((relation) => (
        <li key={relation.id} className={styles.item}>
          <State relation={relation} />
        </li>
      ))}
    </ul>
  );
}

function State({ relation }: { relation: Relation }) {
  const { t } = useTranslation('externalContacts');
  const evidence = evidenceOf(relation);
  return (
    <>
      <div className={styles.stateHead}>
        <Person id={relation.userid} name={relation.staff_name} to={staffPath(relation.userid)} size={20} />
        <RelationStateTag state={relation.state} absentSince={relation.absent_since} evidence={evidence} />
      </div>
      <div className={styles.quiet}>
        <TimeText at={relation.started_at} />
        {' – '}
        <TimeText at={relation.ended_at} none={t('now')} />
        {relation.spell > 1 && <span title={t('spellHint')}> · {t('spell', { count: relation.spell })}</span>}
        {' · '}
        {t(evidence === 'official' ? 'evidence.official' : 'evidence.derived')}
      </div>
      {relation.absent_since && (
        <div className={styles.quiet}>
          <Sentence text={t('absentSince')} parts={{ at: <TimeText at={relation.absent_since} /> }} />
        </div>
      )}
    </>
  );
}
