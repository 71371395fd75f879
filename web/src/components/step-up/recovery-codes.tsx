import { useTranslation } from 'react-i18next';
import { CopyButton } from '../copy-button';
import styles from './step-up.module.css';

/** Shown once, after they were made. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation('account');
  return (
    <section aria-label={t('recovery')}>
      <p>
        {t('recoveryHint')} <CopyButton text={codes.join('\n')} />
      </p>
      <div className={styles.codes}>
        {codes.map((code) => (
          <code key={code}>{code}</code>
        ))}
      </div>
    </section>
  );
}
