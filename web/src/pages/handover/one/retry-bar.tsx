import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NamedItems } from '../../../api/handovers';
import styles from './one.module.css';
import type { Chosen } from './use-chosen';

/** Tries once more with those who are ticked, or with whatever the conditions fit. */
export function RetryBar({ chosen, onRetry }: { chosen: Chosen; onRetry(items: NamedItems): void }) {
  const { t } = useTranslation('handoverPlans');
  const { items, ids, isFitting, isFiltered, chooseFitting, clear } = chosen;
  if (!items) return null;
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk')}>
      <span>{isFitting ? t('allFitting') : t('chosenCount', { count: ids.length })}</span>
      {!isFitting && isFiltered && (
        <Button type="link" size="small" onClick={chooseFitting}>
          {t('chooseAllFitting')}
        </Button>
      )}
      <Button type="primary" onClick={() => onRetry(items)}>
        {t('retry')}
      </Button>
      <Button type="text" onClick={clear}>
        {t('clearChoice')}
      </Button>
    </div>
  );
}
