import { useTranslation } from 'react-i18next';
import type { Departure } from '../../../api/departures';
import styles from '../handover.module.css';
import { sharesOf } from './standing';

const order = ['moved', 'underWay', 'exceptions', 'untouched'] as const;

/** What arrived, what is on its way, what failed and what waits: a bar, and the counts in words. */
export function Progress({ counts, wide = false }: { counts: Departure['counts']; wide?: boolean }) {
  const { t } = useTranslation('handoverDesk');
  const shares = sharesOf(counts);
  const parts = order.filter((part) => shares[part] > 0);
  if (parts.length === 0) return <span className={styles.quiet}>{t('nothingHeld')}</span>;
  const words = parts.map((part) => t(`share.${part}`, { n: shares[part].toLocaleString() })).join(' · ');
  return (
    <span className={`${styles.progress} ${wide ? styles.wide : ''}`}>
      <span className={styles.bar} aria-hidden>
        {parts.map((part) => (
          <span key={part} className={styles[part]} style={{ flexGrow: shares[part] }} />
        ))}
      </span>
      <span className={styles.words} title={words}>
        {words}
      </span>
    </span>
  );
}
