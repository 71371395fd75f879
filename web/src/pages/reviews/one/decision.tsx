import { Button } from 'antd';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { type OpenedReview, useIsMine } from '../../../api';
import { Loading } from '../../../components/loading';
import { isClosed } from '../review-state';
import styles from '../reviews.module.css';
import { DecisionForm } from './decision-form';
import { useActs } from './use-acts';

/** What the reader can do now: take the item, say what was found, or go on to the next. */
export function Decision({ review, onNext }: { review: OpenedReview; onNext(): void }) {
  const { t } = useTranslation('reviews');
  const acts = useActs(review);
  const isOpen = review.state !== 'claimed' && !isClosed(review.state);
  useHotkeys('c', acts.claim, { enabled: isOpen && !acts.isPending });
  if (review.state === 'claimed') return <Claimed review={review} acts={acts} />;
  return (
    <div className={styles.banner}>
      <strong>{t(`now.${review.state}`, { name: review.decided_by?.name ?? '' })}</strong>
      <div className={styles.row}>
        {isOpen && (
          <Button type="primary" loading={acts.isPending} onClick={acts.claim}>
            {t('claim')} <kbd className={styles.key}>C</kbd>
          </Button>
        )}
        <Button type={isOpen ? 'default' : 'primary'} onClick={onNext}>
          {t('next')} <kbd className={styles.key}>N</kbd>
        </Button>
      </div>
    </div>
  );
}

/** The one who took the item decides; the others read whose it is. */
function Claimed({ review, acts }: { review: OpenedReview; acts: ReturnType<typeof useActs> }) {
  const { t } = useTranslation('reviews');
  const isMine = useIsMine(review);
  if (isMine === undefined) return <Loading rows={4} />;
  if (isMine) return <DecisionForm acts={acts} />;
  return <p className={styles.banner}>{t('inHands', { name: review.assignee?.name ?? '' })}</p>;
}
