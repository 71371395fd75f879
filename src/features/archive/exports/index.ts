import { ArchiveExport } from './export.entity';
import { exportRoutes } from './exports.routes';

export const archiveExportsFeature = { name: 'archive-exports', entities: [ArchiveExport], routes: exportRoutes };
export { type ArchiveExports, createArchiveExports } from './exports.service';
export type { ExportMedia } from './media';
