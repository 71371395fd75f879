import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const person = z.object({
  id: z.string(),
  kind: z.enum(['staff', 'external', 'robot']),
  /** Null: nobody we know. */
  name: z.string().nullable(),
});

export const conversationView = z
  .object({
    id: z.string(),
    kind: z.enum(['single', 'group']),
    userid: z.string().nullable(),
    external_userid: z.string().nullable(),
    /** Of a single chat between colleagues: the other one. */
    peer_userid: z.string().nullable(),
    chat_id: z.string().nullable(),
    /** Of the group chat; null for a single chat, or when the group is not known. */
    name: z.string().nullable(),
    /** Those of a single chat; of a group chat up to six who wrote or were written to. */
    people: z.array(person),
    messages: z.number(),
    first_message_at: instant,
    last_message_at: instant,
  })
  .openapi('Conversation');
export type ConversationView = z.input<typeof conversationView>;

const media = z.object({
  /** Where it stands in the message: empty, or the path of the nested item. */
  path: z.string(),
  name: z.string().nullable(),
  size: z.number().nullable(),
  state: z.enum(['pending', 'stored', 'expired', 'failed']),
  fault: z.string().nullable(),
  sha256: z.string().nullable(),
  /** Media type by its first bytes. */
  type: z.string().nullable(),
  /** Where to download it; null while it is not stored. */
  url: z.string().nullable(),
  thumbnail_url: z.string().nullable(),
  /** A voice message as sound that browsers play; the file itself is AMR. */
  audio_url: z.string().nullable(),
  /** Texts of the QR codes in a picture. */
  qr: z.array(z.string()),
});
export type MediaView = z.input<typeof media>;

const item: z.ZodType = z.lazy(() =>
  z
    .object({
      path: z.string(),
      type: z.string(),
      sent_at: instant.nullable(),
      body: z.record(z.string(), z.unknown()),
      items: z.array(item),
    })
    .openapi('ArchivedItem'),
);

export const messageView = z
  .object({
    id: z.string(),
    seq: z.string(),
    msgid: z.string(),
    conversation_id: z.string(),
    action: z.string(),
    type: z.string(),
    /** Whether this version knows the type; of others `body.raw` is what came. */
    known: z.boolean(),
    from: z.string().nullable(),
    from_name: z.string().nullable(),
    to: z.array(z.string()),
    chat_id: z.string().nullable(),
    sent_at: instant,
    /** All that can be read in it, a line each, nested items too. */
    text: z.string(),
    body: z.record(z.string(), z.unknown()),
    items: z.array(item),
    media: z.array(media),
    /** Of a recall: what it takes back, if that is archived. */
    recalls: z.string().nullable(),
    /** The message that took it back: the content stays. */
    recalled_by: z.object({ id: z.string(), from: z.string(), sent_at: instant }).nullable(),
    state: z.enum(['stored', 'purged']),
  })
  .openapi('ArchivedMessage');
export type MessageView = z.input<typeof messageView>;

const dayOrInstant = z.iso.datetime({ offset: true }).or(z.iso.date());

export const conversationQuery = listQuery({
  kind: z.enum(['single', 'group']).optional(),
  userid: z.string().max(64).optional(),
  external_userid: z.string().max(64).optional(),
  chat_id: z.string().max(64).optional(),
  /** Those with a message since. */
  from: dayOrInstant.optional(),
  to: dayOrInstant.optional(),
});
export type ConversationQuery = z.output<typeof conversationQuery>;

export const conversationParam = z.strictObject({ id: z.string().regex(/^[\w-]{1,32}$/) });
export const conversationPage = page(conversationView);

/**
 * Without a direction the newest come first. `around` takes a message id: that message, with what stands before and
 * after it; `at` an instant: the same around the first message at or after it.
 */
export const messagesQuery = listQuery({
  order: z.enum(['asc', 'desc']).default('desc'),
  around: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
  at: dayOrInstant.optional(),
});
export type MessagesQuery = z.output<typeof messagesQuery>;
/** `previous_cursor` leads to what stands before the page, in its order. */
export const messagesPage = page(messageView).extend({ previous_cursor: z.string().nullable() });
