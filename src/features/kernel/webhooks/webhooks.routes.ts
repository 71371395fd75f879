import { z } from 'zod';
import { del, get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import {
  anEvent,
  createdWebhook,
  deliveryDetail,
  deliveryPage,
  deliveryQuery,
  newWebhook,
  replayBody,
  replayed,
  webhookChange,
  webhookList,
  webhookSecret,
  webhookView,
} from './webhooks.schema';
import type { WebhookService } from './webhooks.service';

type Services = { webhooks: WebhookService };

export const webhookRoutes = (services: Services): Route[] => [
  ...subscriptionRoutes(services),
  ...deliveryRoutes(services),
];

const subscriptionRoutes = ({ webhooks }: Services): Route[] => [
  get(
    '/webhooks',
    { can: 'webhooks:read', about: 'Who is told what happens, oldest first', returns: webhookList },
    async () => ({ items: await webhooks.subscriptions.list(), next_cursor: null }),
  ),
  post(
    '/webhooks',
    {
      can: 'webhooks:write',
      about: 'Tell a program what happens; its secret is shown this once',
      body: newWebhook,
      returns: createdWebhook,
      status: 201,
    },
    ({ body, viewer }) => webhooks.subscriptions.create(body, viewer),
  ),
  get(
    '/webhooks/:id',
    { can: 'webhooks:read', about: 'One webhook', params: idParam, returns: webhookView },
    ({ params }) => webhooks.subscriptions.get(params.id),
  ),
  put(
    '/webhooks/:id',
    {
      can: 'webhooks:write',
      about: 'Change a webhook, or switch it off and on',
      params: idParam,
      body: webhookChange,
      returns: webhookView,
    },
    ({ params, body, viewer }) => webhooks.subscriptions.change(params.id, body, viewer),
  ),
  del(
    '/webhooks/:id',
    { can: 'webhooks:write', about: 'Remove a webhook', params: idParam, returns: z.null(), status: 204 },
    async ({ params, viewer }) => {
      await webhooks.subscriptions.remove(params.id, viewer);
      return null;
    },
  ),
  post(
    '/webhooks/:id/secret',
    {
      can: 'webhooks:write',
      about: 'Make a new secret, shown this once; the one before signs beside it for a day',
      params: idParam,
      returns: webhookSecret,
    },
    ({ params, viewer }) => webhooks.subscriptions.rotateSecret(params.id, viewer),
  ),
  post(
    '/webhooks/:id/tests',
    { can: 'webhooks:write', about: 'Send a test message', params: idParam, returns: anEvent, status: 202 },
    async ({ params, viewer }) => ({ event_id: await webhooks.test(params.id, viewer) }),
  ),
];

const deliveryRoutes = ({ webhooks }: Services): Route[] => [
  get(
    '/webhooks/:id/deliveries',
    {
      can: 'webhooks:read',
      about: 'What was sent to a webhook in the last 30 days, newest first',
      params: idParam,
      query: deliveryQuery,
      returns: deliveryPage,
    },
    ({ params, query }) => webhooks.deliveries.list(params.id, query),
  ),
  post(
    '/webhooks/:id/replays',
    {
      can: 'webhooks:write',
      about: 'Send again what was created in a time range, under the same ids',
      params: idParam,
      body: replayBody,
      returns: replayed,
    },
    async ({ params, body, viewer }) => ({ replayed: await webhooks.deliveries.replayRange(params.id, body, viewer) }),
  ),
  get(
    '/webhook-deliveries/:id',
    { can: 'webhooks:read', about: 'One delivery with every try', params: idParam, returns: deliveryDetail },
    ({ params }) => webhooks.deliveries.get(params.id),
  ),
  post(
    '/webhook-deliveries/:id/replay',
    {
      can: 'webhooks:write',
      about: 'Send one delivery again, under the same id',
      params: idParam,
      returns: deliveryPage.shape.items.element,
      status: 202,
    },
    ({ params, viewer }) => webhooks.deliveries.replay(params.id, viewer),
  ),
];
