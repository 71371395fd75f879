import { attachment, get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import { archiveExportPage, archiveExportView, exportsQuery, newArchiveExport } from './exports.schema';
import type { ArchiveExports } from './exports.service';

export const exportRoutes = ({ archiveExports }: { archiveExports: ArchiveExports }): Route[] => [
  post(
    '/archive/exports',
    {
      can: 'archive:export',
      about: 'Take conversations away with proofs and a verifier; more than 1,000 messages need a second person',
      freshFactor: 'of_people',
      body: newArchiveExport,
      returns: runView,
      status: 202,
    },
    ({ body, viewer, ctx }) => archiveExports.start(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/archive/exports',
    {
      can: 'archive:export',
      about: 'My exports that can still be fetched',
      query: exportsQuery,
      returns: archiveExportPage,
    },
    ({ query, viewer }) => archiveExports.list(query, viewer),
  ),
  get(
    '/archive/exports/:id',
    { can: 'archive:export', about: 'One export of mine', params: idParam, returns: archiveExportView },
    ({ params, viewer }) => archiveExports.get(params.id, viewer),
  ),
  attachment(
    '/archive/exports/:id/file',
    { can: 'archive:export', about: 'The file, for whoever asked for it, within 24 hours. Recorded', params: idParam },
    ({ params, viewer, ctx }) => archiveExports.file(params.id, { viewer, address: ctx.ip }),
  ),
];
