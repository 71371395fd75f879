import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { inboxEventPath } from '../../lib/paths';
import { TimeText } from '../time-text';
import styles from './history.module.css';
import type { HistoryEntry } from './use-history';

/** Learning of it this much later than it happened is worth saying. */
const lateMs = 60_000;

/** Where an entry was learnt, and when if that was not at once. */
export function EntryOrigin({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const late = new Date(entry.recorded_at).getTime() - new Date(entry.occurred_at).getTime() > lateMs;
  return (
    <div className={styles.origin}>
      <Source entry={entry} />
      {late && (
        <>
          {' · '}
          {t('recordedAt')} <TimeText at={entry.recorded_at} />
        </>
      )}
    </div>
  );
}

function Source({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation('states');
  const name = t(`source.${entry.source}`);
  const event = entry.source === 'event' ? /\d+$/.exec(entry.ref ?? '')?.[0] : undefined;
  return event ? <Link to={inboxEventPath(event)}>{name}</Link> : <span title={entry.ref ?? undefined}>{name}</span>;
}
