import type { Entities } from '../../../db/data-source';
import { WebhookAttempt, WebhookDelivery, WebhookEvent, WebhookSubscription } from './webhooks.entity';
import { webhookRoutes } from './webhooks.routes';

export const webhooksFeature = {
  name: 'webhooks',
  entities: [WebhookSubscription, WebhookEvent, WebhookDelivery, WebhookAttempt] as Entities,
  routes: webhookRoutes,
};
export { createWebhookSubject } from './handover-subject';
export { createWebhookService, type WebhookService } from './webhooks.service';
