import { useTranslation } from 'react-i18next';
import { isActive, type Run, useRun } from '../../api';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { RunDuration, RunProgress } from '../../components/run-list';
import { usePhaseWords, useRequester, useRunName } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { CancelRun } from './cancel-run';
import { ResultView } from './result-view';
import styles from './sync.module.css';

export function RunTitle({ id }: { id: string }) {
  const nameOf = useRunName();
  const { data } = useRun(id);
  return <>{data ? nameOf(data) : ''}</>;
}

/** One run, live while it goes on. */
export function RunDetails({ id }: { id: string }) {
  const { data: run, error, refetch } = useRun(id);
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading />;
  return <Details run={run} />;
}

function Details({ run }: { run: Run }) {
  const { t } = useTranslation('sync');
  const phaseOf = usePhaseWords();
  const requesterOf = useRequester();
  const live = isActive(run);
  return (
    <div className={styles.details}>
      {live && (
        <div className={styles.live}>
          <RunProgress run={run} />
          <CancelRun run={run} />
        </div>
      )}
      <Facts
        items={[
          { label: t('state'), value: <RunStateTag state={run.state} /> },
          ...(run.phase && live ? [{ label: t('phase'), value: phaseOf(run.phase) }] : []),
          { label: t('requestedBy'), value: requesterOf(run) },
          { label: t('createdAt'), value: <TimeText at={run.created_at} /> },
          { label: t('startedAt'), value: <TimeText at={run.started_at} /> },
          { label: t('finishedAt'), value: <TimeText at={run.finished_at} /> },
          { label: t('duration'), value: <RunDuration run={run} /> },
        ]}
      />
      {run.error && (
        <section>
          <h3 className={styles.heading}>{t('error')}</h3>
          <p className={styles.failure}>{run.error}</p>
        </section>
      )}
      {!live && !run.error && (
        <section>
          <h3 className={styles.heading}>{t('result')}</h3>
          <ResultView run={run} />
        </section>
      )}
    </div>
  );
}
