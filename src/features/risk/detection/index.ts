import { DetectorRun, RiskCursor, RiskRejudge } from './detector-run.entity';

export const detectionFeature = {
  name: 'detection',
  entities: [DetectorRun, RiskCursor, RiskRejudge],
  routes: () => [],
};
export { createDetection, type Detection } from './detection';
export type { Found, JudgedMessage, Judgement, MessageDetector, Sweep, Swept } from './detector';
export { concerning, messageFact } from './message-fact';
