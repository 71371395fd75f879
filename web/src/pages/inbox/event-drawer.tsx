import { useTranslation } from 'react-i18next';
import { api, type InboxEventDetail, invalidate, useLive } from '../../api';
import { useEventWords } from '../../components/event-words';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { InboxStateTag } from '../../components/states';
import { XmlView } from '../../components/xml-view';
import { EventFacts } from './event-facts';
import styles from './inbox.module.css';
import { ReplayButton } from './replay-button';
import { StaleTag } from './stale-tag';
import { useReason } from './use-reason';

const useEvent = (id: number) => api.useQuery('get', '/inbox-events/{id}', { params: { path: { id } } });

/** What the event says; its number until that is known. */
export function EventTitle({ id }: { id: number }) {
  const { t } = useTranslation('inbox');
  const wordsOf = useEventWords();
  const { data: event } = useEvent(id);
  return event ? wordsOf(event) : `${t('number')} ${id}`;
}

/** One callback: what became of it and why, and its decrypted body. */
export function EventDrawer({ id }: { id: number }) {
  const { data: event, error, refetch } = useEvent(id);
  useLive('inbox', (news) => {
    if (news.id === id) invalidate('/inbox-events/{id}');
  });
  if (event) return <Content event={event} />;
  return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />;
}

function Content({ event }: { event: InboxEventDetail }) {
  const { t } = useTranslation('inbox');
  return (
    <div className={styles.sections}>
      <div className={styles.head}>
        <InboxStateTag state={event.state} />
        {event.stale && <StaleTag />}
        <span className={styles.act}>
          <ReplayButton event={event} />
        </span>
      </div>
      {event.error && <Reason event={event} error={event.error} />}
      {event.stale && <p className={styles.quiet}>{t('staleHint')}</p>}
      <EventFacts event={event} />
      <section>
        <h3 className={styles.heading}>{t('body')}</h3>
        {event.body === null ? <p className={styles.quiet}>{t('bodyGone')}</p> : <XmlView text={event.body} />}
      </section>
    </div>
  );
}

const becauseOf = {
  ignored: 'ignoredBecause',
  parked: 'parkedBecause',
  pending: 'lastError',
  done: 'lastError',
} as const;

function Reason({ event, error }: { event: InboxEventDetail; error: string }) {
  const { t } = useTranslation('inbox');
  const reasonOf = useReason();
  return (
    <div className={`${styles.reason} ${event.state === 'parked' ? styles.parked : ''}`}>
      <div className={styles.quiet}>{t(becauseOf[event.state])}</div>
      <div>{reasonOf(error)}</div>
    </div>
  );
}
