import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, type Run, useCan, useRun } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { RunProgress } from '../../../components/run-list';
import { RunStateTag } from '../../../components/states';
import styles from '../handover.module.css';

/** Has WeCom's lists read and compared now: what is shown here is counted anew when that is done. */
export function ReadAgain() {
  const { t } = useTranslation('handoverDesk');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const may = useCan('reconciliation:start');
  const [run, setRun] = useState<string>();
  const start = api.useMutation('post', '/reconciliation-runs', {
    onSuccess(started: Run) {
      noteRun(started);
      setRun(started.id);
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  if (!may) return null;
  if (run) return <Running id={run} onEnd={() => setRun(undefined)} />;
  return (
    <Button loading={start.isPending} onClick={() => start.mutate({ body: {} })}>
      {t('readAgain')}
    </Button>
  );
}

function Running({ id, onEnd }: { id: string; onEnd(): void }) {
  const { t } = useTranslation('handoverDesk');
  const { message } = App.useApp();
  const { data } = useRun(id);
  const ended = data && !isActive(data) ? data.state : undefined;
  useEffect(() => {
    if (!ended) return;
    invalidate('/leftovers', '/leftovers/summary', '/departures');
    if (ended === 'succeeded') void message.success(t('didRead'));
    else void message.error(t('readFailed'));
    onEnd();
  }, [ended, message, t, onEnd]);
  return (
    <div className={styles.running}>
      {data && (isActive(data) ? <RunProgress run={data} /> : <RunStateTag state={data.state} />)}
    </div>
  );
}
