import { createConnectorRegistry, createDeviceReports } from '../features/risk/connectors';
import { createCrossChecks, noMoneyRecords } from '../features/risk/cross-checks';
import { createDetection } from '../features/risk/detection';
import { createFindingService } from '../features/risk/findings';
import { createSpotChecks } from '../features/risk/spot-checks';
import { createLeases } from '../jobs';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens and all that is said, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel, archive: Archive) {
  const parts = { ...platform, ...kernel, leases: createLeases({ db: platform.db }) };
  const findings = createFindingService(parts);
  const reader = archive.messageReader;
  const crossChecks = createCrossChecks({ db: platform.db, records: noMoneyRecords });
  const detection = createDetection({
    ...{ ...parts, findings, reader, codesOf: archive.mediaTexts },
    more: { ofMessages: crossChecks.ofMessages, sweeps: crossChecks.sweeps },
  });
  return {
    ...{ findings, detection, crossChecks },
    spotChecks: createSpotChecks({ ...parts, findings, reader, views: archive.conversationViews }),
    connectors: createConnectorRegistry(parts),
    deviceReports: createDeviceReports({ ...parts, findings }),
  };
}
