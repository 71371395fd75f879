import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { auditResults } from './audit.entity';

export const auditQuery = listQuery({
  actor: z.string().max(80).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(191).optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

const auditEvent = z.object({
  id: z.string(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  result: z.enum(auditResults),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  /** Whether the hash chain covers the row yet. */
  sealed: z.boolean(),
});
export type AuditEventView = z.infer<typeof auditEvent>;

export const auditPage = page(auditEvent);
