import { availableParallelism } from 'node:os';
import { type ConsentApi, createConsent } from '../features/archive/consent';
import { createConversationViews, createMessageReader, createOpener } from '../features/archive/conversations';
import { createPuller } from '../features/archive/envelopes';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createHolds } from '../features/archive/holds';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createRetention, noTraces } from '../features/archive/retention';
import { createSupervisedReview, noHits } from '../features/archive/review';
import type { LiveSettings } from '../features/kernel/settings';
import { createLeases } from '../jobs';
import { archiveCommand } from '../wecom/archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Archive = ReturnType<typeof createArchive>;

/** The conversation archive: what was said, as WeCom gave it, opened, findable and proven. */
export function createArchive(platform: Platform, kernel: Kernel, liveSettings: LiveSettings) {
  const { config, db, vault, logger } = platform;
  const { queue, runs, evidence, audit, approvals, scopes } = kernel;
  const { sdkPath, keysDir } = config.wecom.archive;
  const sdk = createSdkHolder({
    logger,
    start: () => startOf(platform, liveSettings),
    command: sdkPath ? archiveCommand(sdkPath) : [],
    openers: availableParallelism(),
  });
  const parts = { ...platform, leases: createLeases({ db }), evidence, sdk: sdk.sdk };
  const archiveKeys = createArchiveKeyRing({ db, vault, audit, logger, folder: keysDir });
  const puller = createPuller({ ...parts, callsPerMinute: config.wecom.archive.callsPerMinute });
  const messageReader = createMessageReader({ db, vault });
  const consent = createConsent({ db, audit, runs, scopes, api: noConsentApi, isConfigured: () => false });
  const opener = createOpener({ ...parts, sinks: [consent.sink] });
  const archive = createFetching({ queue, logger, keyRing: archiveKeys, sdk, puller, opener });
  const conversationViews = createConversationViews({ db, scopes, audit, reader: messageReader, media: noMedia });
  const reviews = createSupervisedReview({
    ...{ db, vault, audit, evidence, queue, scopes, conversations: conversationViews },
    hits: noHits,
  });
  const leases = createLeases({ db });
  const holds = createHolds({ db, audit, approvals });
  const retention = createRetention({
    ...{ db, audit, evidence, approvals, queue, runs, leases, holds },
    traces: noTraces,
  });
  return { archive, archiveKeys, messageReader, conversationViews, reviews, holds, retention, consent };
}

/** Until WeCom can be asked who agreed. */
const noConsentApi: ConsentApi = {
  permitted: async () => [],
  singleConsents: async () => [],
  groupConsents: async () => null,
};

/** Until files are fetched. */
const noMedia = { of: async () => () => undefined };

function startOf({ config }: Platform, live: LiveSettings): StartOptions {
  const { sdkPath, sdkSha256 } = config.wecom.archive;
  const { secret } = live.wecomApp('archive');
  const corp_id = live.corpId();
  if (!sdkPath || !secret || !corp_id) return undefined;
  return { library: sdkPath, sha256: sdkSha256 ?? null, api_base: config.wecom.apiBase, corp_id, secret };
}
