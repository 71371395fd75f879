import type { Entities } from '../../../db/data-source';
import { EvidenceCheckpoint, EvidenceKey, EvidenceLink, EvidencePending } from './evidence.entity';

export { createAnchorBucket } from './anchor-bucket';
export { createAnchorFolder } from './anchor-folder';
export { createAnchorMail } from './anchor-mail';
export { createWitnessedAnchors } from './anchor-witnesses';
export type { AnchorStore } from './anchors';
export { createEvidence, createEvidenceWriter, type Evidence, type EvidenceStatus } from './evidence.service';
export type { EvidenceStream } from './streams';
export type { Verdict } from './verify';
export { type FileVerdict, verifyFile } from './verify-file';

export const evidenceFeature = {
  name: 'evidence',
  entities: [EvidencePending, EvidenceLink, EvidenceCheckpoint, EvidenceKey] as Entities,
  routes: () => [],
};
