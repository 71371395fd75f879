import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { inboxStates } from './inbox.entity';

export const inboxEventView = z
  .object({
    id: z.number(),
    receiver: z.enum(['agent', 'contacts', 'archive']),
    event: z.string(),
    change_type: z.string(),
    userid: z.string().nullable(),
    external_userid: z.string().nullable(),
    chat_id: z.string().nullable(),
    state: z.enum(inboxStates),
    attempts: z.number(),
    error: z.string().nullable().openapi({ description: 'for ignored events: why' }),
    stale: z.boolean(),
    occurred_at: instant,
    received_at: instant,
    handled_at: instant.nullable(),
  })
  .openapi('InboxEvent');

export const inboxEventDetail = inboxEventView
  .extend({ body: z.string().nullable().openapi({ description: 'decrypted XML; null once the retention is over' }) })
  .openapi('InboxEventDetail');

export const inboxQuery = listQuery({
  state: z.enum(inboxStates).optional(),
  event: z.string().max(64).optional(),
  change_type: z.string().max(64).optional(),
  receiver: z.enum(['agent', 'contacts', 'archive']).optional(),
});
export type InboxQuery = z.output<typeof inboxQuery>;
export const inboxPage = page(inboxEventView);
export const inboxParam = z.strictObject({ id: z.coerce.number().int().positive() });
