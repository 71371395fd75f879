import { Interception, InterceptionRule } from './interception.entity';
import { interceptionRoutes } from './interception.routes';

export const interceptionFeature = {
  name: 'interception',
  entities: [Interception, InterceptionRule],
  routes: interceptionRoutes,
};
export { createInterceptionService, type InterceptionService } from './interception.service';
