import { get, type Route } from '../../../http/route';
import { archiveStatusView, completenessQuery, completenessView, gapsPage, gapsQuery } from './completeness.schema';
import type { ArchiveStatements } from './statements';
import type { ArchiveStatus } from './status';

interface Services {
  archiveStatus: ArchiveStatus;
  archiveStatements: ArchiveStatements;
}

export const completenessRoutes = ({ archiveStatus, archiveStatements }: Services): Route[] => [
  get(
    '/archive/status',
    {
      can: 'archive:status',
      about: 'How far behind WeCom the archive is, what it could not open, and what is missing for good',
      returns: archiveStatusView,
    },
    () => archiveStatus.status(),
  ),
  get(
    '/archive/gaps',
    {
      can: 'archive:status',
      about: 'What WeCom no longer held when it was asked for, newest first',
      query: gapsQuery,
      returns: gapsPage,
    },
    ({ query }) => archiveStatus.gaps(query),
  ),
  get(
    '/archive/completeness',
    {
      can: 'archive:status',
      about: 'What came on each Shanghai day and what became of it; a day that is over stands for good',
      query: completenessQuery,
      returns: completenessView,
    },
    async ({ query }) => ({ items: await archiveStatements.days(query), next_cursor: null }),
  ),
];
