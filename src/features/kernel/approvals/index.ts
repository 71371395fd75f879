import type { Entities } from '../../../db/data-source';
import { Approval } from './approvals.entity';
import { approvalRoutes } from './approvals.routes';

export { type ApprovalService, type By, createApprovalService, type Decided } from './approvals.service';
export { createApprovalSubject } from './handover-subject';

export const approvalsFeature = {
  name: 'approvals',
  entities: [Approval] as Entities,
  routes: approvalRoutes,
};
