import { useTranslation } from 'react-i18next';
import { type ArchivePurge, listOf } from '../../api';
import { useActorName } from '../../components/audit-words';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import styles from './holds.module.css';

const source = listOf('/archive/purges');

/** The tombstones: what was destroyed leaves who, by whose leave, why and how much. */
export function PurgesTab() {
  const { t } = useTranslation('holds');
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('purgesHint')}</p>
      <QueryTable
        id="purges"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns()}
        empty={{ title: t('noPurges'), hint: t('noPurgesHint') }}
      />
    </div>
  );
}

function useColumns(): QueryColumn<ArchivePurge>[] {
  const { t } = useTranslation('holds');
  const nameOf = useActorName();
  const who = (actor: string | null, actor_name: string | null) =>
    actor === null ? '–' : nameOf({ actor, actor_name });
  return [
    { key: 'at', title: t('at'), width: 140, render: ({ at }) => <TimeText at={at} /> },
    { key: 'cause', title: t('causeTitle'), width: 120, render: ({ cause }) => t(`cause.${cause}`) },
    {
      key: 'count',
      title: t('messages'),
      width: 110,
      align: 'right',
      render: ({ count }) => count.toLocaleString(),
    },
    { key: 'ground', title: t('reason'), render: ({ ground }) => <Cut text={ground} /> },
    {
      key: 'asked_by',
      title: t('askedBy'),
      width: 160,
      render: ({ asked_by, asked_by_name }) => who(asked_by, asked_by_name),
    },
    {
      key: 'approved_by',
      title: t('approvedBy'),
      width: 160,
      render: ({ approved_by, approved_by_name }) => who(approved_by, approved_by_name),
    },
    {
      key: 'ids_sha256',
      title: t('idsHash'),
      width: 190,
      render: ({ ids_sha256 }) => <code title={ids_sha256}>{ids_sha256.slice(0, 16)}…</code>,
    },
  ];
}
