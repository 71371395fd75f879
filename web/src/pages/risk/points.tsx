import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PersonRisk } from '../../api/risk';
import { pointsSum } from './figures';
import styles from './risk.module.css';

/** The points, and on hover or focus how they come about. */
export function Points({ points, by_severity }: Pick<PersonRisk, 'points' | 'by_severity'>) {
  const { t } = useTranslation('risk');
  const { t: tf } = useTranslation('findings');
  const sum = pointsSum(by_severity, (severity) => tf(`severityOf.${severity}`));
  return (
    <Tooltip title={t('pointsHint', { sum })} trigger={['hover', 'focus']}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the sum is told on focus, too. */}
      <span className={styles.points} tabIndex={0}>
        {points.toLocaleString()}
      </span>
    </Tooltip>
  );
}
