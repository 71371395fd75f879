import type { Entities } from '../../../db/data-source';
import { Collaborator, ReportingEdge, ReportingReach } from './scope.entity';
import { scopeRoutes } from './scope.routes';

export { type CollaboratorService, createCollaborators } from './collaborators';
export { createCollaboratorSubject } from './handover-subject';
export { createRecordScopes } from './record-scope';
export { createReportingService, type ReportingService } from './reporting.service';
export { createScopes, type Rows, type Scope, type ScopeService } from './scope';

export const scopeFeature = {
  name: 'scope',
  entities: [ReportingEdge, ReportingReach, Collaborator] as Entities,
  routes: scopeRoutes,
};
