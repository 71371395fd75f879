export { ApprovalsPage as Component } from './approvals-page';
