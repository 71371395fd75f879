import { z } from 'zod';
import { listQuery } from '../../../http/schema';
import { rowFaultKinds } from './faults';

const scopes = ['all', 'new'] as const;
export type Scope = (typeof scopes)[number];

export const startVerification = z.strictObject({
  scope: z
    .enum(scopes)
    .default('all')
    .openapi({ description: 'new: what came after the last verification that found nothing' }),
});
export const verificationsQuery = listQuery({});

/** Where a verification ended: the next one of what is new goes on from there. */
export const marks = z.object({
  envelope: z.number(),
  batch: z.number(),
  conserved: z.number(),
  file: z.number(),
  statement: z.number(),
  n: z.number(),
  link: z.string(),
});

/** The `result` of a run. */
export const archiveVerdict = z
  .object({
    ok: z.boolean(),
    scope: z.enum(scopes),
    /** Rows that were read again. */
    checked: z.object({
      envelopes: z.number(),
      messages: z.number(),
      files: z.number(),
      statements: z.number(),
      links: z.number(),
    }),
    /** The first of them, in the order they were found. */
    faults: z.array(
      z.object({
        kind: z.enum(rowFaultKinds),
        table: z.string(),
        id: z.number().or(z.string()),
        detail: z.string(),
      }),
    ),
    fault_count: z.number(),
  })
  .openapi('ArchiveVerdict');
export type ArchiveVerdict = z.infer<typeof archiveVerdict>;
