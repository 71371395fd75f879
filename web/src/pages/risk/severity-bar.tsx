import { useTranslation } from 'react-i18next';
import type { BySeverity } from '../../api/risk';
import { presentIn } from './figures';
import styles from './severity.module.css';

/** "严重 1 · 高 2" of what there is, worst first. */
export function useSeverityWords(): (by: BySeverity) => string {
  const { t } = useTranslation('risk');
  const { t: tf } = useTranslation('findings');
  return (by) =>
    presentIn(by)
      .map(({ severity, count }) =>
        t('severityCount', { severity: tf(`severityOf.${severity}`), n: count.toLocaleString() }),
      )
      .join(' · ') || t('noneFound');
}

/** A small bar of its shares, and the counts in words beside it. */
export function SeverityBar({ by }: { by: BySeverity }) {
  const words = useSeverityWords()(by);
  return (
    <span className={styles.barLine}>
      <span className={styles.bar} aria-hidden>
        {presentIn(by).map(({ severity, count }) => (
          <span key={severity} className={`${styles.part} ${styles[severity]}`} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className={styles.barWords} title={words}>
        {words}
      </span>
    </span>
  );
}
