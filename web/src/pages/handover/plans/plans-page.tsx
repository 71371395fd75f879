import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listOf, useCan } from '../../../api';
import type { ListedHandover } from '../../../api/handovers';
import { Cut } from '../../../components/cut';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { type QueryColumn, type QueryFilter, QueryTable, staffFilter } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { handoverPath, newHandoverPath } from '../../../lib/paths';
import { notArrived, PlanStateTag, planStates } from '../parts/plan-tags';
import { StateBar } from '../parts/state-bar';
import styles from './plans.module.css';

const source = listOf('/handovers');

/** Every handover, newest first: whose, how many, and how far it is. */
export function PlansPage() {
  const { t } = useTranslation('handoverPlans');
  const may = useCan('handovers:read');
  const mayPlan = useCan('handovers:manage');
  const columns = useColumns();
  const filters: QueryFilter<'state' | 'userid'>[] = [staffFilter('userid', t('from'))];
  if (!may) return <NoAccess />;
  const create = mayPlan && (
    <Link to={newHandoverPath()}>
      <Button type="primary">{t('create')}</Button>
    </Link>
  );
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={create} />
      <QueryTable
        id="handovers"
        source={source}
        rowKey={({ id }) => id ?? ''}
        tabs={{
          ...{ kind: 'choice', key: 'state', label: t('stateTitle') },
          options: planStates.map((value) => ({ value, label: t(`planState.${value}`) })),
        }}
        filters={filters}
        columns={columns}
        href={({ id }) => handoverPath(id ?? '')}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function useColumns(): QueryColumn<ListedHandover>[] {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const namesOf = ({ from }: ListedHandover): string => {
    const names = from.slice(0, 3).map(({ name, userid }) => name || userid);
    const text = names.join(tc('listSeparator'));
    return from.length > names.length ? t('fromMore', { names: text, count: from.length }) : text;
  };
  return [
    { key: 'name', title: t('name'), render: ({ name }) => <Cut text={name} /> },
    { key: 'from', title: t('from'), width: 170, render: (row) => <Cut text={namesOf(row)} /> },
    { key: 'state', title: t('stateTitle'), width: 130, render: ({ state }) => <PlanStateTag state={state} /> },
    { key: 'total', title: t('total'), width: 80, align: 'right', render: ({ total }) => total.toLocaleString() },
    { key: 'progress', title: t('progress'), width: 340, render: (row) => <Progress row={row} /> },
    { key: 'since', title: t('sinceAt'), width: 130, render: ({ submitted_at }) => <TimeText at={submitted_at} /> },
    { key: 'created', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
    {
      ...{ key: 'ended', title: t('endedAt'), width: 130, hidden: true },
      render: ({ ended_at }) => <TimeText at={ended_at} />,
    },
  ];
}

/** A draft has gone nowhere yet. */
function Progress({ row: { by_state, total, submitted_at } }: { row: ListedHandover }) {
  const { t } = useTranslation('handoverPlans');
  const lost = notArrived.reduce((sum, state) => sum + (by_state[state] ?? 0), 0);
  if (submitted_at === null) return <span className={styles.quiet}>–</span>;
  return (
    <span className={styles.progress}>
      <StateBar byState={by_state} total={total} />
      <span>
        {t('progressOf', { done: (by_state.taken_over ?? 0).toLocaleString(), total: total.toLocaleString() })}
      </span>
      {lost > 0 && <span className={styles.lost}>{t('notArrivedOf', { count: lost })}</span>}
    </span>
  );
}
