import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, isActive, noteRun, type Run, useCan } from '../../api';
import { useFaultText } from '../../components/fault-note';

/** Asks a run to stop. It can be started again, so there is nothing to confirm. */
export function CancelRun({ run }: { run: Run }) {
  const { t } = useTranslation('sync');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const mayCancel = useCan('runs:cancel');
  const cancel = api.useMutation('post', '/runs/{id}/cancel', {
    onSuccess: noteRun,
    onError: (error) => void message.error(textOf(error)),
  });
  if (!mayCancel || !isActive(run)) return null;
  // Asked, but still at its last step.
  const asked = cancel.isPending || cancel.isSuccess;
  return (
    <Button size="small" loading={asked} onClick={() => cancel.mutate({ params: { path: { id: run.id } } })}>
      {t(asked ? 'cancelling' : 'cancelRun')}
    </Button>
  );
}
