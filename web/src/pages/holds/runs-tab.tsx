import { App, Button, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, isActive, listOf, noteRun, type Run } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { RunDuration, RunProgress } from '../../components/run-list';
import { useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import styles from './holds.module.css';
import { isPurge, reportOf } from './report';
import { ReportDetail } from './report-detail';

const source = listOf('/archive/retention-runs');
const newest = { params: { query: { limit: 20 } } };

/** Counting what is due, and purging it. */
export function RunsTab() {
  const { t } = useTranslation('holds');
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('runsHint')}</p>
      <QueryTable
        id="retention-runs"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns()}
        extra={<Start />}
        drawer={{
          title: (_, run) => run && t(isPurge(run) ? 'purge' : 'dryRun'),
          content: (_, run) => run && <ReportDetail run={run} />,
        }}
        empty={{ title: t('noRuns'), hint: t('noRunsHint') }}
      />
    </div>
  );
}

/** Follows what runs, for whoever may not hear of other runs. */
function useRetentionRuns() {
  const { data } = api.useQuery('get', '/archive/retention-runs', newest, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const running = data?.items.find(isActive);
  const state = running?.state;
  useEffect(
    () => (state ? () => invalidate('/archive/retention-runs', '/archive/purges', '/runs') : undefined),
    [state],
  );
  // The newest that has ended: what it found stands beside the button that destroys it.
  const last = data?.items.map(reportOf).find((report) => report?.dry_run);
  return { isRunning: running !== undefined, last };
}

function Start() {
  const { t } = useTranslation('holds');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const { isRunning, last } = useRetentionRuns();
  const start = api.useMutation('post', '/archive/retention-runs', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/archive/retention-runs');
    },
    // A purge always needs a second person: the frame asks for the reason.
    onError: (error) => asFault(error).code !== 'APPROVAL_REQUIRED' && void message.error(textOf(error)),
  });
  const begin = (dry_run: boolean) => start.mutate({ body: { dry_run } });
  return (
    <>
      <Button loading={isRunning || start.isPending} onClick={() => begin(true)}>
        {t('dryRun')}
      </Button>
      <Popconfirm
        title={t('purgeTitle')}
        description={<div style={{ maxWidth: 320 }}>{t('purgeHint', { count: last?.messages ?? 0 })}</div>}
        placement="bottomRight"
        okText={t('purge')}
        okButtonProps={{ danger: true }}
        cancelText={tc('cancel')}
        onConfirm={() => begin(false)}
      >
        <Button danger disabled={isRunning || !last?.messages} title={last?.messages ? undefined : t('dryRunFirst')}>
          {t('purge')}
        </Button>
      </Popconfirm>
    </>
  );
}

function useColumns(): QueryColumn<Run>[] {
  const { t } = useTranslation('holds');
  const requesterOf = useRequester();
  return [
    { key: 'created_at', title: t('startedAt'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
    {
      key: 'kind',
      title: t('kindTitle'),
      width: 110,
      render: (run) => t(isPurge(run) ? 'purge' : 'dryRun'),
    },
    { key: 'state', title: t('stateTitle'), width: 120, render: ({ state }) => <RunStateTag state={state} /> },
    {
      key: 'result',
      title: t('result'),
      render: (run) => (isActive(run) ? <RunProgress run={run} /> : <Outcome run={run} />),
    },
    { key: 'duration', title: t('duration'), width: 110, render: (run) => <RunDuration run={run} /> },
    { key: 'requested_by', title: t('by'), width: 160, render: requesterOf },
  ];
}

/** "1,204 条到期 · 保全中 12 条" */
function Outcome({ run }: { run: Run }) {
  const { t } = useTranslation('holds');
  const report = reportOf(run);
  if (!report) return run.error ?? '–';
  const { dry_run, messages, held } = report;
  return `${t(dry_run ? 'dueCount' : 'purgedCount', { count: messages })} · ${t('heldCount', { count: held })}`;
}
