import { useTranslation } from 'react-i18next';
import type { BySeverity } from '../../api/risk';
import { presentIn, severitiesDown, totalOf } from './figures';
import styles from './severity.module.css';
import { useSeverityWords } from './severity-bar';

export interface SeverityColumn {
  /** The day, or the Monday of the week. */
  day: string;
  by: BySeverity;
}

interface Props {
  columns: readonly SeverityColumn[];
  /** What is shown. */
  label: string;
  /** What a column is: heads the first column of the figures. */
  unit: string;
}

/** One column a day or week, the worst at the bottom; the same as a table of figures underneath. */
export function SeverityColumns({ columns, label, unit }: Props) {
  const wordsOf = useSeverityWords();
  const most = Math.max(1, ...columns.map(({ by }) => totalOf(by)));
  return (
    <figure>
      <div
        className={styles.columns}
        role="img"
        aria-label={`${label}: ${columns.map(({ day, by }) => `${day} ${totalOf(by)}`).join(', ')}`}
      >
        {columns.map(({ day, by }) => (
          <div key={day} className={styles.column} title={`${day}: ${wordsOf(by)}`}>
            <span className={styles.count}>{totalOf(by) || ''}</span>
            <div className={styles.stack} style={{ height: `${(totalOf(by) / most) * 96}px` }}>
              {presentIn(by)
                .toReversed()
                .map(({ severity, count }) => (
                  <span key={severity} className={`${styles.part} ${styles[severity]}`} style={{ flexGrow: count }} />
                ))}
            </div>
            <span className={styles.axis}>{day.slice(5)}</span>
          </div>
        ))}
      </div>
      <Legend />
      <Figures columns={columns} unit={unit} />
    </figure>
  );
}

function Legend() {
  const { t } = useTranslation('findings');
  return (
    <figcaption className={styles.legend}>
      {severitiesDown.map((severity) => (
        <span key={severity} className={styles.legendItem}>
          <span className={`${styles.swatch} ${styles[severity]}`} aria-hidden />
          {t(`severityOf.${severity}`)}
        </span>
      ))}
    </figcaption>
  );
}

/** For whoever wants to read and not to look. */
function Figures({ columns, unit }: Omit<Props, 'label'>) {
  const { t } = useTranslation('risk');
  const { t: tf } = useTranslation('findings');
  return (
    <details className={styles.figures}>
      <summary>{t('figures')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard. */}
      <section className={styles.wide} tabIndex={0} aria-label={t('figures')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{unit}</th>
              {severitiesDown.map((severity) => (
                <th key={severity} scope="col">
                  {tf(`severityOf.${severity}`)}
                </th>
              ))}
              <th scope="col">{t('total')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.toReversed().map(({ day, by }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                {severitiesDown.map((severity) => (
                  <td key={severity}>{by[severity]}</td>
                ))}
                <td>{totalOf(by)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
