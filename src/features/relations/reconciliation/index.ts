import { Difference } from './reconciliation.entity';
import { reconciliationRoutes } from './reconciliation.routes';

export const reconciliationFeature = { name: 'reconciliation', entities: [Difference], routes: reconciliationRoutes };
export { confirmHandler } from './confirm';
export { createDifferences, type Differences } from './differences';
export { defineFullReads } from './full-read';
export { createLeavers, type Leavers, leaversJob } from './leavers';
