import { RedoOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type InboxEventDetail, invalidate, useCan } from '../../api';
import { useFaultText } from '../../components/fault-note';

/** Handles the event again. Where that cannot be, the button says why. */
export function ReplayButton({ event }: { event: InboxEventDetail }) {
  const { t } = useTranslation('inbox');
  const { message } = App.useApp();
  const faultText = useFaultText();
  const obstacle = useObstacle(event);
  const replay = api.useMutation('post', '/inbox-events/{id}/replay', {
    onSuccess: () => {
      void message.success(t('replayed'));
      invalidate('/inbox-events', '/inbox-events/{id}');
    },
    onError: (error) => void message.error(`${t('replayFailed')}: ${faultText(error)}`),
  });
  return (
    <Tooltip title={obstacle}>
      <Button
        icon={<RedoOutlined />}
        disabled={Boolean(obstacle)}
        loading={replay.isPending}
        onClick={() => replay.mutate({ params: { path: { id: event.id } } })}
      >
        {t('replay')}
      </Button>
    </Tooltip>
  );
}

function useObstacle({ state, body }: InboxEventDetail): string | undefined {
  const { t } = useTranslation('inbox');
  const allowed = useCan('inbox:replay');
  if (!allowed) return t('replayDenied');
  if (state === 'pending') return t('replayPending');
  return body === null ? t('bodyGone') : undefined;
}
