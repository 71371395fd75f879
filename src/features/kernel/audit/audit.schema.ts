import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { auditResults } from './audit.entity';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const auditQuery = listQuery({
  actor: z.string().max(80).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(191).optional(),
  result: z.enum(auditResults).optional(),
  from: moment.optional(),
  to: moment.optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditParam = z.strictObject({ id: z.coerce.number().int().positive() });

export const auditEvent = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.string(),
    /** Its name today; null for the machinery and for who is gone. */
    actor_name: z.string().nullable(),
    action: z.string(),
    target: z.string(),
    /** Its name today, where it is an account, a token, a member of staff or a role of one's own. */
    target_name: z.string().nullable(),
    result: z.enum(auditResults),
    reason: z.string().nullable(),
    address: z.string().nullable(),
    /** What else was written down of it. */
    detail: z.unknown(),
    /** Whether the hash chain covers the row yet. */
    sealed: z.boolean(),
  })
  .openapi('AuditEvent');
export type AuditEventView = z.infer<typeof auditEvent>;

export const auditPage = page(auditEvent);

export const scopes = ['all', 'new'] as const;
export type Scope = (typeof scopes)[number];

export const startVerification = z.strictObject({
  /** `new`: what came after the last verification that found nothing. */
  scope: z.enum(scopes).default('all'),
});

const fault = z.object({
  kind: z.string(),
  n: z.number().optional(),
  stream: z.string().optional(),
  row_id: z.number().optional(),
  detail: z.string().optional(),
});

export const verification = z
  .object({
    at: instant,
    actor: z.string(),
    scope: z.enum(scopes),
    ok: z.boolean(),
    /** Links, each with its row. */
    checked: z.number(),
    /** The link it began after, and the last one it saw. */
    after: z.number(),
    n: z.number(),
    fault_count: z.number(),
    /** The first of them. */
    faults: z.array(fault),
    duration_ms: z.number(),
  })
  .openapi('AuditVerification');
export type Verification = z.infer<typeof verification>;

const signed = z.object({ n: z.number(), made_at: instant, key_id: z.string() });

export const auditStatus = z
  .object({
    links: z.number(),
    /** Rows that wait to be sealed. */
    pending: z.number(),
    newest_link_at: instant.nullable(),
    last_checkpoint: signed.nullable(),
    last_anchor: signed.nullable(),
    /** Null where it cannot be told: the database is another machine's. */
    anchors_on_same_disk: z.boolean().nullable(),
    /** Those that did not get the newest anchor: `mail`, `s3`. */
    witnesses_behind: z.array(z.string()),
    last_verification: verification.nullable(),
  })
  .openapi('AuditStatus');
export type AuditStatus = z.infer<typeof auditStatus>;

export const newExport = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export type NewExport = z.infer<typeof newExport>;

export const auditExport = z
  .object({
    id: z.string(),
    reason: z.string(),
    events: z.number(),
    created_at: instant,
    /** From then on the file cannot be fetched. */
    expires_at: instant,
    /** Where the file is, for whoever asked for it. */
    file: z.string(),
  })
  .openapi('AuditExport');
export const auditExportList = z.object({ items: z.array(auditExport), next_cursor: z.null() });
