import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf, useCan, type Webhook, type WebhookDelivery } from '../../../api';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { AgeText, TimeText } from '../../../components/time-text';
import { useEventName } from '../event-names';
import { DeliveryStateTag } from '../state-tags';
import { DeliveryDrawer } from './delivery-drawer';
import { ReplayRange } from './replay-range';

const states = ['pending', 'delivered', 'failed'] as const;

/** What was sent in the last 30 days, and what became of it. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const nameOf = useEventName();
  const mayWrite = useCan('webhooks:write');
  const { id } = webhook;
  const source = useMemo(() => listOf('/webhooks/{id}/deliveries', { id }), [id]);
  return (
    <QueryTable
      id="webhook-deliveries"
      source={source}
      rowKey={(delivery) => delivery.id}
      tabs={{
        kind: 'choice',
        key: 'state',
        label: t('state'),
        options: states.map((value) => ({ value, label: t(`deliveryOf.${value}`) })),
      }}
      columns={useColumns()}
      extra={mayWrite && <ReplayRange webhook={webhook} />}
      drawer={{
        width: 640,
        title: (_, delivery) => (delivery ? nameOf(delivery.event_type) : t('delivery')),
        content: (key) => <DeliveryDrawer key={key} id={key} webhook={webhook} />,
      }}
      empty={{ title: t('emptyDeliveries'), hint: t('emptyDeliveriesHint') }}
    />
  );
}

function useColumns(): QueryColumn<WebhookDelivery>[] {
  const { t } = useTranslation('webhooks');
  const nameOf = useEventName();
  return [
    { key: 'event', title: t('event'), render: ({ event_type }) => nameOf(event_type) },
    { key: 'state', title: t('state'), width: 150, render: (delivery) => <DeliveryStateTag delivery={delivery} /> },
    { key: 'attempts', title: t('attempts'), width: 90, align: 'right', render: ({ attempts }) => attempts },
    { key: 'status', title: t('answer'), width: 110, align: 'right', render: ({ status }) => status ?? '–' },
    { key: 'next_at', title: t('nextAt'), width: 130, render: ({ next_at }) => <TimeText at={next_at} /> },
    { key: 'created_at', title: t('happenedAt'), width: 130, render: (one) => <AgeText at={one.created_at} /> },
  ];
}
