import type { EventType } from '../events';

/** What may be subscribed to, in the order the console shows it. */
export const webhookEventTypes = [
  'relation.added',
  'relation.changed',
  'relation.deleted_by_staff',
  'relation.deleted_by_external',
  'relation.ended',
  'group_chat.created',
  'group_chat.changed',
  'group_chat.dismissed',
  'staff.departed',
  'handover.ended',
  'payment.received',
  'reconciliation.difference_confirmed',
  'finding.raised',
  'run.finished',
] as const satisfies readonly EventType[];
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Sent on demand, whatever is subscribed to. */
export const testEventType = 'webhook.test';

/** The body of a message, as Standard Webhooks recommend it. */
export const payloadOf = (type: string, occurredAt: Date, data: object): string =>
  JSON.stringify({ type, timestamp: occurredAt.toISOString(), data });
