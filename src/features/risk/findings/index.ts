import { Finding, FindingCase, FindingStep, FindingSupport } from './finding.entity';
import { findingRoutes } from './findings.routes';

export const findingsFeature = {
  name: 'findings',
  entities: [Finding, FindingCase, FindingStep, FindingSupport],
  routes: findingRoutes,
};
export { type DetectorCode, detectorCodes } from './codes';
export type { Draft, EvidenceRef, Finder } from './draft';
export type { EvidenceLevel, FindingState, Severity } from './finding.entity';
export { findingStepStream, findingStream, findingSupportStream } from './finding.stream';
export { createFindingService, type FindingService } from './findings.service';
