import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { listQuery } from '../../../http/schema';
import { runPage, runView } from '../../../jobs/jobs.schema';
import { auditEvent, auditPage, auditParam, auditQuery, auditStatus, startVerification } from './audit.schema';
import type { AuditService } from './audit.service';
import type { Verifications } from './verifications';

interface Services {
  audit: AuditService;
  verifications: Verifications;
}

export const auditRoutes = ({ audit, verifications }: Services): Route[] => [
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
  get(
    '/audit-events/:id',
    { can: 'audit:read', about: 'One event of the audit trail', params: auditParam, returns: auditEvent },
    ({ params }) => audit.get(params.id),
  ),
  get(
    '/audit-status',
    {
      can: 'audit:read',
      about: 'How far the audit trail is sealed, signed, anchored and verified',
      returns: auditStatus,
    },
    () => verifications.status(),
  ),
  post(
    '/audit-verifications',
    {
      can: 'audit:read',
      about: 'Verify the hash chain of the audit trail; `result` names what was changed',
      body: startVerification,
      returns: runView,
      status: 202,
    },
    ({ body, viewer }) => verifications.start(body.scope, actorOf(viewer), viewer.name),
  ),
  get(
    '/audit-verifications',
    { can: 'audit:read', about: 'Verifications, newest first', query: listQuery({}), returns: runPage },
    ({ query }) => verifications.list(query),
  ),
];
