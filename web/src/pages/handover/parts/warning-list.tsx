import { ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import styles from './parts.module.css';
import { usePlanWords } from './use-plan-words';

interface Props {
  byWarning: Readonly<Record<string, number>>;
  /** Shows those that a warning is about. */
  onShow?(warning: string): void;
}

/** What to mind, how often, and what to do about it; the most frequent first. */
export function WarningList({ byWarning, onShow }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { warning: wordOf, warningDo } = usePlanWords();
  const warnings = Object.entries(byWarning).sort(([, a], [, b]) => b - a);
  if (warnings.length === 0) return <p className={styles.quiet}>{t('noWarnings')}</p>;
  return (
    <ul className={styles.warnings}>
      {warnings.map(([code, count]) => (
        <li key={code} className={styles.warning}>
          <ExclamationCircleOutlined className={styles.warningIcon ?? ''} aria-hidden />
          <span>
            <span className={styles.warningHead}>
              {onShow ? (
                <button type="button" className={styles.textButton} onClick={() => onShow(code)}>
                  {wordOf(code)} · {count.toLocaleString()}
                </button>
              ) : (
                <strong>
                  {wordOf(code)} · {count.toLocaleString()}
                </strong>
              )}
            </span>{' '}
            <span className={styles.quiet}>{warningDo(code)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
