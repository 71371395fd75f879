import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RiskToday } from '../../api/findings';
import { Panel } from '../../components/panel';
import { ageText } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { SeverityTag } from '../findings/finding-tags';
import { severitiesDown } from './figures';
import styles from './risk.module.css';

/** How many nobody has taken up, worst first; each leads to those findings. */
export function OpenTiles({ today }: { today: RiskToday }) {
  const { t } = useTranslation('risk');
  return (
    <Panel
      title={<span title={t('openHint')}>{t('open')}</span>}
      extra={
        <span className={styles.links}>
          {(['reviewing', 'escalated'] as const).map((state) => (
            <Link key={state} to={`/findings?state=${state}`}>
              {t(state === 'reviewing' ? 'inHand' : 'escalated')} <b>{today[state].toLocaleString()}</b>
            </Link>
          ))}
        </span>
      }
    >
      <ul className={styles.tiles}>
        {severitiesDown
          .flatMap((wanted) => today.open.filter(({ severity }) => severity === wanted))
          .map((open) => (
            <li key={open.severity}>
              <OpenTile open={open} />
            </li>
          ))}
      </ul>
    </Panel>
  );
}

function OpenTile({ open: { severity, count, oldest_at } }: { open: RiskToday['open'][number] }) {
  const { t, i18n } = useTranslation('risk');
  const now = useNow();
  return (
    <Link className={styles.tile} to={`/findings?state=open&severity=${severity}`}>
      <SeverityTag severity={severity} />
      <span className={`${styles.figure} ${count === 0 ? styles.zero : ''}`}>{count.toLocaleString()}</span>
      <span className={styles.quiet}>
        {oldest_at === null ? t('none') : t('oldest', { age: ageText(oldest_at, now, i18n.language) })}
      </span>
    </Link>
  );
}
