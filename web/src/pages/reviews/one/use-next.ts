import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { nextReview, type Review } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { reviewPath } from '../../../lib/paths';

/** `n` leads to what waits next in the same queue; to the queue when nothing does. */
export function useNext(review: Pick<Review, 'id' | 'queue'>) {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const textOf = useFaultText();
  const { mutate, isPending } = useMutation({
    mutationFn: () => nextReview(review),
    onSuccess(id) {
      if (id === undefined) void message.info(t('queueDone'));
      void navigate(id === undefined ? `/reviews?queue=${review.queue}` : reviewPath(id));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  const go = () => mutate();
  useHotkeys('n', go, { enabled: !isPending });
  return { go, isPending };
}
