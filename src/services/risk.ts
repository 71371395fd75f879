import { createRiskDesk } from '../features/risk/desk';
import { concerning, createDetection, messageFact } from '../features/risk/detection';
import { createFindingService, detectorCodes } from '../features/risk/findings';
import { createInterceptionService } from '../features/risk/interception';
import { createSecurityLogs } from '../features/risk/logs';
import { createRuleJudging, createRules } from '../features/risk/rules';
import { createLeases } from '../jobs';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens and all that is said, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel, archive: Archive) {
  const parts = { ...platform, ...kernel, leases: createLeases({ db: platform.db }) };
  const findings = createFindingService({ ...parts, conversations: archive.conversationViews });
  const judging = createRuleJudging({ ...parts, wordLists: archive.wordLists, facts: { concerning, messageFact } });
  const detection = createDetection({
    ...{ ...parts, findings, reader: archive.messageReader, codesOf: archive.mediaTexts },
    more: { ofMessages: [judging.judge.detector], sweeps: [] },
  });
  const rules = createRules({ ...parts, ...judging, findings, messages: detection.messages });
  const securityLogs = createSecurityLogs({ ...parts, findings, api: platform.wecom.security });
  const catalogue = detectorCodes.map((detector) => ({
    detector,
    by:
      detection.sources.get(detector) ??
      (securityLogs.finds.includes(detector) ? ('logs' as const) : ('reports' as const)),
  }));
  const riskDesk = createRiskDesk({ ...parts, findings, catalogue });
  const interception = createInterceptionService({
    ...{ ...parts, api: platform.wecom.interception, lists: archive.wordLists },
  });
  return { findings, detection, rules, riskDesk, securityLogs, interception };
}
