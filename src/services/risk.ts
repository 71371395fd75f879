import { createDetection } from '../features/risk/detection';
import { createExceptions, createFindingService } from '../features/risk/findings';
import { createLeases } from '../jobs';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens and all that is said, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel, archive: Archive) {
  const parts = { ...platform, ...kernel, leases: createLeases({ db: platform.db }) };
  const exceptions = createExceptions(parts);
  const findings = createFindingService({ ...parts, exceptions });
  const detection = createDetection({
    ...{ ...parts, findings, reader: archive.messageReader, codesOf: archive.mediaTexts },
    more: { ofMessages: [], sweeps: [] },
  });
  return { exceptions, findings, detection };
}
