import { useTranslation } from 'react-i18next';
import styles from './parts.module.css';

/** As the customer reads it; nothing while there is nothing to read. */
export function MessagePreview({ text }: { text: string }) {
  const { t } = useTranslation('handoverPlans');
  if (text.trim() === '') return null;
  return (
    <figure className={styles.said}>
      <figcaption className={styles.quiet}>{t('messagePreview')}</figcaption>
      <div className={styles.bubble}>{text}</div>
    </figure>
  );
}
