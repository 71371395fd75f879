import { createDetection } from '../features/risk/detection';
import { createFindingService } from '../features/risk/findings';
import { createInterceptionService } from '../features/risk/interception';
import { createSecurityLogs } from '../features/risk/logs';
import { createLeases } from '../jobs';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens and all that is said, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel, archive: Archive) {
  const parts = { ...platform, ...kernel, leases: createLeases({ db: platform.db }) };
  const findings = createFindingService(parts);
  const detection = createDetection({
    ...{ ...parts, findings, reader: archive.messageReader, codesOf: archive.mediaTexts },
    more: { ofMessages: [], sweeps: [] },
  });
  const securityLogs = createSecurityLogs({ ...parts, findings, api: platform.wecom.security });
  const interception = createInterceptionService({
    ...{ ...parts, api: platform.wecom.interception, lists: archive.wordLists },
  });
  return { findings, detection, securityLogs, interception };
}
