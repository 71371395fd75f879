import { SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, useRun } from '../../api';
import { useFaultText } from '../../components/fault-note';

/** Starts a verification of the whole trail and shows how far it is. */
export function VerifyButton() {
  const { t } = useTranslation('audit');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [run, setRun] = useState<string>();
  const start = api.useMutation('post', '/audit-verifications', {
    onSuccess(started) {
      noteRun(started);
      setRun(started.id);
    },
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <>
      {run && <Following id={run} onEnd={() => setRun(undefined)} />}
      <Tooltip title={t('verifyHint')}>
        <Button
          type="primary"
          icon={<SafetyCertificateOutlined />}
          loading={start.isPending || run !== undefined}
          onClick={() => start.mutate({ body: { scope: 'all' } })}
        >
          {t('verify')}
        </Button>
      </Tooltip>
    </>
  );
}

function Following({ id, onEnd }: { id: string; onEnd(): void }) {
  const { t } = useTranslation('audit');
  const { message } = App.useApp();
  const { data: run } = useRun(id);
  const ended = run !== undefined && !isActive(run);
  useEffect(() => {
    if (!ended) return;
    invalidate('/audit-status', '/audit-events');
    if (run.state !== 'succeeded') void message.error(t('verifyFailed'));
    onEnd();
  }, [ended, run, message, t, onEnd]);
  if (!run || ended) return null;
  const { done, total } = run.progress;
  return (
    <span aria-live="polite">{t('progress', { done: done.toLocaleString(), total: total.toLocaleString() })}</span>
  );
}
