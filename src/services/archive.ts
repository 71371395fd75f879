import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  createArchiveStatements,
  createArchiveStatus,
  noMediaLedger,
  unknownPresence,
} from '../features/archive/completeness';
import {
  batchStream,
  checkMessages,
  createConversationViews,
  createMessageProofs,
  createMessageReader,
  createOpener,
  destroyedKeys,
} from '../features/archive/conversations';
import { checkEnvelopes, createPuller } from '../features/archive/envelopes';
import { createArchiveExports, noExportMedia } from '../features/archive/exports';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createArchiveVerifications, noFiles } from '../features/archive/verification';
import type { LiveSettings } from '../features/kernel/settings';
import { createLeases } from '../jobs';
import { archiveCommand } from '../wecom/archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Archive = ReturnType<typeof createArchive>;

/** The conversation archive: what was said, as WeCom gave it, opened, findable and proven. */
export function createArchive(platform: Platform, kernel: Kernel, liveSettings: LiveSettings) {
  const { config, db, vault, clock, logger } = platform;
  const { queue, runs, evidence, audit, scopes, approvals } = kernel;
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
  const opener = createOpener({ ...parts, sinks: [] });
  const archive = createFetching({ queue, logger, keyRing: archiveKeys, sdk, puller, opener });
  const conversationViews = createConversationViews({ db, scopes, audit, reader: messageReader, media: noMedia });
  const known = { db, clock, media: noMediaLedger, presence: unknownPresence };
  const configured = () => startOf(platform, liveSettings) !== undefined;
  const archiveStatus = createArchiveStatus({ ...known, configured });
  const archiveStatements = createArchiveStatements({ ...known, queue, audit, evidence });
  const archiveVerifications = createArchiveVerifications({
    ...{ audit, evidence, runs, logger },
    checks: {
      envelopes: (options) => checkEnvelopes(db, options),
      messages: (options) => checkMessages({ db, vault, purges: destroyedKeys(db) }, options),
      files: noFiles,
      statements: archiveStatements.faults,
    },
  });
  const archiveExports = createArchiveExports({
    ...{ db, clock, vault, runs, queue, audit, approvals, evidence, views: conversationViews, reader: messageReader },
    ...{ proofs: createMessageProofs({ db, vault }), media: noExportMedia, stream: batchStream.name },
    ...{ corp: vault.boundTo, dir: join(config.dataDir, 'exports') },
  });
  const shown = { archiveStatus, archiveStatements, archiveVerifications, archiveExports };
  return { archive, archiveKeys, messageReader, conversationViews, ...shown };
}

/** Until files are fetched. */
const noMedia = { of: async () => () => undefined };

function startOf({ config }: Platform, live: LiveSettings): StartOptions {
  const { sdkPath, sdkSha256 } = config.wecom.archive;
  const { secret } = live.wecomApp('archive');
  const corp_id = live.corpId();
  if (!sdkPath || !secret || !corp_id) return undefined;
  return { library: sdkPath, sha256: sdkSha256 ?? null, api_base: config.wecom.apiBase, corp_id, secret };
}
