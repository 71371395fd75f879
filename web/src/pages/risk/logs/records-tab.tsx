import { useTranslation } from 'react-i18next';
import { recordedListOf } from '../../../api';
import type { SecurityRecord } from '../../../api/security-records';
import { Facts } from '../../../components/facts';
import { JsonView } from '../../../components/json-view';
import { StaffName } from '../../../components/names';
import { PersonLink } from '../../../components/person-link';
import {
  momentFilter,
  type QueryColumn,
  type QueryFilter,
  QueryTable,
  staffFilter,
} from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { exactTime } from '../../../lib/time';
import styles from '../risk.module.css';
import { useActName } from './use-act-name';

const source = recordedListOf('/security-records');
const logs = ['member_log', 'admin_log', 'file_record', 'screen_record'] as const;

/** The lines themselves. Every page that is shown is recorded, so nothing is asked for before there is a condition. */
export function RecordsTab() {
  const { t } = useTranslation('securityRecords');
  const actOf = useActName();
  return (
    <QueryTable
      id="security-records"
      source={source}
      rowKey={({ id }) => id}
      tabs={{
        ...{ kind: 'choice', key: 'source', label: t('source') },
        options: logs.map((value) => ({ value, label: t(`sourceOf.${value}`) })),
      }}
      filters={useFilters()}
      columns={useColumns()}
      drawer={{
        title: (_, row) => (row ? actOf(row) : t('line')),
        content: (_, row) => row && <Line row={row} />,
      }}
      empty={{ title: t('choose'), hint: t('chooseHint') }}
    />
  );
}

function useFilters(): QueryFilter<'userid' | 'from' | 'to'>[] {
  const { t } = useTranslation('securityRecords');
  return [staffFilter('userid', t('staff')), momentFilter('from', t('from')), momentFilter('to', t('to'))];
}

function useColumns(): QueryColumn<SecurityRecord>[] {
  const { t } = useTranslation('securityRecords');
  const actOf = useActName();
  return [
    {
      key: 'occurred_at',
      title: t('occurred'),
      width: 150,
      render: ({ occurred_at }) => <TimeText at={occurred_at} />,
    },
    { key: 'source', title: t('source'), width: 150, render: (row) => t(`sourceOf.${row.source}`) },
    { key: 'type', title: t('act'), render: actOf },
    {
      ...{ key: 'userid', title: t('staff'), width: 200 },
      render: ({ userid }) => (userid === null ? t('outside') : <StaffName userid={userid} />),
    },
    {
      ...{ key: 'fetched_at', title: t('fetched'), width: 150, hidden: true },
      render: ({ fetched_at }) => <TimeText at={fetched_at} />,
    },
  ];
}

function Line({ row }: { row: SecurityRecord }) {
  const { t } = useTranslation('securityRecords');
  const actOf = useActName();
  const { source: log, type, detail_type, userid, detail } = row;
  return (
    <div className={styles.stack}>
      <Facts
        items={[
          { label: t('source'), value: t(`sourceOf.${log}`) },
          { label: t('act'), value: actOf(row) },
          { label: t('codes'), value: <code>{[type, detail_type].filter((code) => code !== null).join(' / ')}</code> },
          { label: t('staff'), value: userid === null ? t('outside') : <PersonLink id={userid} /> },
          { label: t('occurred'), value: exactTime(row.occurred_at) },
          { label: t('fetched'), value: exactTime(row.fetched_at) },
        ]}
      />
      {detail === null ? <p className={styles.quiet}>{t('detailHidden')}</p> : <JsonView value={detail} />}
    </div>
  );
}
