import { overviewRoutes } from './overview.routes';

export const overviewFeature = { name: 'overview', entities: [], routes: overviewRoutes };
export { createLiveFeed } from './live';
export { createOverviewService } from './overview.service';
