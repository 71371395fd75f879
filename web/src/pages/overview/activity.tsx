import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type InboxEvent, useLive } from '../../api';
import { Cut } from '../../components/cut';
import { eventTone, useEventWords } from '../../components/event-words';
import { FaultNote } from '../../components/fault-note';
import { useContactName, useGroupChatName, useStaffName } from '../../components/names';
import { Note } from '../../components/note';
import { Panel } from '../../components/panel';
import { TimeText } from '../../components/time-text';
import { useThrottled } from '../../lib/use-throttled';
import styles from './activity.module.css';

const most = 12;

/** The newest events, moving as they arrive: at most once a second, so that a storm stays readable. */
export function Activity() {
  const { t } = useTranslation('overview');
  const { events, fresh, error, refetch, isPending } = useActivity();
  return (
    <Panel title={t('activity')} extra={<Link to="/inbox">{t('activityAll')}</Link>} flush className={styles.panel}>
      {error && events.length === 0 && <FaultNote error={error} onRetry={refetch} small />}
      {!error && !isPending && events.length === 0 && <Note small>{t('activityEmpty')}</Note>}
      <ol aria-live="off">
        {events.map((event) => (
          <li key={event.id} className={fresh.has(event.id) ? styles.fresh : undefined}>
            <ActivityItem event={event} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function useActivity() {
  const stored = api.useQuery('get', '/inbox-events', { params: { query: { limit: most } } });
  const arriving = useRef(new Map<number, InboxEvent>());
  const [arrived, setArrived] = useState<ReadonlyMap<number, InboxEvent>>(new Map());
  const show = useThrottled(() => setArrived(new Map(arriving.current)), 1_000);
  useLive('inbox', (event) => {
    arriving.current.set(event.id, event);
    const oldest = Math.max(...arriving.current.keys()) - most * 4;
    for (const id of arriving.current.keys()) if (id < oldest) arriving.current.delete(id);
    show();
  });
  const known = new Map((stored.data?.items ?? []).map((event) => [event.id, event]));
  const fresh = new Set([...arrived.keys()].filter((id) => !known.has(id)));
  for (const [id, event] of arrived) known.set(id, event);
  const events = [...known.values()].sort((a, b) => b.id - a.id).slice(0, most);
  return { events, fresh, error: stored.error, isPending: stored.isPending, refetch: () => void stored.refetch() };
}

function ActivityItem({ event }: { event: InboxEvent }) {
  const wordsOf = useEventWords();
  return (
    <Link to={`/inbox?open=${event.id}`} className={styles.item}>
      <span className={`${styles.dot} ${styles[eventTone(event)] ?? ''}`} aria-hidden />
      <span className={styles.words}>
        <Cut text={wordsOf(event)} />
        {/* A new contact has a name only once its event is handled: then the name is asked for again. */}
        <Who key={event.state} event={event} />
      </span>
      <span className={styles.at}>
        <TimeText at={event.received_at} />
      </span>
    </Link>
  );
}

function Who({ event }: { event: InboxEvent }) {
  const staff = useStaffName(event.userid);
  const contact = useContactName(event.external_userid);
  const chat = useGroupChatName(event.chat_id);
  const names = [staff, contact, chat].filter(Boolean).map(isolated).join(' · ');
  return <span className={styles.who}>{names && <Cut text={names} />}</span>;
}

/** Keeps a right-to-left name from turning its neighbours around. */
const isolated = (name: string): string => `\u2068${name}\u2069`;
