import type { BlobStore } from '../../../core/blobs/blob-store';
import type { Drafts } from '../../../core/blobs/drafts';
import type { Clock } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { JobQueue, Leases } from '../../../jobs';
import type { ArchiveSdk } from '../../../wecom/archive';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { ConversationViews, MessageReader, MessageSink } from '../conversations';
import { createBlobRows } from './blobs.store';
import { createExpectedStore } from './expected.store';
import { createMediaFetching } from './fetching';
import { createFetchFile } from './fetching-file';
import { createFileStore } from './files.store';
import { createKeeper } from './keeping';
import { createKeptStore, type TextsFound } from './kept.store';
import { createMediaService } from './media.service';
import { createMediaLookup } from './media-lookup';
import { createMediaPurge } from './purging';
import { referencesIn } from './references';
import { createMediaVerifier } from './verifying';
import { createVoiceDecoder } from './voice-decoder';

export interface MediaDeps {
  db: Database;
  vault: Vault;
  clock: Clock;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  leases: Leases;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'record'>;
  evidence: Pick<Evidence, 'append'>;
  sdk: Pick<ArchiveSdk, 'media'>;
  /** Whether the archive is configured. */
  ready: () => Promise<boolean>;
  blobs: BlobStore;
  drafts: Drafts;
  /** Hears of what can be read in files. */
  texts?: TextsFound;
}

export type Media = ReturnType<typeof createMedia>;

/** Files of messages: expected as messages are opened, fetched, kept, shown, and given out. */
export function createMedia(deps: MediaDeps) {
  const { db, vault, blobs } = deps;
  const rows = createBlobRows({ db, vault });
  const files = createFileStore({ db, vault });
  const expected = createExpectedStore({ db, vault });
  const fetching = createMediaFetching({
    ...deps,
    ...{ rows, files },
    kept: createKeptStore({ ...deps, rows }),
    keeper: createKeeper({ blobs, rows }),
    fetchFile: createFetchFile({ ...deps, store: files }),
  });

  /** What messages refer to is written down with them: from then on no file is forgotten. */
  const sink: MessageSink = (messages) => {
    const references = messages.flatMap((message) => referencesIn(message, vault));
    return async () => {
      if (references.length === 0) return;
      await expected.add(references);
      await fetching.wake();
    };
  };

  return {
    sink,
    fetching,
    lookup: createMediaLookup({ db, vault }),
    purge: createMediaPurge({ db, rows, wake: fetching.wake }),
    verifier: createMediaVerifier({ db, blobs, rows }),
    service: ({ reader, views }: { reader: Pick<MessageReader, 'read'>; views: Pick<ConversationViews, 'within'> }) =>
      createMediaService({ ...deps, reader, views, rows, decodeVoice: createVoiceDecoder() }),

    /** How many files stand in each state, in all and of some messages. */
    ledger: { counts: files.counts, countsOf: files.countsOf },

    /** A stored file by its hash. @throws Error when there is none, or it was changed */
    async *open(sha256: string): AsyncGenerator<Buffer> {
      const sql = 'SELECT blob_id FROM archive_file WHERE sha256 = ? AND blob_id IS NOT NULL LIMIT 1';
      const [file] = await db.query<{ blob_id: string }>(sql, [sha256]);
      const key = file && (await rows.key(file.blob_id));
      if (!key) throw new Error(`no file ${sha256} is stored`);
      yield* blobs.read(key);
    },
  };
}
