import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Relation } from '../../api';
import { Panel } from '../../components/panel';
import { RelationStateTag } from '../../components/states';
import styles from './overview.module.css';

type State = Relation['state'];

/** What is lost stands first, then what needs a person. */
const order: readonly State[] = [
  'active',
  'deleted_by_external',
  'deleted_by_staff',
  'deleted_by_both',
  'missing',
  'unassigned',
  'half',
  'transferred_out',
  'out_of_scope',
];

/** How many relations are in which state; each leads to the contacts. */
export function RelationsTile({ relations }: { relations: Record<string, number> }) {
  const { t } = useTranslation('overview');
  const total = Object.values(relations).reduce((sum, count) => sum + count, 0);
  const shown = order.filter((state) => relations[state]);
  return (
    <Panel
      title={t('relations')}
      extra={<span className={styles.quiet}>{total > 0 && t('relationsTotal', { count: total })}</span>}
      className={styles.relations}
    >
      {shown.length === 0 && <p className={styles.quiet}>{t('relationsNone')}</p>}
      <ul className={styles.states}>
        {shown.map((state) => (
          <li key={state}>
            <Link to={`/external-contacts?state=${state}`}>
              <RelationStateTag state={state} />
              <b>{relations[state]?.toLocaleString()}</b>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
