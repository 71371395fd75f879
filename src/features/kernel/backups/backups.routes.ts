import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import type { Runs } from '../../../jobs';
import { runView } from '../../../jobs/jobs.schema';
import { backupPage, backupQuery, startBackup } from './backups.schema';
import type { BackupService } from './backups.service';

export const backupRoutes = ({ backups, runs }: { backups: BackupService; runs: Runs }): Route[] => [
  get(
    '/backups',
    {
      can: 'settings:read',
      about: 'Backups, newest first, and whether this database was restored from one',
      query: backupQuery,
      returns: backupPage,
    },
    ({ query }) => backups.list(query),
  ),
  post(
    '/backup-runs',
    { can: 'settings:write', about: 'Take a backup now', body: startBackup, returns: runView, status: 202 },
    ({ viewer, ctx }) => backups.start({ by: viewer.name, actor: actorOf(viewer), address: ctx.ip }),
  ),
  get(
    '/backup-runs/:id',
    { can: 'runs:read', about: 'One run of a backup', params: idParam, returns: runView },
    ({ params }) => runs.get(params.id),
  ),
];
