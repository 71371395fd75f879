import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const dayOrInstant = z.iso.datetime({ offset: true }).or(z.iso.date());
const someId = z.string().min(1).max(64);

const scope = {
  userid: someId.optional(),
  external_userid: someId.optional(),
  chat_id: someId.optional(),
  conversation_id: z.string().min(1).max(32).optional(),
  from: dayOrInstant.optional(),
  /** Not included. */
  to: dayOrInstant.optional(),
};

/** All that is named must fit a message; at least one thing is named. */
export const newHold = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    matter: z.string().trim().min(1).max(100),
    reason: z.string().trim().min(1).max(500),
    ...scope,
  })
  .refine((hold) => Object.keys(scope).some((key) => hold[key as keyof typeof scope] !== undefined), {
    path: ['userid'],
    message: 'a hold names somebody, something or a time',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'the end lies before the beginning',
  });
export type NewHold = z.infer<typeof newHold>;

export const holdView = z
  .object({
    ...{
      id: z.string(),
      name: z.string(),
      matter: z.string(),
      reason: z.string(),
      state: z.enum(['active', 'released']),
    },
    ...{ userid: z.string().nullable(), external_userid: z.string().nullable(), chat_id: z.string().nullable() },
    ...{ conversation_id: z.string().nullable(), from: instant.nullable(), to: instant.nullable() },
    ...{ created_by: z.string(), created_by_name: z.string().nullable(), created_at: instant },
    ...{ released_by: z.string().nullable(), released_by_name: z.string().nullable() },
    ...{ approved_by: z.string().nullable(), approved_by_name: z.string().nullable(), released_at: instant.nullable() },
  })
  .openapi('LegalHold');
export type HoldView = z.input<typeof holdView>;

export const holdQuery = listQuery({
  state: z.enum(['active', 'released']).optional(),
  matter: z.string().max(100).optional(),
});
export type HoldQuery = z.output<typeof holdQuery>;
export const holdPage = page(holdView);
export const heldView = holdView.extend({ messages: z.number().openapi({ description: 'that it holds today' }) });

export const releaseBody = z.strictObject({});
export const releasePayload = z.strictObject({ id: z.string().min(1).max(36) });
