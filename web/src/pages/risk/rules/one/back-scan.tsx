import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, type Rule, type Run } from '../../../../api';
import { FaultNote } from '../../../../components/fault-note';
import { daysText, LookBack } from '../../../../components/look-back';
import { Panel } from '../../../../components/panel';
import { RunDuration, RunProgress } from '../../../../components/run-list';
import { useRequester } from '../../../../components/run-words';
import { RunStateTag } from '../../../../components/states';
import { TimeText } from '../../../../components/time-text';
import { detailOf, textOf } from '../../../../lib/detail';
import styles from '../rules.module.css';
import { useRuleRuns } from './use-rule-runs';

/** A rule that is on looks ahead; here the reader lets it look back. */
export function BackScan({ rule }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  const { runs, isRunning, error, refetch } = useRuleRuns('rule-scan', rule.id);
  const { state, live_version: live } = rule;
  return (
    <Panel title={t('backScan')}>
      {state === 'on' && live !== null ? (
        <>
          <p className={styles.quiet}>{t('backScanHint', { live })}</p>
          <Start rule={rule} isRunning={isRunning} />
        </>
      ) : (
        <p className={styles.quiet}>{t('backScanOff')}</p>
      )}
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {runs && runs.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('scans')}</h3>
          <ol>
            {runs.map((run) => (
              <li key={run.id} className={styles.row}>
                <Scan run={run} />
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}

function Start({ rule: { id }, isRunning }: { rule: Rule; isRunning: boolean }) {
  const { t } = useTranslation('rules');
  const start = api.useMutation('post', '/rules/{id}/scans', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/runs');
    },
  });
  return (
    <LookBack
      submit={t(isRunning ? 'scanning' : 'startScan')}
      isPending={start.isPending || isRunning}
      error={start.error}
      onStart={(body) => start.mutate({ params: { path: { id } }, body })}
    />
  );
}

function Scan({ run }: { run: Run }) {
  const { t } = useTranslation('rules');
  const requesterOf = useRequester();
  const { from, to } = detailOf(run.params);
  const { looked_at, found } = detailOf(run.result);
  return (
    <div className={styles.rowWords}>
      <div className={styles.rowHead}>
        <span>{daysText(textOf(from), textOf(to))}</span>
        <RunStateTag state={run.state} />
      </div>
      {isActive(run) && <RunProgress run={run} />}
      {run.state === 'succeeded' && (
        <div>{t('scanned', { looked: Number(looked_at).toLocaleString(), found: Number(found).toLocaleString() })}</div>
      )}
      {run.error && <div className={styles.lost}>{run.error}</div>}
      <div className={styles.quiet}>
        <TimeText at={run.created_at} /> · {requesterOf(run)} · <RunDuration run={run} />
      </div>
    </div>
  );
}
