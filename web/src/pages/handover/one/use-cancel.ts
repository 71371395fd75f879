import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import type { Plan } from './types';

/** Asks, and holds back what has not gone out: all of a draft, the rest of what is under way. */
export function useCancel({ id, submitted_at, summary }: Plan): () => void {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { modal, message } = App.useApp();
  const textOf = useFaultText();
  const { mutateAsync } = api.useMutation('post', '/handovers/{id}/cancel', { onSuccess: renewHandovers });
  const count = summary.by_state.planned ?? 0;
  const isOut = submitted_at !== null;
  return () =>
    void modal.confirm({
      title: isOut ? t('holdBackTitle', { count }) : t('cancelTitle'),
      content: isOut ? t('holdBackHint') : t('cancelHint', { count }),
      okText: t(isOut ? 'holdBack' : 'cancelPlan'),
      okButtonProps: { danger: true },
      cancelText: tc('cancel'),
      async onOk() {
        try {
          await mutateAsync({ params: { path: { id } } });
          void message.success(isOut ? t('heldBack', { count }) : t('cancelled'));
        } catch (thrown) {
          void message.error(textOf(thrown));
        }
      },
    });
}
