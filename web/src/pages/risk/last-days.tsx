import { useTranslation } from 'react-i18next';
import type { RiskToday } from '../../api/findings';
import { Panel } from '../../components/panel';
import { totalOf } from './figures';
import styles from './risk.module.css';
import { SeverityColumns } from './severity-columns';

/** What was found on each of the last seven days, whatever became of it. */
export function LastDays({ days }: { days: RiskToday['days'] }) {
  const { t } = useTranslation('risk');
  const columns = days.map(({ day, by_severity: by }) => ({ day, by }));
  const sums = columns.map(({ by }) => totalOf(by));
  const [today, all] = [sums.at(-1) ?? 0, sums.reduce((sum, n) => sum + n, 0)];
  return (
    <Panel title={t('lastDays')}>
      <p className={styles.sum}>{t('lastDaysSum', { today: today.toLocaleString(), all: all.toLocaleString() })}</p>
      <SeverityColumns columns={columns} label={t('lastDays')} unit={t('day')} />
    </Panel>
  );
}
