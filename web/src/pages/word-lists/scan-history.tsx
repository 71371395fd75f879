import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, type Run } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { daysText, LookBack } from '../../components/look-back';
import { Note } from '../../components/note';
import { RunDuration, RunProgress } from '../../components/run-list';
import { useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { detailOf, textOf } from '../../lib/detail';
import styles from './word-lists.module.css';

const ofKind = { params: { query: { kind: 'archive-word-scan', limit: 20 } } };

/** A changed list looks ahead; here the reader lets it look back. */
export function ScanHistory() {
  const { t } = useTranslation('wordLists');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
        {t('scan')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('scan')} size={520} destroyOnHidden>
        <Scans />
      </Drawer>
    </>
  );
}

function Scans() {
  const { t } = useTranslation('wordLists');
  const { data, error, refetch } = api.useQuery('get', '/runs', ofKind, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const isRunning = data?.items.some(isActive) ?? false;
  return (
    <div className={styles.sections}>
      <StartScan isRunning={isRunning} />
      <section>
        <h3 className={styles.heading}>{t('scans')}</h3>
        {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
        {!data && !error && <Loading rows={4} />}
        {data?.items.length === 0 && <Note small>{t('neverScanned')}</Note>}
        <ol className={styles.versions}>
          {data?.items.map((run) => (
            <li key={run.id} className={styles.version}>
              <Scan run={run} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function StartScan({ isRunning }: { isRunning: boolean }) {
  const { t } = useTranslation('wordLists');
  const start = api.useMutation('post', '/archive/word-scan-runs', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/runs');
    },
  });
  return (
    <section>
      <p className={styles.quiet}>{t('scanHint')}</p>
      <LookBack
        submit={t(isRunning ? 'scanning' : 'startScan')}
        isPending={start.isPending || isRunning}
        error={start.error}
        onStart={(body) => start.mutate({ body })}
      />
    </section>
  );
}

function Scan({ run }: { run: Run }) {
  const { t } = useTranslation('wordLists');
  const requesterOf = useRequester();
  const { from, to } = detailOf(run.params);
  const { looked_at, hits } = detailOf(run.result);
  return (
    <div className={styles.versionWords}>
      <div className={styles.versionHead}>
        <span>{daysText(textOf(from), textOf(to))}</span>
        <RunStateTag state={run.state} />
      </div>
      {isActive(run) && <RunProgress run={run} />}
      {run.state === 'succeeded' && (
        <div>{t('scanned', { looked: Number(looked_at).toLocaleString(), hits: Number(hits).toLocaleString() })}</div>
      )}
      {run.error && <div className={styles.change}>{run.error}</div>}
      <div className={styles.quiet}>
        <TimeText at={run.created_at} /> · {requesterOf(run)} · <RunDuration run={run} />
      </div>
    </div>
  );
}
