import { availableParallelism } from 'node:os';
import { createConversationViews, createMessageReader, createOpener } from '../features/archive/conversations';
import { createPuller } from '../features/archive/envelopes';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createIndexRun, createMessageSearch, createSearchIndex, type MoreTexts } from '../features/archive/search';
import { createWordListService, createWordScan, createWordScanRuns, createWordStore } from '../features/archive/words';
import type { LiveSettings } from '../features/kernel/settings';
import { createLeases } from '../jobs';
import { archiveCommand } from '../wecom/archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Archive = ReturnType<typeof createArchive>;

/** The conversation archive: what was said, as WeCom gave it, opened, findable and proven. */
export function createArchive(platform: Platform, kernel: Kernel, liveSettings: LiveSettings) {
  const { config, db, vault, logger } = platform;
  const { queue, runs, evidence, audit, scopes } = kernel;
  const { sdkPath, keysDir, processes, searchIndex: kind } = config.wecom.archive;
  const sdk = createSdkHolder({
    logger,
    start: () => startOf(platform, liveSettings),
    command: sdkPath ? archiveCommand(sdkPath) : [],
    openers: processes ?? availableParallelism(),
  });
  const parts = { ...platform, leases: createLeases({ db }), evidence, sdk: sdk.sdk };
  const archiveKeys = createArchiveKeyRing({ db, vault, audit, logger, folder: keysDir });
  const puller = createPuller({ ...parts, callsPerMinute: config.wecom.archive.callsPerMinute });
  const messageReader = createMessageReader({ db, vault });
  const searchIndex = createSearchIndex({
    ...{ db, vault, logger, reader: messageReader, moreTexts },
    isKept: kind === 'keyed',
  });
  const indexRun = createIndexRun({ db, runs, index: searchIndex });
  const wordStore = createWordStore({ db, vault });
  const wordScan = createWordScan({ store: wordStore });
  const words = {
    wordScan,
    wordLists: createWordListService({ db, audit, store: wordStore }),
    wordScanRuns: createWordScanRuns({ db, runs, audit, reader: messageReader, scan: wordScan }),
  };
  const opener = createOpener({ ...parts, sinks: [searchIndex.sink, wordScan.sink] });
  const archive = createFetching({ queue, logger, keyRing: archiveKeys, sdk, puller, opener });
  const conversationViews = createConversationViews({ db, scopes, audit, reader: messageReader, media: noMedia });
  const messageSearch = createMessageSearch({
    ...{ db, audit, reader: messageReader, views: conversationViews, index: searchIndex },
  });
  return { archive, archiveKeys, messageReader, conversationViews, searchIndex, indexRun, messageSearch, ...words };
}

/** Until texts are told of files. */
const moreTexts: MoreTexts = async () => new Map();

/** Until files are fetched. */
const noMedia = { of: async () => () => undefined };

function startOf({ config }: Platform, live: LiveSettings): StartOptions {
  const { sdkPath, sdkSha256 } = config.wecom.archive;
  const { secret } = live.wecomApp('archive');
  const corp_id = live.corpId();
  if (!sdkPath || !secret || !corp_id) return undefined;
  return { library: sdkPath, sha256: sdkSha256 ?? null, api_base: config.wecom.apiBase, corp_id, secret };
}
