import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createBlobStore } from '../core/blobs/blob-store';
import { createDrafts } from '../core/blobs/drafts';
import { createBucketShelf, createFolderShelf } from '../core/blobs/shelves';
import { createConversationViews, createMessageReader, createOpener } from '../features/archive/conversations';
import { createPuller } from '../features/archive/envelopes';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createMedia } from '../features/archive/media';
import { createIndexRun, createMessageSearch, createSearchIndex } from '../features/archive/search';
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
  const media = createMedia({
    ...{ ...parts, queue, audit, ...blobsOf(platform), ready: sdk.ready },
    texts: (id, texts) => searchIndex.addTexts(id, texts),
  });
  const searchIndex = createSearchIndex({
    ...{ db, vault, logger, reader: messageReader, moreTexts: media.lookup.texts },
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
  const opener = createOpener({ ...parts, sinks: [searchIndex.sink, wordScan.sink, media.sink] });
  const archive = createFetching({ queue, logger, keyRing: archiveKeys, sdk, puller, opener });
  const conversationViews = createConversationViews({ db, scopes, audit, reader: messageReader, media: media.lookup });
  const messageSearch = createMessageSearch({
    ...{ db, audit, reader: messageReader, views: conversationViews, index: searchIndex },
  });
  return {
    ...{ archive, archiveKeys, messageReader, conversationViews, searchIndex, indexRun, messageSearch, ...words },
    media: media.service({ reader: messageReader, views: conversationViews }),
    ...{ mediaFetching: media.fetching, mediaPurge: media.purge, mediaVerifier: media.verifier },
  };
}

/** Files of messages stand in the bucket if there is one, otherwise beside the database. */
function blobsOf({ config, objects, vault }: Platform) {
  const dir = join(config.dataDir, 'blobs');
  const shelf = objects ? createBucketShelf(objects) : createFolderShelf(dir);
  const { boundTo } = vault;
  return { blobs: createBlobStore({ dir, shelf, boundTo }), drafts: createDrafts({ dir, boundTo }) };
}

function startOf({ config }: Platform, live: LiveSettings): StartOptions {
  const { sdkPath, sdkSha256 } = config.wecom.archive;
  const { secret } = live.wecomApp('archive');
  const corp_id = live.corpId();
  if (!sdkPath || !secret || !corp_id) return undefined;
  return { library: sdkPath, sha256: sdkSha256 ?? null, api_base: config.wecom.apiBase, corp_id, secret };
}
