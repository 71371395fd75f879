import { BranchesOutlined, EditOutlined, FieldTimeOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useCan } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { EditForm } from './edit-form';
import { ReplanDrawer } from './replan-drawer';
import { ScheduleForm } from './schedule-form';
import { SubmitDialog } from './submit-dialog';
import type { Plan } from './types';
import { useCancel } from './use-cancel';
import type { Moves } from './use-moves';

type Dialog = 'replan' | 'edit' | 'schedule' | 'submit';

/** What can be done with a plan as a whole before it has gone out. */
export function DraftActions({ plan, moves }: { plan: Plan; moves: Moves }) {
  const { t } = useTranslation('handoverPlans');
  const may = useCan('handovers:manage');
  const [dialog, setDialog] = useState<Dialog>();
  const cancel = useCancel(plan);
  const close = () => setDialog(undefined);
  if (!may) return null;
  const isDraft = plan.state === 'draft';
  return (
    <>
      {isDraft && (
        <>
          <Button
            type="text"
            icon={<UndoOutlined />}
            aria-label={t('undo')}
            title={t('undoHint')}
            disabled={!moves.canUndo || moves.isPending}
            onClick={() => void moves.undo()}
          />
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('redo')}
            title={t('redoHint')}
            disabled={!moves.canRedo || moves.isPending}
            onClick={() => void moves.redo()}
          />
          <Button icon={<BranchesOutlined />} disabled={plan.summary.total === 0} onClick={() => setDialog('replan')}>
            {t('replan')}
          </Button>
          <Button icon={<EditOutlined />} onClick={() => setDialog('edit')}>
            {t('edit')}
          </Button>
          <Button
            icon={<FieldTimeOutlined />}
            disabled={plan.summary.total === 0}
            onClick={() => setDialog('schedule')}
          >
            {t('schedule')}
          </Button>
        </>
      )}
      {!isDraft && <Unschedule id={plan.id} />}
      <Button onClick={cancel}>{t('cancelPlan')}</Button>
      <Button type="primary" disabled={plan.summary.total === 0} onClick={() => setDialog('submit')}>
        {t('submit')}
      </Button>
      <ReplanDrawer plan={plan} isOpen={dialog === 'replan'} onClose={close} onDone={moves.forget} />
      <Modal open={dialog === 'edit'} onCancel={close} footer={null} destroyOnHidden title={t('editTitle')}>
        <EditForm plan={plan} onClose={close} />
      </Modal>
      <Modal open={dialog === 'schedule'} onCancel={close} footer={null} destroyOnHidden title={t('scheduleTitle')}>
        <ScheduleForm plan={plan} onClose={close} />
      </Modal>
      <SubmitDialog plan={plan} isOpen={dialog === 'submit'} onClose={close} />
    </>
  );
}

function Unschedule({ id }: { id: string }) {
  const { t } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const { mutate, isPending } = api.useMutation('post', '/handovers/{id}/schedule', {
    onSuccess() {
      renewHandovers();
      void message.success(t('unscheduled'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <Button loading={isPending} onClick={() => mutate({ params: { path: { id } }, body: { scheduled_for: null } })}>
      {t('unschedule')}
    </Button>
  );
}
