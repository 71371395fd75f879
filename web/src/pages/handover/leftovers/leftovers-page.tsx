import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../../api';
import { type Leftover, type LeftoverFilter, useLeftoverSummary } from '../../../api/departures';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { type QueryFilter, QueryTable, staffFilter } from '../../../components/query-table';
import styles from '../handover.module.css';
import { ReasonTable } from './reason-table';
import { kinds, reasons } from './reasons';
import { useLeftoverColumns } from './use-leftover-columns';
import { Verdict } from './verdict';

const source = listOf('/leftovers');

/** That nothing is owned by anybody who left; where something is, why, and what to do. */
export function LeftoversPage() {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:read');
  const columns = useLeftoverColumns();
  const filters = useFilters();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('leftovers')} note={t('leftoversNote')} />
      <div className={styles.stack}>
        <Summary />
        <QueryTable<Leftover, LeftoverFilter>
          id="leftovers"
          source={source}
          rowKey={({ kind, subject, id, userid }) => [kind, subject, id, userid].join(' ')}
          filters={filters}
          columns={columns}
          empty={{ title: t('leftoversEmpty'), hint: t('leftoversEmptyHint') }}
        />
      </div>
    </>
  );
}

function Summary() {
  const { data, error, refetch } = useLeftoverSummary();
  if (!data) {
    return (
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={2} />}</Panel>
    );
  }
  return (
    <>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      <Verdict summary={data} />
      <ReasonTable summary={data} />
    </>
  );
}

function useFilters(): QueryFilter<LeftoverFilter>[] {
  const { t } = useTranslation('handoverDesk');
  return [
    {
      ...{ kind: 'choice', key: 'kind', label: t('kindTitle') },
      options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
    },
    {
      ...{ kind: 'choice', key: 'why', label: t('why') },
      options: reasons.map((value) => ({ value, label: t(`whyIs.${value}`) })),
    },
    staffFilter('userid', t('whose')),
  ];
}
