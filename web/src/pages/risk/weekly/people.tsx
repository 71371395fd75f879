import { useTranslation } from 'react-i18next';
import type { PersonRisk } from '../../../api/risk';
import { Person } from '../../../components/person';
import { personRiskPath } from '../../../lib/paths';
import { Points } from '../points';
import styles from '../risk.module.css';
import { SeverityBar } from '../severity-bar';

/** Those with the most points in the week. */
export function People({ people }: { people: PersonRisk[] }) {
  const { t } = useTranslation('risk');
  return (
    <div className={styles.wide}>
      <table className={styles.plain}>
        <thead>
          <tr>
            <th scope="col">{t('staff')}</th>
            <th scope="col">{t('points')}</th>
            <th scope="col">{t('openCount')}</th>
            <th scope="col" className={styles.start}>
              {t('perSeverity')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ userid, name, points, by_severity, open }) => (
            <tr key={userid}>
              <td>
                <Person id={userid} name={name} size={20} to={personRiskPath(userid)} />
              </td>
              <td>
                <Points points={points} by_severity={by_severity} />
              </td>
              <td>{open.toLocaleString()}</td>
              <td>
                <SeverityBar by={by_severity} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
