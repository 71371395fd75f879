import { DetectorException, DetectorSuppressed } from './exception.entity';
import { exceptionRoutes } from './exceptions.routes';
import type { Exceptions } from './exceptions.service';
import { Finding, FindingCase, FindingStep, FindingSupport } from './finding.entity';
import { findingRoutes } from './findings.routes';
import type { FindingService } from './findings.service';

export const findingsFeature = {
  name: 'findings',
  entities: [Finding, FindingCase, FindingStep, FindingSupport, DetectorException, DetectorSuppressed],
  routes: (services: { findings: FindingService; exceptions: Exceptions }) => [
    ...exceptionRoutes(services),
    ...findingRoutes(services),
  ],
};
export { type DetectorCode, detectorCodes } from './codes';
export type { Draft, EvidenceRef, Explained, Finder } from './draft';
export { createExceptions } from './exceptions.service';
export type { EvidenceLevel, FindingState, Severity } from './finding.entity';
export { findingStepStream, findingStream, findingSupportStream } from './finding.stream';
export { createFindingService, type FindingService } from './findings.service';
export { createFindingReviewSubject } from './handover-subject';
