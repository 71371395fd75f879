import {
  ArchiveConflict,
  ArchiveCursor,
  ArchiveEnvelope,
  ArchiveGap,
  ArchivePage,
  ArchivePull,
} from './envelopes.entity';

export const envelopesFeature = {
  name: 'envelopes',
  entities: [ArchiveCursor, ArchiveEnvelope, ArchivePage, ArchivePull, ArchiveGap, ArchiveConflict],
  routes: () => [],
};
export { checkEnvelopes } from './envelope-check';
export { pageStream } from './page.stream';
export { createPuller, type Puller } from './pull';
