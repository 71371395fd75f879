import { createFindingService } from '../features/risk/findings';
import { createReplyQuality } from '../features/risk/reply-quality';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Risk = ReturnType<typeof createRisk>;

/** What is detected in all that happens, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel) {
  const parts = { ...platform, ...kernel };
  return {
    findings: createFindingService(parts),
    replyQuality: createReplyQuality({ ...parts, targetMinutes: platform.config.replyTargetMinutes }),
  };
}
