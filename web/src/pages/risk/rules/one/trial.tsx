import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, type Rule, type Run } from '../../../../api';
import { onceOnly } from '../../../../api/query-client';
import { FaultNote, useFaultText } from '../../../../components/fault-note';
import { FormFault } from '../../../../components/form-fault';
import { Loading } from '../../../../components/loading';
import { Panel } from '../../../../components/panel';
import { RunProgress } from '../../../../components/run-list';
import { TimeText } from '../../../../components/time-text';
import styles from '../rules.module.css';
import { TrialResult } from './trial-result';
import { useTrial } from './use-trial';

/** What the newest version would have found; to see it is recorded. */
export function Trial({ rule, isChanged }: { rule: Rule; isChanged: boolean }) {
  const { t } = useTranslation('rules');
  const { last, error, refetch } = useTrial(rule);
  // Whoever begins it wants to see what comes of it.
  const [opened, setOpened] = useState<string>();
  const { id, version } = rule;
  return (
    <Panel title={t('trial')}>
      <p className={styles.quiet}>{t('trialHint')}</p>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {last ? <Last run={last} version={version} /> : <p>{t('notTried', { version })}</p>}
      <div className={styles.buttons}>
        <Start
          rule={rule}
          isChanged={isChanged}
          isRunning={last !== undefined && isActive(last)}
          onStarted={setOpened}
        />
        {last?.state === 'succeeded' && opened !== last.id && (
          <Button onClick={() => setOpened(last.id)}>{t('seeResult')}</Button>
        )}
      </div>
      {isChanged && <p className={styles.quiet}>{t('trialUnsaved')}</p>}
      {last?.state === 'succeeded' && opened === last.id && <Opened key={last.id} ruleId={id} run={last} rule={rule} />}
    </Panel>
  );
}

function Last({ run, version }: { run: Run; version: number }) {
  const { t } = useTranslation('rules');
  if (isActive(run)) {
    return (
      <>
        <p>{t('trying', { version })}</p>
        <RunProgress run={run} />
      </>
    );
  }
  if (run.state === 'failed') return <p className={styles.lost}>{t('trialFailed', { error: run.error ?? '' })}</p>;
  if (run.state === 'cancelled') return <p>{t('trialCancelled')}</p>;
  return (
    <p>
      {t('versionOf', { version })} · {t('triedAt')} <TimeText at={run.created_at} />
    </p>
  );
}

interface StartProps {
  rule: Rule;
  isChanged: boolean;
  isRunning: boolean;
  onStarted(runId: string): void;
}

function Start({ rule: { id, version }, isChanged, isRunning, onStarted }: StartProps) {
  const { t } = useTranslation('rules');
  const textOf = useFaultText();
  const start = api.useMutation('post', '/rules/{id}/dry-runs', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/runs');
      onStarted(run.id);
    },
  });
  return (
    <>
      <FormFault text={start.error ? textOf(start.error) : undefined} />
      <Button
        type="primary"
        disabled={isChanged}
        loading={start.isPending || isRunning}
        onClick={() => start.mutate({ params: { path: { id } } })}
      >
        {t('startTrial', { version })}
      </Button>
    </>
  );
}

function Opened({ ruleId, run, rule }: { ruleId: string; run: Run; rule: Rule }) {
  const path = { params: { path: { id: ruleId, run: run.id } } };
  const { data, error, refetch } = api.useQuery('get', '/rules/{id}/dry-runs/{run}', path, onceOnly);
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!data?.result) return <Loading rows={6} />;
  return <TrialResult result={data.result} params={data.run.params} definition={rule.definition} />;
}
