import { FindingEscalation } from './escalation.entity';
import { escalationRoutes } from './escalations.routes';

export const escalationsFeature = {
  name: 'escalations',
  entities: [FindingEscalation],
  routes: escalationRoutes,
};
export { findingEscalationStream } from './escalation.stream';
export { createEscalations, type Escalations } from './escalations.service';
