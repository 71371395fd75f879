import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createBlobStore } from '../core/blobs/blob-store';
import { createDrafts } from '../core/blobs/drafts';
import { createBucketShelf, createFolderShelf } from '../core/blobs/shelves';
import { createConsent } from '../features/archive/consent';
import { createConversationViews, createMessageReader, createOpener } from '../features/archive/conversations';
import { createPuller } from '../features/archive/envelopes';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createHolds } from '../features/archive/holds';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createMedia } from '../features/archive/media';
import { createRetention } from '../features/archive/retention';
import { createSupervisedReview } from '../features/archive/review';
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
  const { config, db, vault, logger, wecom } = platform;
  const { queue, runs, evidence, audit, approvals, scopes } = kernel;
  const { sdkPath, keysDir, processes, callsPerMinute, searchIndex: kind } = config.wecom.archive;
  const sdk = createSdkHolder({
    logger,
    start: () => startOf(platform, liveSettings),
    command: sdkPath ? archiveCommand(sdkPath) : [],
    openers: processes ?? availableParallelism(),
  });
  const leases = createLeases({ db });
  const parts = { ...platform, queue, runs, audit, approvals, scopes, evidence, leases, sdk: sdk.sdk };

  const archiveKeys = createArchiveKeyRing({ ...parts, folder: keysDir });
  const messageReader = createMessageReader({ db, vault });
  const media = createMedia({
    ...{ ...parts, ...blobsOf(platform), ready: sdk.ready },
    texts: (id, texts) => searchIndex.addTexts(id, texts),
  });
  const searchIndex = createSearchIndex({
    ...{ ...parts, reader: messageReader, moreTexts: media.lookup.texts },
    isKept: kind === 'keyed',
  });
  const wordStore = createWordStore({ db, vault });
  const wordScan = createWordScan({ store: wordStore });
  const isConfigured = () => startOf(platform, liveSettings) !== undefined;
  const consent = createConsent({ ...parts, api: wecom.archive, isConfigured });

  const puller = createPuller({ ...parts, callsPerMinute });
  const opener = createOpener({ ...parts, sinks: [searchIndex.sink, wordScan.sink, media.sink, consent.sink] });
  const conversationViews = createConversationViews({ ...parts, reader: messageReader, media: media.lookup });
  const messageSearch = createMessageSearch({
    ...{ db, audit, reader: messageReader, views: conversationViews, index: searchIndex },
  });
  const holds = createHolds(parts);

  return {
    archive: createFetching({ ...parts, keyRing: archiveKeys, sdk, puller, opener }),
    ...{ archiveKeys, messageReader, conversationViews, searchIndex, messageSearch, consent, holds },
    indexRun: createIndexRun({ db, runs, index: searchIndex }),
    wordLists: createWordListService({ db, audit, store: wordStore }),
    wordScanRuns: createWordScanRuns({ db, runs, audit, reader: messageReader, scan: wordScan }),
    wordScan,
    media: media.service({ reader: messageReader, views: conversationViews }),
    ...{ mediaFetching: media.fetching, mediaVerifier: media.verifier },
    reviews: createSupervisedReview({ ...parts, conversations: conversationViews, hits: wordStore }),
    retention: createRetention({ ...parts, holds, traces: { unindex: searchIndex.remove, release: media.purge } }),
  };
}

/** Files of messages stand in the bucket if there is one, otherwise beside the database. */
function blobsOf({ config, objects, vault }: Platform) {
  const dir = join(config.dataDir, 'blobs');
  const shelf = objects ? createBucketShelf(objects) : createFolderShelf(dir);
  const { boundTo } = vault;
  return { blobs: createBlobStore({ dir, shelf, boundTo }), drafts: createDrafts({ dir, boundTo }) };
}

/** What the library is started with; undefined while a part of it is not set. */
function startOf({ config }: Platform, live: LiveSettings): StartOptions {
  const { sdkPath, sdkSha256 } = config.wecom.archive;
  const { secret } = live.wecomApp('archive');
  const corp_id = live.corpId();
  if (!sdkPath || !secret || !corp_id) return undefined;
  return { library: sdkPath, sha256: sdkSha256 ?? null, api_base: config.wecom.apiBase, corp_id, secret };
}
