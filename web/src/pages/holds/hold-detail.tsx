import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate } from '../../api';
import { useActorName } from '../../components/audit-words';
import { Facts } from '../../components/facts';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { TimeText } from '../../components/time-text';
import { Filters } from '../exports/filters';
import { HoldState } from './hold-state';
import styles from './holds.module.css';
import { narrowingOf } from './narrowing';

/** One hold, with how much it holds today. */
export function HoldDetail({ id }: { id: string }) {
  const { t } = useTranslation('holds');
  const nameOf = useActorName();
  const { data, error, refetch } = api.useQuery('get', '/archive/holds/{id}', { params: { path: { id } } });
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />;
  const who = (actor: string | null, actor_name: string | null) => actor && nameOf({ actor, actor_name });
  const { matter, reason, messages, created_by, created_at, released_at, released_by, approved_by, state } = data;
  return (
    <div className={styles.stack}>
      <div>
        <HoldState hold={data} />
      </div>
      <Facts
        items={[
          { label: t('matter'), value: matter },
          { label: t('reason'), value: reason },
          { label: t('what'), value: <Filters filters={narrowingOf(data)} /> },
          { label: t('messages'), value: t('messagesNow', { count: messages }) },
          { label: t('by'), value: who(created_by, data.created_by_name) },
          { label: t('created'), value: <TimeText at={created_at} /> },
          ...(released_at
            ? [
                { label: t('releasedAt'), value: <TimeText at={released_at} /> },
                { label: t('releasedBy'), value: who(released_by, data.released_by_name) },
                { label: t('approvedBy'), value: who(approved_by, data.approved_by_name) },
              ]
            : []),
        ]}
      />
      {state === 'active' && <Release id={id} />}
    </div>
  );
}

/** Nobody releases alone: the frame asks whom to ask. */
function Release({ id }: { id: string }) {
  const { t } = useTranslation('holds');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const release = api.useMutation('post', '/archive/holds/{id}/release', {
    onSuccess: () => invalidate('/archive/holds', '/archive/holds/{id}'),
    onError: (error) => asFault(error).code !== 'APPROVAL_REQUIRED' && void message.error(textOf(error)),
  });
  return (
    <div>
      <Button loading={release.isPending} onClick={() => release.mutate({ params: { path: { id } }, body: {} })}>
        {t('release')}
      </Button>
      <p className={styles.quiet}>{t('releaseHint')}</p>
    </div>
  );
}
