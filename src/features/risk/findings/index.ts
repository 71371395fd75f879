import { Finding, FindingCase, FindingStep } from './finding.entity';
import { findingRoutes } from './findings.routes';

export const findingsFeature = {
  name: 'findings',
  entities: [Finding, FindingCase, FindingStep],
  routes: findingRoutes,
};
export { type DetectorCode, detectorCodes } from './codes';
export type { Draft, EvidenceRef, Finder } from './draft';
export type { EvidenceLevel, FindingState, Severity } from './finding.entity';
export { findingStepStream, findingStream } from './finding.stream';
export { createFindingService, type FindingService } from './findings.service';
