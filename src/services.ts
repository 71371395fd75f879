import { createLiveSettings, createOwnAddress } from './features/kernel/settings';
import { createArchive } from './services/archive';
import { createCommerce } from './services/commerce';
import { createHandover } from './services/handover';
import { createKernel } from './services/kernel';
import { createOperations } from './services/operations';
import { createParty } from './services/party';
import type { Platform } from './services/platform';
import { createRelations } from './services/relations';
import { createRisk } from './services/risk';

export type { Platform } from './services/platform';

export type Services = ReturnType<typeof createServices>;

/**
 * Every service, in dependency order: a later one may take an earlier one. Unless live settings are given, those of
 * the environment count.
 */
export function createServices(platform: Platform, liveSettings = createLiveSettings(platform)) {
  const kernel = createKernel(platform, liveSettings);
  const archive = createArchive(platform, kernel, liveSettings);
  const party = createParty(platform, kernel);
  const relations = createRelations(platform, kernel, archive, party);
  const risk = createRisk(platform, kernel, archive);
  const handover = createHandover(platform, { ...kernel, ...archive, ...relations, ...party });
  const address = createOwnAddress(platform.config);
  const commerce = createCommerce(platform, { ...kernel, address });
  const below = { address, ...party, ...kernel, ...archive, ...relations, ...risk, ...handover, ...commerce };
  return { ...below, ...createOperations(platform, below, liveSettings) };
}
