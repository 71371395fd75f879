import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runPage, runView } from '../../../jobs/jobs.schema';
import type { ArchiveVerifications } from './verification';
import { archiveVerdict, startVerification, verificationsQuery } from './verification.schema';

const verificationRun = runView.extend({ result: archiveVerdict.nullable() }).openapi('ArchiveVerificationRun');

export const verificationRoutes = ({
  archiveVerifications,
}: {
  archiveVerifications: ArchiveVerifications;
}): Route[] => [
  post(
    '/archive/verifications',
    {
      can: 'archive:verify',
      about: 'Read the archive again and compare it with what the chain fixed; `result` names what was changed',
      body: startVerification,
      returns: runView,
      status: 202,
    },
    ({ body, viewer }) => archiveVerifications.start(body.scope, actorOf(viewer), viewer.name),
  ),
  get(
    '/archive/verifications',
    {
      can: 'archive:verify',
      about: 'Verifications of the archive, newest first',
      query: verificationsQuery,
      returns: runPage,
    },
    ({ query }) => archiveVerifications.list(query),
  ),
  get(
    '/archive/verifications/:id',
    {
      can: 'archive:verify',
      about: 'One verification of the archive',
      params: idParam,
      returns: verificationRun,
    },
    async ({ params }) => {
      const run = await archiveVerifications.get(params.id);
      return { ...run, result: archiveVerdict.safeParse(run.result).data ?? null };
    },
  ),
];
