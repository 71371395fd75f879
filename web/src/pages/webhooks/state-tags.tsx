import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Webhook, WebhookDelivery } from '../../api';
import { StateTag } from '../../components/state-tag';

export const webhookStates = ['on', 'failing', 'off', 'disabled'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** disabled: by the server, so somebody has to look. */
export function webhookState({ active, disabled_reason, failing_since }: Webhook): WebhookState {
  if (!active) return disabled_reason ? 'disabled' : 'off';
  return failing_since ? 'failing' : 'on';
}

export function WebhookStateTag({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const state = webhookState(webhook);
  const title = webhook.disabled_reason ? t(`disabledBecause.${webhook.disabled_reason}`) : undefined;
  const tone = state === 'disabled' ? 'lost' : state === 'failing' ? 'person' : 'neutral';
  return (
    <StateTag tone={tone} title={title} icon={state === 'on' ? <CheckOutlined /> : undefined}>
      {t(`stateOf.${state}`)}
    </StateTag>
  );
}

const deliveryTones = { delivered: 'proved', failed: 'lost' } as const;

/** Amber when it is on its way and has failed before. */
export function DeliveryStateTag({ delivery: { state, attempts } }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation('webhooks');
  if (state !== 'pending') return <StateTag tone={deliveryTones[state]}>{t(`deliveryOf.${state}`)}</StateTag>;
  if (attempts === 0) return <StateTag tone="active">{t('deliveryOf.pending')}</StateTag>;
  return <StateTag tone="person">{t('deliveryOf.again')}</StateTag>;
}
