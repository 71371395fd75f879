import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Backups, invalidate, noteRun, useCan, useLive } from '../../api';
import { Facts } from '../../components/facts';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { StateTag } from '../../components/state-tag';
import { AgeText } from '../../components/time-text';
import { sizeText } from '../../lib/size';
import { exactTime } from '../../lib/time';
import styles from './settings.module.css';

const newest = { params: { query: { limit: 1 } } };

/** Whether a disaster today would cost a day or everything. */
export function BackupCard() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = api.useQuery('get', '/backups', newest);
  return (
    <Panel title={t('backup.title')}>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && <Loading rows={3} />}
      {data && (
        <div className={styles.test}>
          {data.restoration && <RestoreNotice restoration={data.restoration} />}
          {data.overdue && <Alert type="warning" showIcon title={t('backup.overdue')} />}
          <BackupFacts backups={data} />
          <BackupNow />
        </div>
      )}
    </Panel>
  );
}

function BackupFacts({ backups }: { backups: Backups }) {
  const { t } = useTranslation('settings');
  const [last] = backups.items;
  return (
    <Facts
      items={[
        {
          label: t('backup.last'),
          value: backups.last_good_at ? <AgeText at={backups.last_good_at} /> : t('backup.none'),
        },
        ...(last
          ? [
              { label: t('backup.size'), value: sizeText(last.size) },
              { label: t('backup.content'), value: t('backup.rows', { count: last.rows }) },
              { label: t('backup.verified'), value: last.ok ? <AgeText at={last.verified_at} /> : <Broken /> },
            ]
          : []),
        { label: t('backup.recoveryKey'), value: <RecoveryKey since={backups.recovery_key_since} /> },
      ]}
    />
  );
}

function Broken() {
  const { t } = useTranslation('settings');
  return <StateTag tone="lost">{t('backup.broken')}</StateTag>;
}

function RecoveryKey({ since }: { since: string | null }) {
  const { t } = useTranslation('settings');
  if (since) return <AgeText at={since} />;
  return (
    <>
      {t('backup.recoveryKeyNone')} {t('backup.recoveryKeyHint')} <code>npm run scrm -- backup recovery-key</code>
    </>
  );
}

function RestoreNotice({ restoration }: { restoration: NonNullable<Backups['restoration']> }) {
  const { t } = useTranslation('settings');
  const { taken_at, restored_at, paused } = restoration;
  return (
    <Alert
      type={paused ? 'error' : 'info'}
      showIcon
      title={t('backup.restored')}
      description={
        <>
          <p>{t('backup.lost', { from: exactTime(taken_at), to: exactTime(restored_at) })}</p>
          {paused && (
            <p>
              {t('backup.paused')} <code>npm run scrm -- restore --resume</code>
            </p>
          )}
        </>
      }
    />
  );
}

function BackupNow() {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [runId, setRunId] = useState<string>();
  const may = useCan('settings:write');
  const start = api.useMutation('post', '/backup-runs', {
    onSuccess(run) {
      noteRun(run);
      setRunId(run.id);
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  useLive(runId ? 'run' : undefined, (run) => {
    if (run.id !== runId || run.finished_at === null) return;
    setRunId(undefined);
    if (run.error) void message.error(run.error);
    invalidate('/backups');
  });
  if (!may) return null;
  return (
    <div className={styles.testButton}>
      <Button loading={start.isPending || runId !== undefined} onClick={() => start.mutate({ body: {} })}>
        {t('backup.now')}
      </Button>
      {runId && <span className={styles.quiet}>{t('backup.running')}</span>}
    </div>
  );
}
