import { runRoutes } from './runs.routes';

export const runsFeature = { name: 'runs', entities: [], routes: runRoutes };
