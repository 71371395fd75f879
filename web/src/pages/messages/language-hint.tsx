import { useTranslation } from 'react-i18next';
import styles from './messages.module.css';

const forms = ['words', 'phrase', 'without'] as const;

/** What may be typed, by examples. */
export function LanguageHint() {
  const { t } = useTranslation('search');
  return (
    <dl className={styles.language}>
      {forms.map((form) => (
        <div key={form} className={styles.form}>
          <dt>
            <code>{t(`example.${form}`)}</code>
          </dt>
          <dd>{t(`means.${form}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
