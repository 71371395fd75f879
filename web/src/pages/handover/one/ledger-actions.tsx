import { DownloadOutlined, RollbackOutlined, SyncOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, noteRun, useCan } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import type { Plan } from './types';
import { useCancel } from './use-cancel';
import { useHandBack } from './use-hand-back';

/** The report to take away; asks WeCom now, holds back what has not gone out, and plans to give back what has arrived. */
export function LedgerActions({ plan }: { plan: Plan }) {
  const { t, i18n } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const may = useCan('handovers:manage');
  const cancel = useCancel(plan);
  const handBack = useHandBack(plan);
  const { mutate, isPending } = api.useMutation('post', '/handovers/{id}/refresh', {
    onSuccess(run) {
      noteRun(run);
      renewHandovers();
      void message.success(t('refreshing'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (plan.submitted_at === null) return null;
  const file = `/api/v1/handovers/${encodeURIComponent(plan.id)}/report?lang=${i18n.language}`;
  const report = (
    <Button icon={<DownloadOutlined />} href={file} download>
      {t('report')}
    </Button>
  );
  if (!may) return report;
  const { planned = 0, waiting = 0, unknown = 0 } = plan.summary.by_state;
  return (
    <>
      {report}
      {handBack && (
        <Button icon={<RollbackOutlined />} onClick={handBack}>
          {t('handBack')}
        </Button>
      )}
      {planned > 0 && <Button onClick={cancel}>{t('holdBack')}</Button>}
      <Tooltip title={t('refreshHint')}>
        <Button
          type="primary"
          icon={<SyncOutlined />}
          disabled={waiting + unknown === 0}
          loading={isPending}
          onClick={() => mutate({ params: { path: { id: plan.id } } })}
        >
          {t('refresh')}
        </Button>
      </Tooltip>
    </>
  );
}
