import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { TakerSelect } from '../parts/taker-select';
import styles from './one.module.css';
import type { Plan } from './types';
import type { Chosen } from './use-chosen';

interface Props {
  plan: Plan;
  chosen: Chosen;
  isBusy: boolean;
  onAssign(to: { userid: string; name: string } | null): Promise<void>;
  onRemove(): Promise<void>;
}

/** What can be done with those who are chosen. It stays in sight at the foot of the window. */
export function BulkBar({ plan: { from }, chosen, isBusy, onAssign, onRemove }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { items, ids, isFitting, isFiltered } = chosen;
  // Without a tick a filter alone is enough to act on all it shows.
  if (!items && !isFiltered) return null;
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk')}>
      <span>{isFitting || !items ? t('allFitting') : t('chosenCount', { count: ids.length })}</span>
      {!isFitting && isFiltered && (
        <Button type="link" size="small" onClick={chosen.chooseFitting}>
          {t(items ? 'chooseAllFitting' : 'chooseFitting')}
        </Button>
      )}
      {items && (
        <>
          <span className={styles.bulkSelect}>
            <TakerSelect
              placeholder={t('assignTo')}
              except={from.map(({ userid }) => userid)}
              onChoose={(userid, name) => void onAssign({ userid, name })}
            />
          </span>
          <Button onClick={() => void onAssign(null)} disabled={isBusy}>
            {t('assignToNobody')}
          </Button>
          <Button danger onClick={() => void onRemove()} disabled={isBusy}>
            {t('remove')}
          </Button>
          <Button type="text" onClick={chosen.clear}>
            {t('clearChoice')}
          </Button>
        </>
      )}
    </div>
  );
}
