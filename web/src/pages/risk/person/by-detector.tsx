import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRiskProfile } from '../../../api/risk';
import { TimeText } from '../../../components/time-text';
import { useDetectorName } from '../../findings/finding-words';
import styles from '../risk.module.css';

interface Props {
  userid: string;
  lines: PersonRiskProfile['by_detector'];
}

/** What was found of one member, most first; each line leads to those findings. */
export function ByDetector({ userid, lines }: Props) {
  const { t } = useTranslation('risk');
  const nameOf = useDetectorName();
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('count')}</th>
          <th scope="col">{t('stillOpen')}</th>
          <th scope="col">{t('lastAt')}</th>
        </tr>
      </thead>
      <tbody>
        {lines
          .toSorted((a, b) => b.count - a.count)
          .map(({ detector, count, open, last_at }) => (
            <tr key={detector}>
              <td>
                <Link to={`/findings?${new URLSearchParams({ userid, detector })}`}>{nameOf(detector)}</Link>
              </td>
              <td>{count.toLocaleString()}</td>
              <td>{open.toLocaleString()}</td>
              <td>
                <TimeText at={last_at} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
