import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createBlobStore } from '../core/blobs/blob-store';
import { createDrafts } from '../core/blobs/drafts';
import { createBucketShelf, createFolderShelf } from '../core/blobs/shelves';
import { createArchiveStatements, createArchiveStatus } from '../features/archive/completeness';
import { createConsent } from '../features/archive/consent';
import {
  batchStream,
  checkMessages,
  createConversationViews,
  createMessageProofs,
  createMessageReader,
  createOpener,
} from '../features/archive/conversations';
import { checkEnvelopes, createPuller } from '../features/archive/envelopes';
import { createArchiveExports } from '../features/archive/exports';
import { createFetching, createSdkHolder, type StartOptions } from '../features/archive/fetching';
import { createHolds } from '../features/archive/holds';
import { createArchiveKeyRing } from '../features/archive/key-ring';
import { createMedia } from '../features/archive/media';
import { createRetention, createTombstones } from '../features/archive/retention';
import { createSupervisedReview } from '../features/archive/review';
import { createIndexRun, createMessageSearch, createSearchIndex } from '../features/archive/search';
import { createArchiveVerifications } from '../features/archive/verification';
import { createWordListService, createWordScan, createWordScanRuns, createWordStore } from '../features/archive/words';
import type { LiveSettings } from '../features/kernel/settings';
import { createLeases } from '../jobs';
import { archiveCommand } from '../wecom/archive';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Archive = ReturnType<typeof createArchive>;

/** The conversation archive: what was said, as WeCom gave it, opened, findable and proven. */
export function createArchive(platform: Platform, kernel: Kernel, liveSettings: LiveSettings) {
  const leases = createLeases({ db: platform.db });
  const start = () => startOf(platform, liveSettings);
  const parts = { ...platform, ...kernel, leases, start };
  const content = createContent(parts);
  return { ...content.services, ...createDesk(parts, content) };
}

type Parts = Platform & Kernel & { leases: ReturnType<typeof createLeases>; start: () => StartOptions };
type Content = ReturnType<typeof createContent>;

/** What is fetched and opened, and by what it is found. */
function createContent(parts: Parts) {
  const { config, db, vault, clock, logger, wecom, runs, audit, events, start } = parts;
  const { sdkPath, keysDir, processes, callsPerMinute, searchIndex: kind } = config.wecom.archive;
  const command = sdkPath ? archiveCommand(sdkPath) : [];
  const holder = createSdkHolder({ logger, start, command, openers: processes ?? availableParallelism() });
  const { sdk } = holder;

  const archiveKeys = createArchiveKeyRing({ ...parts, folder: keysDir });
  const reader = createMessageReader({ db, vault });
  const media = createMedia({
    ...{ ...parts, ...blobsOf(parts), sdk, ready: holder.ready },
    async texts(id, texts) {
      await searchIndex.addTexts(id, texts);
      await events.publish([{ type: 'archive.text_read', occurred_at: clock.now(), data: { message_id: id } }]);
    },
  });
  const searchIndex = createSearchIndex({
    ...{ ...parts, reader, moreTexts: media.lookup.texts },
    isKept: kind === 'keyed',
  });
  const wordStore = createWordStore({ db, vault });
  const wordScan = createWordScan({ store: wordStore });
  const consent = createConsent({ ...parts, api: wecom.archive, isConfigured: () => start() !== undefined });

  const puller = createPuller({ ...parts, sdk, callsPerMinute });
  const opener = createOpener({ ...parts, sdk, sinks: [searchIndex.sink, wordScan.sink, media.sink, consent.sink] });
  const views = createConversationViews({ ...parts, reader, media: media.lookup });

  const services = {
    archive: createFetching({ ...parts, keyRing: archiveKeys, sdk: holder, puller, opener }),
    ...{ archiveKeys, messageReader: reader, conversationViews: views, searchIndex, consent },
    messageSearch: createMessageSearch({ db, audit, reader, views, index: searchIndex }),
    indexRun: createIndexRun({ db, runs, index: searchIndex }),
    wordLists: createWordListService({ db, audit, store: wordStore }),
    wordScanRuns: createWordScanRuns({ db, runs, audit, reader, scan: wordScan }),
    wordScan,
    media: media.service({ reader, views }),
    mediaTexts: media.lookup.texts,
    ...{ mediaFetching: media.fetching, mediaVerifier: media.verifier },
  };
  return { services, media, wordStore };
}

/** What a compliance officer does with it: review, hold, purge, prove, and take away. */
function createDesk(parts: Parts, { services, media, wordStore }: Content) {
  const { config, db, vault, logger, evidence, audit, runs, start } = parts;
  const { messageReader: reader, conversationViews: views, searchIndex, consent } = services;
  const holds = createHolds(parts);
  const purges = createTombstones(db);
  const known = { ...parts, media: media.ledger, presence: consent.presence };
  const archiveStatements = createArchiveStatements(known);
  return {
    holds,
    reviews: createSupervisedReview({ ...parts, conversations: views, hits: wordStore }),
    retention: createRetention({ ...parts, holds, traces: { unindex: searchIndex.remove, release: media.purge } }),
    archiveStatus: createArchiveStatus({ ...known, configured: () => start() !== undefined }),
    archiveStatements,
    archiveVerifications: createArchiveVerifications({
      ...{ audit, evidence, runs, logger },
      checks: {
        envelopes: (options) => checkEnvelopes({ db, purges }, options),
        messages: (options) => checkMessages({ db, vault, purges }, options),
        files: media.verifier.check,
        statements: archiveStatements.faults,
      },
    }),
    archiveExports: createArchiveExports({
      ...{ ...parts, views, reader, proofs: createMessageProofs({ db, vault }), media },
      ...{ stream: batchStream.name, corp: vault.boundTo, dir: join(config.dataDir, 'exports') },
    }),
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
