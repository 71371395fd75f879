import { createFindingService } from '../features/risk/findings';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

/** What is detected in all that happens, and what becomes of it. */
export function createRisk(platform: Platform, kernel: Kernel) {
  return { findings: createFindingService({ ...platform, ...kernel }) };
}
