import { z } from 'zod';
import { instant } from '../../../http/schema';

export const exportBody = z.strictObject({
  external_userid: z.string().min(1).max(64),
  reason: z.string().trim().min(4).max(200).openapi({ description: 'why, such as: the person asked for it' }),
});
export type ExportBody = z.output<typeof exportBody>;

/** The reason is kept for ever: it should name nobody. */
export const erasureBody = z.strictObject(exportBody.shape);
export type ErasureBody = z.output<typeof erasureBody>;

export const erasureView = z
  .object({
    external_userid: z.string(),
    erased_at: instant,
    already_erased: z.boolean().openapi({ description: 'nothing was left to do' }),
    archive: z.object({ messages: z.number(), on_hold: z.number() }).nullable().openapi({
      description: 'messages of single chats that are being purged; what is on hold goes when the hold does',
    }),
  })
  .openapi('Erasure');
export type ErasureView = z.input<typeof erasureView>;

const row = z.record(z.string(), z.unknown());

/** Everything that is held about one person, machine readable. Of rows the columns are those of the tables. */
export const personalData = z
  .object({
    about: z.object({ external_userid: z.string(), exported_at: instant }),
    external_contact: row,
    relations: z.array(row),
    tags: z.array(row),
    history: z.array(row),
    group_chats: z.array(row),
    collaborators: z.array(row),
    callbacks: z.array(row),
    differences: z.array(row),
    seen_by: z.array(row).openapi({ description: 'who opened, uncovered, shared or exported it, newest first' }),
  })
  .openapi('PersonalData');
export type PersonalData = z.input<typeof personalData>;

/** One act of the audit trail that concerns the person. */
export const personView = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.string(),
    actor_name: z.string().nullable(),
    action: z.string(),
    result: z.enum(['ok', 'refused', 'failed']),
    reason: z.string().nullable(),
    address: z.string().nullable(),
  })
  .openapi('PersonView');
