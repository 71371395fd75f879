import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OpenFindings, Severity } from '../../api/findings';
import { Panel } from '../../components/panel';
import { ageText } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { SeverityTag } from '../findings/finding-tags';
import { countText, severitiesDown } from './figures';
import styles from './risk.module.css';

/** How many nobody has taken up, worst first; each leads to those findings. */
export function OpenTiles({ open }: { open: OpenFindings }) {
  const { t } = useTranslation('risk');
  return (
    <Panel
      title={<span title={t('openHint')}>{t('open')}</span>}
      extra={
        <span className={styles.links}>
          {(['reviewing', 'escalated'] as const).map((state) => (
            <Link key={state} to={`/findings?state=${state}`}>
              {t(state === 'reviewing' ? 'inHand' : 'escalated')} <b>{countText(open[state])}</b>
            </Link>
          ))}
        </span>
      }
    >
      <ul className={styles.tiles}>
        {severitiesDown.map((severity) => (
          <li key={severity}>
            <OpenTile severity={severity} open={open[severity]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OpenTile({ severity, open }: { severity: Severity; open: OpenFindings[Severity] }) {
  const { t, i18n } = useTranslation('risk');
  const now = useNow();
  const oldest = open.items.at(-1);
  return (
    <Link className={styles.tile} to={`/findings?state=open&severity=${severity}`}>
      <SeverityTag severity={severity} />
      <span className={`${styles.figure} ${open.items.length === 0 ? styles.zero : ''}`}>{countText(open)}</span>
      <span className={styles.quiet}>
        {oldest && open.isAll && t('oldest', { age: ageText(oldest.detected_at, now, i18n.language) })}
        {!oldest && t('none')}
      </span>
    </Link>
  );
}
