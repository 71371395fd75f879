import { useTranslation } from 'react-i18next';
import type { Review } from '../../api';
import { StateTag, type Tone } from '../../components/state-tag';

export const reviewStates = ['unreviewed', 'claimed', 'question', 'escalated', 'violation', 'clean'] as const;
export const reviewQueues = ['words', 'sample', 'manual', 'second_line'] as const;

const tones: Record<Review['state'], Tone> = {
  unreviewed: 'neutral',
  claimed: 'active',
  clean: 'proved',
  question: 'person',
  violation: 'lost',
  escalated: 'person',
};

/** Closed for good: nobody claims it again. */
export const isClosed = (state: Review['state']): boolean => state === 'clean' || state === 'violation';

export function ReviewStateTag({ state }: { state: Review['state'] }) {
  const { t } = useTranslation('reviews');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}

/** Until when somebody should have looked at it. */
export function DueTag({ review }: { review: Pick<Review, 'overdue'> }) {
  const { t } = useTranslation('reviews');
  return review.overdue ? <StateTag tone="person">{t('overdue')}</StateTag> : null;
}
