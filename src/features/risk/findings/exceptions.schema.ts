import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const someId = z.string().min(1).max(64);

/** About somebody of ours, somebody outside, or what is between the two. */
export const newException = z
  .strictObject({
    ...{ userid: someId.optional(), external_userid: someId.optional() },
    reason: z.string().trim().min(1).max(500),
    expires_at: instant,
  })
  .refine(({ userid, external_userid }) => userid !== undefined || external_userid !== undefined, {
    path: ['userid'],
    message: 'an exception names somebody',
  });
export type NewException = z.output<typeof newException>;

export const exceptionView = z
  .object({
    ...{ id: z.string(), userid: z.string().nullable(), external_userid: z.string().nullable(), reason: z.string() },
    ...{ state: z.enum(['active', 'over']), expires_at: instant, created_at: instant },
    ...{ created_by: z.string(), created_by_name: z.string().nullable() },
    ...{ approved_by: z.string(), approved_by_name: z.string().nullable() },
    ...{ ended_by: z.string().nullable(), ended_by_name: z.string().nullable(), ended_at: instant.nullable() },
    suppressed: z.number().openapi({ description: 'how many findings it has kept from being made' }),
  })
  .openapi('DetectorException');
export type ExceptionView = z.input<typeof exceptionView>;

export const exceptionQuery = listQuery({ state: z.enum(['active', 'over']).optional() });
export type ExceptionQuery = z.output<typeof exceptionQuery>;
export const exceptionPage = page(exceptionView);
