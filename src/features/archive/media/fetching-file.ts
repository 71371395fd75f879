import type { Drafts } from '../../../core/blobs/drafts';
import { failpoint } from '../../../core/failpoints';
import type { HeldLease } from '../../../jobs';
import type { ArchiveSdk } from '../../../wecom/archive';
import { type DueFile, type FileStore, fromTheStart, type Progress } from './files.store';

interface Deps {
  sdk: Pick<ArchiveSdk, 'media'>;
  drafts: Drafts;
  store: Pick<FileStore, 'advance'>;
}

/** What WeCom answered leads nowhere: the file is begun again. */
export class BadSlice extends Error {
  constructor(readonly reason: 'no_index' | 'same_index' | 'too_large') {
    super(`a slice is of no use: ${reason}`);
    this.name = 'BadSlice';
  }
}

/** More than WeCom lets anybody send. */
const mostBytes = 4 * 1024 ** 3;

export type FetchFile = ReturnType<typeof createFetchFile>;

/**
 * Fetches one file slice by slice (wecom-archive §2.7). Each slice is durable before the row says so: a process that
 * dies in the middle is followed by one that asks for the next slice (AR6).
 * @returns its content, whole
 */
export function createFetchFile({ sdk, drafts, store }: Deps) {
  /** The draft as far as it lies on this machine: another one may have begun it. */
  const begun = async (file: DueFile): Promise<Progress> =>
    (await drafts.has(file.id, file.progress.slices)) ? file.progress : fromTheStart;

  /** Puts a slice into the draft; that there are more of them is written down once it is durable. */
  async function take(file: DueFile, at: Progress, { data, index, finished }: Slice, lease: HeldLease) {
    const next = { resume: index, slices: at.slices + 1, bytes: at.bytes + data.length };
    if (!finished) mustLeadOn(at, next);
    await drafts.put({ id: file.id, key: file.draftKey }, at.slices, data);
    failpoint('archive.slice');
    if (!finished) await lease.step(() => store.advance(file, next));
    return next;
  }

  return async (file: DueFile, lease: HeldLease, signal: AbortSignal): Promise<AsyncIterable<Buffer>> => {
    for (let at = await begun(file); ; ) {
      signal.throwIfAborted();
      const slice = await sdk.media(file.fileId, at.resume);
      // Most files are one slice: there is nothing to be resumed.
      if (slice.finished && at.slices === 0) return only(slice.data);
      at = await take(file, at, slice, lease);
      if (slice.finished) return drafts.read({ id: file.id, key: file.draftKey }, at.slices);
    }
  };
}

type Slice = Awaited<ReturnType<ArchiveSdk['media']>>;

function mustLeadOn(at: Progress, next: Progress): void {
  if (next.resume === '') throw new BadSlice('no_index');
  if (next.resume === at.resume) throw new BadSlice('same_index');
  if (next.bytes > mostBytes) throw new BadSlice('too_large');
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
