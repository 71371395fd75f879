import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './history.module.css';

interface Props {
  label: string;
  /** Absent where only the new value is known. */
  before?: ReactNode;
  after: ReactNode;
}

const isNothing = (value: ReactNode): boolean => value === '' || value === null || value === undefined;

/** One field that changed: the old value struck through, then the new one. */
export function Change({ label, before, after }: Props) {
  const { t } = useTranslation();
  const nothing = <span className={styles.nothing}>{t('historyNothing')}</span>;
  return (
    <div className={styles.change}>
      <span className={styles.label}>{label}</span>
      <span className={styles.values}>
        {before !== undefined && (
          <>
            {isNothing(before) ? nothing : <del className={styles.before}>{before}</del>}
            <span aria-hidden className={styles.arrow}>
              →
            </span>
          </>
        )}
        {isNothing(after) ? nothing : <ins className={styles.after}>{after}</ins>}
      </span>
    </div>
  );
}
