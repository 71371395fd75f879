import { useTranslation } from 'react-i18next';
import type { WeeklyRiskReport } from '../../../api/risk';
import { useDetectorName } from '../../findings/finding-words';
import styles from '../risk.module.css';

/** Both weeks side by side, most first. */
export function ByDetector({ lines }: { lines: WeeklyRiskReport['by_detector'] }) {
  const { t } = useTranslation('risk');
  const nameOf = useDetectorName();
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('thisWeek')}</th>
          <th scope="col">{t('lastWeek')}</th>
          <th scope="col">{t('change')}</th>
        </tr>
      </thead>
      <tbody>
        {lines
          .toSorted((a, b) => b.count - a.count || b.before - a.before)
          .map(({ detector, count, before }) => (
            <tr key={detector}>
              <td>{nameOf(detector)}</td>
              <td>{count.toLocaleString()}</td>
              <td>{before.toLocaleString()}</td>
              <td>{signed(count - before)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const signed = (change: number): string => `${change > 0 ? '+' : ''}${change.toLocaleString()}`;
