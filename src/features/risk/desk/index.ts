import { deskRoutes } from './desk.routes';

export const riskDeskFeature = { name: 'risk-desk', entities: [], routes: deskRoutes };
export { createRiskDesk, type RiskDesk } from './desk.service';
