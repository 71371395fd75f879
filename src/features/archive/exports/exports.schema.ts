import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const dayOrInstant = z.iso.datetime({ offset: true }).or(z.iso.date());

/** As for messages. Several together narrow. */
export const exportFilters = z.strictObject({
  conversation_ids: z
    .array(z.string().regex(/^[\w-]{1,32}$/))
    .min(1)
    .max(200)
    .optional(),
  userid: z.string().min(1).max(64).optional(),
  external_userid: z.string().min(1).max(64).optional(),
  chat_id: z.string().min(1).max(64).optional(),
  from: dayOrInstant.optional().openapi({ description: 'sent at or after' }),
  to: dayOrInstant.optional().openapi({ description: 'sent before' }),
});
export type ExportFilters = z.output<typeof exportFilters>;

export const newArchiveExport = z.strictObject({
  ...exportFilters.shape,
  reason: z.string().trim().min(4).max(500).openapi({ description: 'why; it is kept for ever and should name nobody' }),
  matter: z.string().trim().min(1).max(191).optional().openapi({ description: 'the case it is for' }),
});
export type NewArchiveExport = z.output<typeof newArchiveExport>;

export const exportsQuery = listQuery({});

export const archiveExportView = z
  .object({
    id: z.string().openapi({ description: 'also that of its run' }),
    state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
    progress: z.object({ done: z.number(), total: z.number() }),
    reason: z.string(),
    matter: z.string().nullable(),
    filters: exportFilters,
    messages: z.number(),
    requested_by: z.string(),
    approved_by: z.string().nullable().openapi({ description: 'who agreed, where a second person had to' }),
    created_at: instant,
    expires_at: instant.openapi({ description: 'from then on the file cannot be fetched' }),
    bytes: z.number().nullable(),
    sha256: z.string().nullable(),
    file: z.string().nullable().openapi({ description: 'where the file is, for whoever asked for it; null: not yet' }),
    error: z.string().nullable(),
  })
  .openapi('ArchiveExport');
export type ArchiveExportView = z.input<typeof archiveExportView>;
export const archiveExportPage = page(archiveExportView);
