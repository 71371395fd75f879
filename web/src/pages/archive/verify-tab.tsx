import { SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ItemOf, invalidate, isActive, listOf, noteRun } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { RunDuration, RunProgress } from '../../components/run-list';
import { useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import styles from './archive.module.css';
import { Verdict, VerdictDetail } from './verdict';

type VerificationRun = ItemOf<'/archive/verifications'>;

const source = listOf('/archive/verifications');
const newest = { params: { query: { limit: 1 } } };

/** The archive is read again and compared with what the chain fixed. */
export function VerifyTab() {
  const { t } = useTranslation('archive');
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('verifyHint')}</p>
      <QueryTable
        id="archive-verifications"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns()}
        extra={<StartButton />}
        drawer={{
          width: 640,
          title: () => t('verification'),
          content: (id) => <VerdictDetail key={id} id={id} />,
        }}
        empty={{ title: t('neverVerified'), hint: t('neverVerifiedHint') }}
      />
    </div>
  );
}

/** Followed here too: whoever verifies may not hear of other runs. */
function StartButton() {
  const { t } = useTranslation('archive');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const { data } = api.useQuery('get', '/archive/verifications', newest, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const running = data?.items.find(isActive);
  const state = running?.state;
  // Whatever becomes of it stands in the table, and on the calendar of days.
  useEffect(
    () => (state ? () => invalidate('/archive/verifications', '/archive/completeness', '/runs') : undefined),
    [state],
  );
  const start = api.useMutation('post', '/archive/verifications', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/archive/verifications');
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  return (
    <Button
      type="primary"
      icon={<SafetyCertificateOutlined />}
      loading={start.isPending || running !== undefined}
      onClick={() => start.mutate({ body: { scope: 'all' } })}
    >
      {t('verify')}
    </Button>
  );
}

function useColumns(): QueryColumn<VerificationRun>[] {
  const { t } = useTranslation('archive');
  const requesterOf = useRequester();
  return [
    { key: 'created_at', title: t('startedAt'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
    { key: 'state', title: t('state'), width: 120, render: ({ state }) => <RunStateTag state={state} /> },
    {
      key: 'result',
      title: t('result'),
      render: (run) => (isActive(run) ? <RunProgress run={run} /> : <Verdict run={run} />),
    },
    { key: 'duration', title: t('duration'), width: 110, render: (run) => <RunDuration run={run} /> },
    { key: 'requested_by', title: t('requestedBy'), width: 180, render: requesterOf },
  ];
}
