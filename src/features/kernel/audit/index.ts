import type { Entities } from '../../../db/data-source';
import { AuditEvent } from './audit.entity';
import { auditRoutes } from './audit.routes';
import { AuditExport } from './audit-export.entity';

export type { AuditEventView, AuditQuery } from './audit.schema';
export { type AuditService, createAuditRecorder, createAuditService } from './audit.service';
export { auditStream } from './audit.stream';
export { type AuditExports, createAuditExports } from './exports';
export { createVerifications, type Verifications } from './verifications';

export const auditFeature = {
  name: 'audit',
  entities: [AuditEvent, AuditExport] as Entities,
  routes: auditRoutes,
};
