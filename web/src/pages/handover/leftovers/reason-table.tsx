import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LeftoverSummary } from '../../../api/departures';
import { Panel } from '../../../components/panel';
import styles from '../handover.module.css';
import { byReason, kinds } from './reasons';
import { WhyTag } from './why-tag';

/** Each reason with how much, what it means and what to do; a figure leads to those. */
export function ReasonTable({ summary }: { summary: LeftoverSummary }) {
  const { t } = useTranslation('handoverDesk');
  const rows = byReason(summary);
  if (rows.length === 0) return null;
  return (
    <Panel title={t('byReason')} flush>
      <div className={styles.scroll}>
        <table className={styles.plain}>
          <thead>
            <tr>
              <th scope="col" className={styles.start}>
                {t('why')}
              </th>
              <th scope="col" className={`${styles.start} ${styles.means}`}>
                {t('means')}
              </th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(`kind.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ why, of }) => (
              <tr key={why}>
                <td className={styles.start}>
                  <WhyTag why={why} />
                </td>
                <td className={`${styles.start} ${styles.means}`}>{t(`whyHint.${why}`)}</td>
                {kinds.map((kind) => (
                  <td key={kind}>
                    {of(kind) === 0 ? (
                      <span className={styles.zero}>0</span>
                    ) : (
                      <Link to={`?${new URLSearchParams({ kind, why })}`}>{of(kind).toLocaleString()}</Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
