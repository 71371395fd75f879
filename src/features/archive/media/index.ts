import { ArchiveAttachment, ArchiveBlob, ArchiveFile, ArchiveFileBatch, ArchiveStoredFile } from './media.entity';
import { mediaRoutes } from './media.routes';

export const mediaFeature = {
  name: 'media',
  entities: [ArchiveFile, ArchiveAttachment, ArchiveBlob, ArchiveStoredFile, ArchiveFileBatch],
  routes: mediaRoutes,
};
export type { MediaFetching } from './fetching';
export { fileBatchStream } from './file-batch.stream';
export type { TextsFound } from './kept.store';
export { createMedia } from './media';
export type { MediaService } from './media.service';
export type { MediaPurge } from './purging';
export type { MediaFault, MediaVerifier } from './verifying';
