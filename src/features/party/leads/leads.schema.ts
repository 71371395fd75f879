import { z } from 'zod';
import { instant } from '../../../http/schema';
import { lineOfText, linesOfText } from '../../../records';
import { touchKinds } from './lead.entity';

const reason = lineOfText(200).pipe(z.string().min(1));
export const assignment = z.strictObject({ userid: z.string().min(1).max(64), reason: reason.optional() });
export const discarding = z.strictObject({ reason });

/** Into a customer that is there, or a new one with what the lead does not say. */
export const conversion = z.strictObject({
  customer_id: z.string().max(36).optional(),
  customer: z.strictObject({ name: lineOfText(200).pipe(z.string().min(1)).optional() }).optional(),
});
export type Conversion = z.output<typeof conversion>;

export const newTouch = z.strictObject({
  kind: z.enum(['talk', 'visit', 'call', 'mail']),
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  note: linesOfText(2000).optional(),
});
export type NewTouch = z.output<typeof newTouch>;

export const touchList = z.object({
  items: z.array(
    z
      .object({
        id: z.number().int(),
        kind: z.enum(touchKinds).or(z.string()),
        at: instant,
        actor: z.string(),
        actor_name: z.string().nullable(),
        note: z.string().nullable(),
      })
      .openapi('LeadTouch'),
  ),
  next_cursor: z.null(),
});
