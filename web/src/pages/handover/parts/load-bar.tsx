import { useTranslation } from 'react-i18next';
import type { HandoverSummary } from '../../../api/handovers';
import styles from './parts.module.css';

export type Taker = HandoverSummary['by_successor'][number];

/** How much somebody serves now and what would come on top; `most` is the length of the whole bar. */
export function LoadBar({ taker, most }: { taker: Taker; most: number }) {
  const { t } = useTranslation('handoverPlans');
  const { load, external_contacts: more, group_chats, capacity } = taker;
  const over = capacity === null ? 0 : Math.max(0, more + group_chats - capacity);
  const share = (count: number) => `${most > 0 ? (100 * count) / most : 0}%`;
  const title = t('loadTitle', { before: load, after: load + more });
  return (
    <span className={styles.load} title={title}>
      <span className={styles.track} role="img" aria-label={title}>
        <span className={styles.before} style={{ width: share(load) }} />
        <span className={over > 0 ? styles.over : styles.more} style={{ width: share(more) }} />
      </span>
      <span className={styles.figures}>{t('loadChange', { before: load, after: load + more })}</span>
      {capacity !== null && (
        <span className={`${styles.room} ${over > 0 ? styles.lost : styles.quiet}`}>
          {over > 0 ? t('overRoom', { count: over }) : t('roomOf', { capacity, used: more + group_chats })}
        </span>
      )}
    </span>
  );
}

/** The longest bar of several. */
export const mostOf = (takers: readonly Taker[]): number =>
  Math.max(1, ...takers.map(({ load, external_contacts }) => load + external_contacts));
