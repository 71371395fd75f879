import { actorOf } from '../../../http/permissions';
import { download, get, post, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import { runPage, runView } from '../../../jobs/jobs.schema';
import type { ScopeService } from '../scope';
import {
  auditEvent,
  auditExport,
  auditExportList,
  auditPage,
  auditParam,
  auditQuery,
  auditStatus,
  newExport,
  startVerification,
} from './audit.schema';
import type { AuditService } from './audit.service';
import type { AuditExports } from './exports';
import type { Verifications } from './verifications';

interface Services {
  audit: AuditService;
  verifications: Verifications;
  auditExports: AuditExports;
  scopes: Pick<ScopeService, 'barred'>;
}

export const auditRoutes = ({ audit, verifications, auditExports, scopes }: Services): Route[] => [
  get(
    '/audit-events',
    {
      can: 'audit:read',
      about: 'The audit trail, newest first: who did what, from where, and how it ended',
      query: auditQuery,
      returns: auditPage,
    },
    async ({ query, viewer }) => audit.list(query, await scopes.barred(viewer)),
  ),
  get(
    '/audit-events/:id',
    { can: 'audit:read', about: 'One event of the audit trail', params: auditParam, returns: auditEvent },
    async ({ params, viewer }) => audit.get(params.id, await scopes.barred(viewer)),
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
  post(
    '/audit-exports',
    {
      can: 'audit:export',
      about: 'Take the audit trail away as a file; more than 1,000 events need a second person',
      freshFactor: true,
      body: newExport,
      returns: auditExport,
      status: 201,
    },
    ({ body, viewer, ctx }) => auditExports.start(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/audit-exports',
    { can: 'audit:export', about: 'My exports that can still be fetched', returns: auditExportList },
    async ({ viewer }) => ({ items: await auditExports.list(viewer), next_cursor: null }),
  ),
  download(
    '/audit-exports/:id/file',
    { can: 'audit:export', about: 'The file, for whoever asked for it, within 24 hours', params: idParam },
    ({ params, viewer, ctx }) => auditExports.file(params.id, { viewer, address: ctx.ip }),
  ),
];
