import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { webhookEventTypes } from './webhook-events';
import { deliveryStates } from './webhooks.entity';

const eventTypes = z
  .array(z.enum(webhookEventTypes))
  .min(1)
  .transform((types) => [...new Set(types)]);

export const newWebhook = z.strictObject({
  url: z.string().min(1).max(2048).openapi({ description: 'https, or http; a public address' }),
  event_types: eventTypes,
  description: z.string().trim().max(255).default(''),
});
export type NewWebhook = z.output<typeof newWebhook>;

export const webhookChange = newWebhook.extend({ active: z.boolean(), version: z.number().int() });
export type WebhookChange = z.output<typeof webhookChange>;

export const webhookView = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    event_types: z.array(z.string()),
    active: z.boolean(),
    disabled_reason: z
      .enum(['gone', 'failing'])
      .nullable()
      .openapi({ description: 'why this server switched it off: answered 410, or five days of failures' }),
    failing_since: instant.nullable(),
    delivered_at: instant.nullable(),
    old_secret_until: instant.nullable().openapi({ description: 'until then the secret before signs, too' }),
    created_by: z.string(),
    created_at: instant,
    updated_at: instant,
    version: z.number(),
  })
  .openapi('Webhook');
export type WebhookView = z.input<typeof webhookView>;

export const webhookList = z.object({ items: z.array(webhookView), next_cursor: z.null() });
/** Shown this once. */
export const webhookSecret = z.object({ secret: z.string().openapi({ description: 'whsec_…, shown this once' }) });
export const createdWebhook = webhookView.extend(webhookSecret.shape);

export const deliveryQuery = listQuery({ state: z.enum(deliveryStates).optional() });
export type DeliveryQuery = z.infer<typeof deliveryQuery>;

const delivery = z
  .object({
    id: z.string(),
    event_id: z.string().openapi({ description: 'the webhook-id that receivers see; the same over all tries' }),
    event_type: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.number(),
    status: z.number().nullable().openapi({ description: 'HTTP status of the last answer' }),
    error: z.string().nullable(),
    next_at: instant.nullable(),
    finished_at: instant.nullable(),
    created_at: instant,
  })
  .openapi('WebhookDelivery');
export type DeliveryView = z.input<typeof delivery>;
export const deliveryPage = page(delivery);

export const deliveryDetail = delivery.extend({
  payload: z.unknown(),
  tries: z.array(
    z.object({
      at: instant,
      status: z.number().nullable(),
      duration_ms: z.number(),
      error: z.string().nullable(),
      response: z.string().nullable().openapi({ description: 'the beginning of the answer' }),
    }),
  ),
});
export type DeliveryDetail = z.input<typeof deliveryDetail>;

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const replayBody = z.strictObject({
  from: moment,
  to: moment,
  state: z.enum(['failed', 'all']).default('failed').openapi({ description: 'all: what arrived is sent again, too' }),
});
export type ReplayBody = z.output<typeof replayBody>;
export const replayed = z.object({ replayed: z.number() });
export const anEvent = z.object({ event_id: z.string() });
