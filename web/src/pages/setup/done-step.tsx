import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type Run, useRun } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { RunDuration, RunProgress } from '../../components/run-list';
import { RunStateTag } from '../../components/states';
import styles from './setup.module.css';

const newest = { params: { query: { limit: 1 } } };

/** The first full read, as it goes. */
export function DoneStep() {
  const { t } = useTranslation('setup');
  const { data } = api.useQuery('get', '/sync-runs', newest, { refetchOnMount: 'always' });
  const run = data?.items[0];
  return (
    <div className={styles.step}>
      <p>{t('doneIntro')}</p>
      {run ? <FirstSync id={run.id} /> : <StartSync />}
      <div className={styles.buttons}>
        <Link to="/">
          <Button type="primary">{t('toOverview')}</Button>
        </Link>
        <Link to="/settings/doctor">
          <Button>{t('toDoctor')}</Button>
        </Link>
      </div>
      <p className={styles.quiet}>{t('doneHint')}</p>
    </div>
  );
}

function FirstSync({ id }: { id: string }) {
  const { data: run } = useRun(id);
  if (!run) return null;
  return (
    <div className={styles.sync}>
      <RunStateTag state={run.state} />
      <RunProgress run={run} />
      <RunDuration run={run} />
      <SyncCounts run={run} />
    </div>
  );
}

function SyncCounts({ run }: { run: Run }) {
  const { t } = useTranslation('setup');
  const { result } = run;
  if (run.state !== 'succeeded' || typeof result !== 'object' || result === null || !('seen' in result)) return null;
  return <span className={styles.quiet}>{t('seen', { count: Number(result.seen) })}</span>;
}

function StartSync() {
  const { t } = useTranslation('setup');
  const textOf = useFaultText();
  const queries = api.useQuery('get', '/sync-runs', newest);
  const start = api.useMutation('post', '/sync-runs', { onSuccess: () => void queries.refetch() });
  return (
    <>
      {start.error && <FormFault text={textOf(start.error)} />}
      <Button loading={start.isPending} onClick={() => start.mutate({ body: { scope: 'all' } })}>
        {t('startSync')}
      </Button>
    </>
  );
}
