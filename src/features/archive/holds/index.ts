import { ArchiveHold, ArchiveHoldGuard } from './holds.entity';
import { holdRoutes } from './holds.routes';

export const holdsFeature = { name: 'holds', entities: [ArchiveHold, ArchiveHoldGuard], routes: holdRoutes };
export { createHolds, type Holds } from './holds.service';
