import { useTranslation } from 'react-i18next';
import { type AuditEvent, api } from '../../api';
import { useActionName, useActorName } from '../../components/audit-words';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { JsonView } from '../../components/json-view';
import { Loading } from '../../components/loading';
import { exactTime } from '../../lib/time';
import styles from './audit.module.css';
import { ResultTag, SealedTag } from './marks';
import { TargetFact } from './target';

const useEvent = (id: number) => api.useQuery('get', '/audit-events/{id}', { params: { path: { id } } });

/** What was done; its number until that is known. */
export function EventTitle({ id }: { id: number }) {
  const { t } = useTranslation('audit');
  const actionOf = useActionName();
  const { data: event } = useEvent(id);
  return event ? actionOf(event.action) : `${t('number')} ${id}`;
}

/** One event as it was written down. */
export function EventDrawer({ id }: { id: number }) {
  const { data: event, error, refetch } = useEvent(id);
  if (event) return <Content event={event} />;
  return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />;
}

function Content({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const actorOf = useActorName();
  return (
    <div className={styles.sections}>
      <div className={styles.head}>
        <ResultTag result={event.result} />
        <SealedTag event={event} />
      </div>
      <Facts
        items={[
          { label: t('at'), value: exactTime(event.at) },
          { label: t('actor'), value: <span title={event.actor}>{actorOf(event)}</span> },
          { label: t('code'), value: <code>{event.action}</code> },
          { label: t('target'), value: <TargetFact event={event} /> },
          { label: t('reason'), value: event.reason },
          { label: t('address'), value: event.address && <code>{event.address}</code> },
          { label: t('number'), value: event.id },
        ]}
      />
      {event.detail !== null && event.detail !== undefined && (
        <section>
          <h3 className={styles.heading}>{t('detail')}</h3>
          <JsonView value={event.detail} />
        </section>
      )}
    </div>
  );
}
