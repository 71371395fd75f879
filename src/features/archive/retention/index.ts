import { ArchiveErasure, ArchivePurge, ArchivePurged, RetentionRule } from './retention.entity';
import { retentionRoutes } from './retention.routes';

export const retentionFeature = {
  name: 'retention',
  entities: [RetentionRule, ArchivePurge, ArchivePurged, ArchiveErasure],
  routes: retentionRoutes,
};
export type { ArchiveErasures } from './erasures';
export { purgeStream } from './purge.stream';
export type { Traces } from './purger';
export { createRetention, type Retention } from './retention.feature';
export { createTombstones } from './tombstones';
