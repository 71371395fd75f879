import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, useCan, type Webhook } from '../../../api';
import { Facts } from '../../../components/facts';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { AgeText, TimeText } from '../../../components/time-text';
import { useEventName } from '../event-names';
import { WebhookStateTag } from '../state-tags';
import styles from '../webhooks.module.css';
import { Deliveries } from './deliveries';
import { WebhookActions } from './webhook-actions';

/** One webhook: where it goes, how it fares, what was sent. */
export function WebhookPage() {
  const { t } = useTranslation('webhooks');
  const { id = '' } = useParams();
  const { data, error, refetch } = api.useQuery('get', '/webhooks/{id}', { params: { path: { id } } });
  if (data) return <Content webhook={data} />;
  return (
    <>
      <PageHeader title={t('one')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />}</Panel>
    </>
  );
}

function Content({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const mayWrite = useCan('webhooks:write');
  return (
    <>
      <PageHeader
        title={webhook.description || new URL(webhook.url).host}
        note={<WebhookStateTag webhook={webhook} />}
        actions={mayWrite && <WebhookActions webhook={webhook} />}
      />
      <div className={styles.page}>
        <Trouble webhook={webhook} />
        <Panel title={t('facts')}>
          <WebhookFacts webhook={webhook} />
        </Panel>
        <section>
          <h2 className={styles.heading}>{t('deliveries')}</h2>
          <Deliveries webhook={webhook} />
        </section>
      </div>
    </>
  );
}

function Trouble({ webhook: { disabled_reason, failing_since } }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  if (disabled_reason) {
    return (
      <Alert type="error" showIcon title={t(`disabledBecause.${disabled_reason}`)} description={t('disabledHint')} />
    );
  }
  return failing_since ? (
    <Alert type="warning" showIcon title={t('failingTitle')} description={t('failingHint')} />
  ) : null;
}

function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const nameOf = useEventName();
  const { url, event_types, delivered_at, failing_since, old_secret_until, created_at } = webhook;
  return (
    <Facts
      items={[
        { label: t('url'), value: <code>{url}</code> },
        { label: t('events'), value: event_types.map(nameOf).join(tc('listSeparator')) },
        { label: t('deliveredAt'), value: <AgeText at={delivered_at} none={tc('never')} /> },
        ...(failing_since ? [{ label: t('failingSince'), value: <AgeText at={failing_since} /> }] : []),
        ...(old_secret_until ? [{ label: t('oldSecretUntil'), value: <TimeText at={old_secret_until} /> }] : []),
        { label: t('createdAt'), value: <TimeText at={created_at} /> },
      ]}
    />
  );
}
