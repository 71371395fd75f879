import { useTranslation } from 'react-i18next';
import type { DayCount } from '../rule-words';
import styles from '../rules.module.css';

/** One column a day, and the same as figures underneath. */
export function DayColumns({ columns }: { columns: readonly DayCount[] }) {
  const { t } = useTranslation('rules');
  const most = Math.max(1, ...columns.map(({ found }) => found));
  const label = columns.map(({ day, found }) => `${day} ${found}`).join(', ');
  return (
    <figure>
      <div className={styles.days} role="img" aria-label={`${t('byDay')}: ${label}`}>
        {columns.map(({ day, found }) => (
          <span
            key={day}
            className={styles.dayColumn}
            style={{ height: `${(found / most) * 100}%` }}
            title={`${day}: ${found.toLocaleString()}`}
          />
        ))}
      </div>
      <div className={styles.dayEnds} aria-hidden>
        <span>{columns[0]?.day.slice(5)}</span>
        <span>{columns.at(-1)?.day.slice(5)}</span>
      </div>
      <details className={styles.figures}>
        <summary>{t('figures')}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" style={{ textAlign: 'end' }}>
                {t('count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ day, found }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{found.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
