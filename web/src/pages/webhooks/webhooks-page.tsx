import { useTranslation } from 'react-i18next';
import { useCan, type Webhook, wholeListOf } from '../../api';
import { Cut } from '../../components/cut';
import { PageHeader } from '../../components/page-header';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { AgeText, TimeText } from '../../components/time-text';
import { CreateWebhook } from './create-webhook';
import { useEventName } from './event-names';
import { WebhookStateTag, webhookState, webhookStates } from './state-tags';

const source = wholeListOf<'/webhooks', 'q' | 'state'>(
  '/webhooks',
  (webhook, { q, state }) =>
    (!q || `${webhook.url} ${webhook.description}`.toLowerCase().includes(q.toLowerCase())) &&
    (!state || webhookState(webhook) === state),
);

/** Which programs are told what happens here. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const mayWrite = useCan('webhooks:write');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <QueryTable
        id="webhooks"
        source={source}
        rowKey={({ id }) => id}
        href={({ id }) => `/settings/webhooks/${id}`}
        search={{ key: 'q', placeholder: t('search') }}
        filters={[
          {
            kind: 'choice',
            key: 'state',
            label: t('state'),
            options: webhookStates.map((value) => ({ value, label: t(`stateOf.${value}`) })),
          },
        ]}
        columns={useColumns()}
        extra={mayWrite && <CreateWebhook />}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function useColumns(): QueryColumn<Webhook>[] {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const nameOf = useEventName();
  return [
    { key: 'url', title: t('url'), render: ({ url }) => <Cut text={url} /> },
    { key: 'description', title: t('description'), width: 200, render: (one) => <Cut text={one.description || '–'} /> },
    {
      key: 'events',
      title: t('events'),
      width: 280,
      render: ({ event_types }) => <Cut text={event_types.map(nameOf).join(tc('listSeparator'))} />,
    },
    { key: 'state', title: t('state'), width: 150, render: (webhook) => <WebhookStateTag webhook={webhook} /> },
    {
      key: 'delivered_at',
      title: t('deliveredAt'),
      width: 130,
      render: ({ delivered_at }) => <AgeText at={delivered_at} none={tc('never')} />,
    },
    { key: 'created_at', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
}
