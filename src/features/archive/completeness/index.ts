import { completenessRoutes } from './completeness.routes';
import { ArchiveStatement } from './statement.entity';

export const completenessFeature = {
  name: 'archive-completeness',
  entities: [ArchiveStatement],
  routes: completenessRoutes,
};
export { type ArchiveFigures, archiveChecks, archiveFigures } from './alarms';
export type { ArchivePresence, MediaLedger } from './ports';
export { statementStream } from './statement.stream';
export { type ArchiveStatements, createArchiveStatements } from './statements';
export { type ArchiveStatus, createArchiveStatus } from './status';
