import { Handover, HandoverCall, HandoverGiver, HandoverItem, HandoverStep } from './handovers.entity';
import { handoverRoutes } from './handovers.routes';

export const handoversFeature = {
  name: 'handovers',
  entities: [Handover, HandoverGiver, HandoverItem, HandoverCall, HandoverStep],
  routes: handoverRoutes,
};
export { createHandovers, type HandoverService } from './handovers';
