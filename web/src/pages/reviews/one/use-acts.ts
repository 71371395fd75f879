import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, noteReview, type Review, type ReviewStep, useSession } from '../../../api';
import { useFaultText } from '../../../components/fault-note';

export type Outcome = 'clean' | 'question' | 'violation' | 'escalated';

export interface Judgement {
  outcome: Outcome;
  comment?: string;
  tags?: string[];
}

/** What the reader can do with an item. Each act shows at once, without opening the item once more. */
export function useActs({ id }: Pick<Review, 'id'>) {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const name = useSession().data?.name ?? null;
  const claim = api.useMutation('post', '/archive/reviews/{id}/claim');
  const release = api.useMutation('post', '/archive/reviews/{id}/release');
  const decide = api.useMutation('post', '/archive/reviews/{id}/decide');
  const escalate = api.useMutation('post', '/archive/reviews/{id}/escalate');
  const params = { path: { id } };

  const show = (review: Review, step: Pick<ReviewStep, 'act'> & Partial<ReviewStep>) => {
    const by = { actor: 'me', name };
    const rest = { state: review.state, by, at: new Date().toISOString(), comment: null, tags: [], shown: [] };
    noteReview(review, { ...rest, ...step });
    invalidate('/archive/reviews', '/archive/coverage');
  };
  const failed = (error: unknown) => void message.error(textOf(error));

  function judge({ outcome, comment = '', tags = [] }: Judgement): void {
    const said = comment.trim();
    const step = { comment: said || null, tags };
    const options = (act: 'decided' | 'escalated') => ({
      onError: failed,
      onSuccess(review: Review) {
        show(review, { act, ...step });
        void message.success(t('decidedAs', { outcome: t(`state.${review.state}`) }));
      },
    });
    if (outcome === 'escalated') escalate.mutate({ params, body: { comment: said, tags } }, options('escalated'));
    else decide.mutate({ params, body: { outcome, tags, ...(said ? { comment: said } : {}) } }, options('decided'));
  }

  return {
    isPending: [claim, release, decide, escalate].some((act) => act.isPending),
    claim: () => claim.mutate({ params }, { onError: failed, onSuccess: (review) => show(review, { act: 'claimed' }) }),
    release: () =>
      release.mutate(
        { params, body: {} },
        { onError: failed, onSuccess: (review) => show(review, { act: 'released' }) },
      ),
    judge,
  };
}
