import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type DataKey, type Run } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { RunProgress } from '../../components/run-list';
import { usePhaseWords, useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { AgeText } from '../../components/time-text';
import styles from './keys.module.css';
import { Outcome } from './outcome';
import { readRotated, useNews, useRotation } from './use-rotation';

const masterCommand = 'npm run scrm -- keys rotate --master';

/** Which key seals now, how far a rotation is, and what became of the last one. */
export function Status() {
  const { t } = useTranslation('keys');
  const keys = api.useQuery('get', '/data-keys');
  const rotation = useRotation();
  const { known, running, ended } = rotation;
  useNews(running);
  const error = keys.error ?? rotation.error;
  const retry = () => {
    void keys.refetch();
    void rotation.refetch();
  };
  if (!keys.data || !known) {
    return (
      <Panel title={t('status')}>
        {error ? <FaultNote error={error} onRetry={retry} small /> : <Loading rows={4} />}
      </Panel>
    );
  }
  const unreadable = (ended && readRotated(ended)?.unreadable) ?? 0;
  return (
    <Panel title={t('status')}>
      <div className={styles.status}>
        {running && <Running run={running} />}
        {unreadable > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('unreadable', { count: unreadable })}
            description={t('unreadableHint')}
          />
        )}
        <StatusFacts current={keys.data.items.find(({ state }) => state === 'active')} last={ended} />
        <p className={styles.quiet}>
          {t('masterHint')}
          <span className={styles.command}>
            <code>{masterCommand}</code> <CopyButton text={masterCommand} />
          </span>
        </p>
      </div>
    </Panel>
  );
}

function StatusFacts({ current, last }: { current: DataKey | undefined; last: Run | undefined }) {
  const { t } = useTranslation('keys');
  const requesterOf = useRequester();
  return (
    <Facts
      items={[
        { label: t('inUse'), value: current && <Current current={current} /> },
        { label: t('last'), value: last ? <Ended run={last} /> : t('neverRotated') },
        ...(last
          ? [
              { label: t('result'), value: <Outcome run={last} /> },
              { label: t('requestedBy'), value: requesterOf(last) },
            ]
          : []),
      ]}
    />
  );
}

function Current({ current: { version, active_from } }: { current: DataKey }) {
  const { t } = useTranslation('keys');
  return (
    <>
      {t('number', { version })} ·{' '}
      {active_from ? (
        <>
          {t('since')} <AgeText at={active_from} />
        </>
      ) : (
        t('sinceStart')
      )}
    </>
  );
}

const Ended = ({ run }: { run: Run }) => (
  <>
    <AgeText at={run.finished_at} /> <RunStateTag state={run.state} />
  </>
);

function Running({ run }: { run: Run }) {
  const { t } = useTranslation('keys');
  const phaseOf = usePhaseWords();
  return (
    <div className={styles.running} role="status">
      <RunStateTag state={run.state} />
      <span>{run.phase && phaseOf(run.phase)}</span>
      {/* The wait for other processes has no parts to count. */}
      {run.phase !== 'spread' && (
        <span className={styles.bar}>
          <RunProgress run={run} />
        </span>
      )}
      <span className={`${styles.quiet} ${styles.leave}`}>{t('leave')}</span>
    </div>
  );
}
