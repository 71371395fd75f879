import { ArchiveKey } from './archive-key.entity';
import { archiveKeyRoutes } from './key-ring.routes';

export const archiveKeysFeature = { name: 'archive-keys', entities: [ArchiveKey], routes: archiveKeyRoutes };
export { type ArchiveKeyRing, createArchiveKeyRing } from './key-ring';
