import { useTranslation } from 'react-i18next';
import { invalidate, isActive, listOf, type Run, useLive } from '../../api';
import { type QueryColumn, type QueryFilter, QueryTable } from '../../components/query-table';
import { RunDuration, RunProgress } from '../../components/run-list';
import { useRequester, useRunName } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { useThrottled } from '../../lib/use-throttled';
import { ResultSummary } from './result-view';
import { RunDetails, RunTitle } from './run-drawer';

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
const kinds = ['sync', 'reconciliation', 'backup', 'audit-verification', 'key-rotation'] as const;

/** Every run, newest first. */
export function RunsTab() {
  const { t } = useTranslation('sync');
  const { t: ts } = useTranslation('states');
  useFreshRuns();
  const filters: QueryFilter<'kind' | 'state'>[] = [
    {
      kind: 'choice',
      key: 'kind',
      label: t('kind'),
      options: kinds.map((value) => ({ value, label: ts(`runKind.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'state',
      label: t('state'),
      options: states.map((value) => ({ value, label: ts(`run.${value}`) })),
    },
  ];
  return (
    <QueryTable<Run, 'kind' | 'state'>
      id="runs"
      source={listOf('/runs')}
      rowKey={(run) => run.id}
      filters={filters}
      columns={useRunColumns()}
      drawer={{ title: (id) => <RunTitle id={id} />, content: (id) => <RunDetails id={id} />, width: 640 }}
      empty={{ title: t('emptyRuns'), hint: t('emptyRunsHint') }}
    />
  );
}

function useRunColumns(): QueryColumn<Run>[] {
  const { t } = useTranslation('sync');
  const nameOf = useRunName();
  const requesterOf = useRequester();
  return [
    { key: 'kind', title: t('kind'), width: 200, render: nameOf },
    { key: 'state', title: t('state'), width: 120, render: (run) => <RunStateTag state={run.state} /> },
    {
      key: 'result',
      title: t('result'),
      render: (run) => {
        if (isActive(run)) return <RunProgress run={run} />;
        return run.error ? <span title={run.error}>{run.error}</span> : <ResultSummary run={run} />;
      },
    },
    { key: 'created_at', title: t('createdAt'), width: 140, render: (run) => <TimeText at={run.created_at} /> },
    { key: 'duration', title: t('duration'), width: 110, render: (run) => <RunDuration run={run} /> },
    { key: 'requested_by', title: t('requestedBy'), width: 140, render: requesterOf },
  ];
}

/** Runs are few and change in place, so the list just follows. */
function useFreshRuns(): void {
  const refresh = useThrottled(() => invalidate('/runs'), 1_000);
  useLive('run', refresh);
}
