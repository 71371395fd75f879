import { SpotCheck, SpotCheckResult } from './spot-check.entity';
import { spotCheckRoutes } from './spot-checks.routes';

export const spotChecksFeature = {
  name: 'spot-checks',
  entities: [SpotCheck, SpotCheckResult],
  routes: spotCheckRoutes,
};
export { createSpotCheckSubject } from './handover-subject';
export { spotCheckResultStream, spotCheckStream } from './spot-check.stream';
export { createSpotChecks, type SpotChecks } from './spot-checks.service';
