import { z } from 'zod';
import { listQuery, page } from '../../../http/schema';
import { messageView } from './conversations.schema';

const dayOrInstant = z.iso.datetime({ offset: true }).or(z.iso.date());
const person = z.string().min(1).max(64);

/** Without `q` the filters alone. Times are of sending: from the first on, before the second. */
export const searchQuery = listQuery({
  q: z.string().trim().min(1).max(500).optional().openapi({
    description: 'words, all of which stand in the message: `word`, `"a phrase"`, `-left-out`',
  }),
  /** Conversations that this member takes part in. */
  userid: person.optional(),
  external_userid: person.optional(),
  chat_id: person.optional(),
  conversation_id: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .optional(),
  from: dayOrInstant.optional(),
  to: dayOrInstant.optional(),
  type: person.optional(),
  sender: person.optional(),
  /** Conversations of somebody in this department or one below it. */
  department_id: z.coerce.number().int().optional(),
  has_media: z.stringbool().optional(),
  recalled: z.stringbool().optional(),
  /** Messages in which a word of this list was found. */
  word_list: z.string().max(36).optional(),
});
export type SearchQuery = z.output<typeof searchQuery>;

const highlight = z
  .object({
    path: z.string().openapi({ description: 'empty, or the path of the nested item' }),
    from: z.number().openapi({ description: 'UTF-16 units in the texts of that item, a line each' }),
    to: z.number(),
  })
  .openapi('Highlight');

export const foundPage = page(messageView.extend({ highlights: z.array(highlight) }).openapi('FoundMessage'));
/** A message that was found, and where what was asked for stands in it. */
export type FoundMessage = z.input<typeof foundPage>['items'][number];
