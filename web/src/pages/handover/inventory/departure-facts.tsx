import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import type { Departure } from '../../../api/departures';
import { Panel } from '../../../components/panel';
import { Tile } from '../../../components/tile';
import { TimeText } from '../../../components/time-text';
import { leftoversPath } from '../../../lib/paths';
import { Deadline } from '../departures/deadline';
import { Progress } from '../departures/progress';
import { StandTag } from '../departures/stand-tag';
import styles from '../handover.module.css';
import { Leaks } from './leaks';

/** Where a departure stands, how it came to be known, and how far what was theirs has come. */
export function DepartureFacts({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const seesFindings = useCan('findings:read');
  const { userid, state, last_day, departed_at, created_by, created_at, noticed_by, note, counts } = departure;
  return (
    <Panel>
      <div className={styles.facts}>
        <Tile label={t('standTitle')} value={<StandTag departure={departure} />} />
        {state === 'left' ? (
          <Tile
            label={t('departedAt')}
            value={<TimeText at={departed_at} none={t('whenUnknown')} />}
            note={last_day && t('planned', { day: last_day })}
          />
        ) : (
          <Tile label={t('lastDay')} value={last_day ?? '–'} />
        )}
        <Tile label={t('deadline')} value={<Deadline departure={departure} full />} note={t('deadlineHint')} />
        {seesFindings && state === 'left' && <Leaks userid={userid} />}
        <Tile
          label={t('noticedBy')}
          value={t(`noticed.${noticed_by}`)}
          note={
            <>
              {created_by.actor !== 'system' && `${created_by.name ?? t('someone')} · `}
              <TimeText at={created_at} />
            </>
          }
        />
      </div>
      {note && <p className={styles.noteText}>{t('noteIs', { note })}</p>}
      <div className={`${styles.progress} ${styles.below}`}>
        <Progress counts={counts} wide />
        {counts.exceptions > 0 && <Link to={leftoversPath({ userid })}>{t('seeExceptions')}</Link>}
      </div>
    </Panel>
  );
}
