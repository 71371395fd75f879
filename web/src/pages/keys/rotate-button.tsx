import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, noteRun } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { useRotation } from './use-rotation';

/** Asked once: a new key cannot be unmade, and everything is sealed anew. The frame asks for the code. */
export function RotateButton() {
  const { t } = useTranslation('keys');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const isRunning = useRotation().running !== undefined;
  const rotate = api.useMutation('post', '/key-rotations', {
    onSuccess(started) {
      noteRun(started);
      invalidate('/key-rotations');
      void message.success(t('started'));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  return (
    <Popconfirm
      title={t('rotateTitle')}
      description={<div style={{ maxWidth: 320 }}>{t('rotateHint')}</div>}
      placement="bottomRight"
      okText={t('rotate')}
      cancelText={tc('cancel')}
      onConfirm={() => rotate.mutate({})}
    >
      <Button type="primary" loading={rotate.isPending || isRunning}>
        {t(isRunning ? 'running' : 'rotate')}
      </Button>
    </Popconfirm>
  );
}
