import { get, type Route } from '../../../http/route';
import { auditPage, auditQuery } from './audit.schema';
import type { AuditService } from './audit.service';

export const auditRoutes = ({ audit }: { audit: AuditService }): Route[] => [
  get(
    '/audit-events',
    {
      can: 'audit:read',
      about: 'The audit trail, newest first: who did what, from where, and how it ended',
      query: auditQuery,
      returns: auditPage,
    },
    ({ query }) => audit.list(query),
  ),
];
