import { overviewRoutes } from './overview.routes';

export const overviewFeature = { name: 'overview', entities: [], routes: overviewRoutes };
