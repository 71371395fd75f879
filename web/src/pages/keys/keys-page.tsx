import { useTranslation } from 'react-i18next';
import { listOf, type Run, useCan } from '../../api';
import { NoAccess } from '../../components/no-access';
import { PageHeader } from '../../components/page-header';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { RunDuration } from '../../components/run-list';
import { useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { KeyList } from './key-list';
import styles from './keys.module.css';
import { Outcome } from './outcome';
import { RotateButton } from './rotate-button';
import { Status } from './status';

const source = listOf('/key-rotations');

/** The keys stored values are sealed with, how far a rotation is, and what became of earlier ones. */
export function KeysPage() {
  const mayRotate = useCan('keys:rotate');
  return mayRotate ? <Keys /> : <NoAccess />;
}

function Keys() {
  const { t } = useTranslation('keys');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<RotateButton />} />
      <div className={styles.page}>
        <Status />
        <KeyList />
      </div>
      <h2 className={styles.heading}>{t('rotations')}</h2>
      <QueryTable
        id="key-rotations"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns()}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function useColumns(): QueryColumn<Run>[] {
  const { t } = useTranslation('keys');
  const requesterOf = useRequester();
  return [
    { key: 'created_at', title: t('startedAt'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
    { key: 'state', title: t('state'), width: 120, render: ({ state }) => <RunStateTag state={state} /> },
    { key: 'result', title: t('result'), render: (run) => <Outcome run={run} /> },
    { key: 'duration', title: t('duration'), width: 110, render: (run) => <RunDuration run={run} /> },
    { key: 'requested_by', title: t('requestedBy'), width: 200, render: requesterOf },
  ];
}
