import { createConnectorRegistry, createDeviceReports } from '../features/risk/connectors';
import { createCrossChecks, noMoneyRecords } from '../features/risk/cross-checks';
import { createRiskDesk } from '../features/risk/desk';
import { concerning, createDetection, messageFact } from '../features/risk/detection';
import { createExceptions, createFindingService, detectorCodes } from '../features/risk/findings';
import { createInterceptionService } from '../features/risk/interception';
import { createSecurityLogs } from '../features/risk/logs';
import { createReplyQuality } from '../features/risk/reply-quality';
import { createRuleJudging, createRules } from '../features/risk/rules';
import { createSpotChecks } from '../features/risk/spot-checks';
import { createLeases } from '../jobs';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens and all that is said, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel, archive: Archive) {
  const parts = { ...platform, ...kernel, leases: createLeases({ db: platform.db }) };
  const exceptions = createExceptions(parts);
  const findings = createFindingService({ ...parts, conversations: archive.conversationViews, exceptions });
  const judging = createRuleJudging({ ...parts, wordLists: archive.wordLists, facts: { concerning, messageFact } });
  const crossChecks = createCrossChecks({ db: platform.db, records: noMoneyRecords });
  const reader = archive.messageReader;
  const securityLogs = createSecurityLogs({ ...parts, findings, api: platform.wecom.security });
  const detection = createDetection({
    ...{ ...parts, findings, reader, codesOf: archive.mediaTexts, securitySigns: securityLogs.securitySigns },
    more: { ofMessages: [judging.judge.detector, ...crossChecks.ofMessages], sweeps: crossChecks.sweeps },
  });
  const rules = createRules({ ...parts, ...judging, findings, messages: detection.messages });
  const catalogue = detectorCodes.map((detector) => ({
    detector,
    by:
      detection.sources.get(detector) ??
      (securityLogs.finds.includes(detector) ? ('logs' as const) : ('reports' as const)),
  }));
  const riskDesk = createRiskDesk({ ...parts, findings, catalogue });
  return {
    ...{ exceptions, findings, detection, rules, riskDesk, crossChecks, securityLogs },
    interception: createInterceptionService({
      ...{ ...parts, api: platform.wecom.interception, lists: archive.wordLists },
    }),
    replyQuality: createReplyQuality({ ...parts, targetMinutes: platform.config.replyTargetMinutes }),
    spotChecks: createSpotChecks({ ...parts, findings, reader, views: archive.conversationViews }),
    connectors: createConnectorRegistry(parts),
    deviceReports: createDeviceReports({ ...parts, findings }),
  };
}
