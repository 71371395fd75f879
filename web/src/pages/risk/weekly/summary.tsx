import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WeeklyRiskReport } from '../../../api/risk';
import { Tile } from '../../../components/tile';
import styles from '../risk.module.css';
import { SeverityBar } from '../severity-bar';
import { Wait } from '../wait';

/** The figures of the week, each with what it means. */
export function Summary({ report }: { report: WeeklyRiskReport }) {
  const { t } = useTranslation('risk');
  const { found, found_before, by_severity, decided, confirmed, cleared, false_positives: wrong } = report;
  return (
    <div className={styles.stack}>
      <div className={styles.figures}>
        <Tile
          label={t('foundInWeek')}
          value={found.toLocaleString()}
          note={<Change now={found} before={found_before} />}
        />
        <Tile
          label={t('decided')}
          value={decided.toLocaleString()}
          note={t('decidedNote', { confirmed, cleared, wrong })}
        />
        <FirstLook report={report} />
        <UnseenHigh report={report} />
      </div>
      {found > 0 && <SeverityBar by={by_severity} />}
    </div>
  );
}

function FirstLook({ report: { found, median_hours_to_first_look: hours } }: { report: WeeklyRiskReport }) {
  const { t } = useTranslation('risk');
  if (hours === null)
    return <Tile label={t('firstLook')} value="–" note={t(found === 0 ? 'noneFound' : 'firstLookNone')} />;
  return <Tile label={t('firstLook')} value={<Wait minutes={hours * 60} />} note={t('firstLookNote')} />;
}

function UnseenHigh({ report: { unseen_high: count, by_severity } }: { report: WeeklyRiskReport }) {
  const { t } = useTranslation('risk');
  if (count > 0) {
    const value = <Link to="/findings?state=open">{count.toLocaleString()}</Link>;
    return <Tile label={t('unseenHigh')} value={value} note={t('unseenHighNote')} />;
  }
  const isNone = by_severity.high + by_severity.critical === 0;
  return <Tile label={t('unseenHigh')} value="0" note={t(isNone ? 'noneFound' : 'unseenHighNone')} />;
}

function Change({ now, before }: { now: number; before: number }) {
  const { t } = useTranslation('risk');
  if (now === before) return t('same');
  return t(now > before ? 'more' : 'fewer', { count: Math.abs(now - before) });
}
