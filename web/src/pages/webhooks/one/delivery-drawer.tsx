import { RedoOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, useCan, type Webhook, type WebhookDelivery, type WebhookDeliveryDetail } from '../../../api';
import { CopyButton } from '../../../components/copy-button';
import { Facts } from '../../../components/facts';
import { FaultNote, useFaultText } from '../../../components/fault-note';
import { JsonView } from '../../../components/json-view';
import { Loading } from '../../../components/loading';
import { TimeText } from '../../../components/time-text';
import { DeliveryStateTag } from '../state-tags';
import styles from '../webhooks.module.css';

/** One delivery: every try with what the receiver answered, and the body that was signed. */
export function DeliveryDrawer({ id, webhook }: { id: string; webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { data, error, refetch } = api.useQuery('get', '/webhook-deliveries/{id}', { params: { path: { id } } });
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />;
  return (
    <div className={styles.sections}>
      <div className={styles.head}>
        <DeliveryStateTag delivery={data} />
        <span className={styles.act}>
          <Replay delivery={data} webhook={webhook} />
        </span>
      </div>
      <Facts
        items={[
          { label: 'webhook-id', value: <EventId id={data.event_id} /> },
          { label: t('happenedAt'), value: <TimeText at={data.created_at} /> },
          { label: t('nextAt'), value: data.next_at && <TimeText at={data.next_at} /> },
          { label: t('lastError'), value: data.error },
        ]}
      />
      <section>
        <h3 className={styles.heading}>{t('tries')}</h3>
        <Tries tries={data.tries} />
      </section>
      <section>
        <h3 className={styles.heading}>{t('payload')}</h3>
        <JsonView value={data.payload} />
      </section>
    </div>
  );
}

const EventId = ({ id }: { id: string }) => (
  <>
    <code>{id}</code> <CopyButton text={id} />
  </>
);

function Tries({ tries }: Pick<WebhookDeliveryDetail, 'tries'>) {
  const { t } = useTranslation('webhooks');
  if (tries.length === 0) return <p className={styles.quiet}>{t('noTries')}</p>;
  return (
    <ol className={styles.tries}>
      {tries.map(({ at, status, error, duration_ms, response }) => (
        <li key={at + duration_ms} className={styles.try}>
          <div className={styles.tryHead}>
            <TimeText at={at} />
            <span>{error ?? `HTTP ${status}`}</span>
            <span className={styles.quiet}>{t('took', { ms: duration_ms })}</span>
          </div>
          {response && <pre className={styles.answer}>{response}</pre>}
        </li>
      ))}
    </ol>
  );
}

function Replay({ delivery, webhook }: { delivery: WebhookDelivery; webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const mayWrite = useCan('webhooks:write');
  const replay = api.useMutation('post', '/webhook-deliveries/{id}/replay', {
    onSuccess: () => {
      void message.success(t('replayed'));
      invalidate('/webhooks/{id}/deliveries', '/webhook-deliveries/{id}');
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (!mayWrite) return null;
  const obstacle = delivery.state === 'pending' ? t('replayPending') : webhook.active ? undefined : t('replayInactive');
  return (
    <Tooltip title={obstacle}>
      <Button
        icon={<RedoOutlined />}
        disabled={Boolean(obstacle)}
        loading={replay.isPending}
        onClick={() => replay.mutate({ params: { path: { id: delivery.id } } })}
      >
        {t('replay')}
      </Button>
    </Tooltip>
  );
}
