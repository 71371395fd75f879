import { Handover, HandoverCall, HandoverGiver, HandoverItem, HandoverStep } from './handovers.entity';
import { handoverRoutes } from './handovers.routes';
import { reportRoutes } from './report.routes';

export const handoversFeature = {
  name: 'handovers',
  entities: [Handover, HandoverGiver, HandoverItem, HandoverCall, HandoverStep],
  routes: (services: Parameters<typeof handoverRoutes>[0]) => [...handoverRoutes(services), ...reportRoutes(services)],
};
export { createHandovers, type HandoverService } from './handovers';
