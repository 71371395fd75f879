import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Overview } from '../../api';
import { Panel } from '../../components/panel';
import { AgeText } from '../../components/time-text';
import styles from './overview.module.css';
import { Sparkline } from './sparkline';

/** What came in today, and whether it is being handled. */
export function EventsTile({ events }: { events: NonNullable<Overview['events']> }) {
  const { t } = useTranslation('overview');
  const peak = Math.max(0, ...events.per_minute);
  const last = events.last_received_at;
  return (
    <Panel
      title={t('events')}
      extra={
        <span className={styles.quiet}>
          {last && (
            <>
              {t('lastEvent')} <AgeText at={last} />
            </>
          )}
        </span>
      }
      className={styles.events}
    >
      <div className={styles.figures}>
        <Link to="/inbox" className={styles.figure}>
          {events.today.toLocaleString()}
        </Link>
        <Link to="/inbox?state=pending" className={styles.side}>
          {t('pending')} <b>{events.pending.toLocaleString()}</b>
          {events.oldest_pending_at && (
            <span className={styles.quiet}>
              {' '}
              · {t('oldestPending')} <AgeText at={events.oldest_pending_at} />
            </span>
          )}
        </Link>
        <Link to="/inbox?state=parked" className={`${styles.side} ${events.parked > 0 ? styles.person : ''}`}>
          {t('parked')} <b>{events.parked.toLocaleString()}</b>
        </Link>
      </div>
      {last ? (
        <figure className={styles.chart}>
          <Sparkline values={events.per_minute} label={t('perMinute')} />
          <figcaption className={styles.axis}>
            <span>{t('minutesAgo')}</span>
            <span>{t('peak', { count: peak })}</span>
            <span>{t('now')}</span>
          </figcaption>
        </figure>
      ) : (
        <p className={styles.quiet}>{t('noEvent')}</p>
      )}
    </Panel>
  );
}
