import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { securitySources, sourceStates } from './security-record.entity';

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const recordQuery = listQuery({
  source: z.enum(securitySources).optional(),
  userid: z.string().min(1).max(64).optional(),
  /** From the first on, before the second. */
  ...{ from: time.optional(), to: time.optional() },
});
export type RecordQuery = z.output<typeof recordQuery>;

const recordView = z
  .object({
    ...{ id: z.string(), source: z.enum(securitySources), occurred_at: instant, userid: z.string().nullable() },
    ...{ type: z.number(), detail_type: z.number().nullable() },
    detail: z.record(z.string(), z.unknown()).nullable().openapi({
      description: 'the line as WeCom sent it, phone numbers masked; null for those who see nobody’s records',
    }),
    fetched_at: instant,
  })
  .openapi('SecurityRecord');
export type RecordView = z.input<typeof recordView>;
export const recordPage = page(recordView);

const gap = z.object({ from: instant, to: instant });

export const sourcesView = z
  .object({
    sources: z.array(
      z.object({
        ...{ source: z.enum(securitySources), state: z.enum(sourceStates) },
        since: instant.nullable().openapi({ description: 'where reading began' }),
        watermark: instant.nullable().openapi({ description: 'everything before it was read' }),
        ...{ asked_at: instant.nullable(), answered_at: instant.nullable() },
        ...{ errcode: z.number().nullable(), fault: z.string().nullable() },
        gap: gap.nullable().openapi({ description: 'the last stretch that WeCom no longer held' }),
      }),
    ),
    deletions: z
      .object({
        ...{ told: z.number(), missed: z.number(), unmatched: z.number(), events: z.number() },
        ...{ without_line: z.number(), loss_rate: z.number() },
      })
      .nullable()
      .openapi({
        description: 'deletions of contacts in 30 days, by log and by callback; missed: told by the log alone',
      }),
  })
  .openapi('SecuritySources');
export type SourcesView = z.input<typeof sourcesView>;
