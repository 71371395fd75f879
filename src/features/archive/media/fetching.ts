import type { BlobStore } from '../../../core/blobs/blob-store';
import type { Drafts } from '../../../core/blobs/drafts';
import { type Clock, seconds } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import { sideBySide } from '../../../core/side-by-side';
import type { ActiveJob, HeldLease, JobHandler, JobQueue, Leases } from '../../../jobs';
import type { BlobRows } from './blobs.store';
import { pauseAfter, startsOver, type Verdict, verdictOn } from './faults';
import type { FetchFile } from './fetching-file';
import type { DueFile, FileStore } from './files.store';
import { createGathering } from './gathering';
import type { Keeper, Kept } from './keeping';
import type { KeptStore } from './kept.store';

interface Deps {
  queue: Pick<JobQueue, 'add'>;
  clock: Clock;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  leases: Leases;
  /** Whether the archive is configured. */
  ready: () => Promise<boolean>;
  blobs: Pick<BlobStore, 'remove' | 'clean' | 'hasRoom'>;
  drafts: Pick<Drafts, 'drop' | 'ids'>;
  rows: Pick<BlobRows, 'dropped' | 'forget'>;
  files: FileStore;
  kept: KeptStore;
  keeper: Keeper;
  fetchFile: FetchFile;
}

const kind = 'archive.media';
const leaseName = kind;
const leaseMs = 90_000;
/** How long files wait for company: a round of its own for every batch of messages would cost more than the files. */
const gatherMs = seconds(2);
/** Files looked at together, and worked on at once: while one is hashed and looked at, the next one comes. */
const roundSize = 64;
const width = 4;

/** Ends the round: nothing can be fetched or stored at the moment. */
class Halt extends Error {}

export type MediaFetching = ReturnType<typeof createMediaFetching>;

/**
 * Fetches the files of messages, those first that WeCom drops first. Each ends stored, expired or failed with its
 * reason (AR6). One process in the whole fleet.
 */
export function createMediaFetching(deps: Deps) {
  const { queue, clock, logger, leases, ready, blobs, drafts, rows, files, kept, keeper, fetchFile } = deps;

  /** A little later: whatever comes meanwhile is fetched in the same round. */
  const wake = async (): Promise<void> => {
    const runAt = new Date(clock.now().getTime() + gatherMs);
    await queue.add([{ kind, lane: 'bulk', payload: {}, dedupeKey: kind, runAt }]);
  };

  async function save(lease: HeldLease, batch: readonly Kept[]): Promise<void> {
    const lost = await lease.step(async () => {
      const saved = await kept.save(batch);
      failpoint('archive.files');
      return saved;
    });
    failpoint('archive.files-saved');
    for (const { id } of batch) await drafts.drop(id);
    if (lost > 0) throw new Halt('content was dropped while it was stored');
  }

  async function settle(file: DueFile, verdict: Exclude<Verdict, { means: 'stop' }>): Promise<void> {
    if (verdict.means === 'later') {
      const attempts = file.attempts + 1;
      const nextAt = new Date(clock.now().getTime() + pauseAfter(attempts));
      const startOver = verdict.startOver || startsOver(attempts);
      return files.postpone(file.id, { attempts, nextAt, fault: verdict.fault, startOver });
    }
    logger.warn('a file of the archive cannot be had', { file: file.id, ...verdict });
    await files.end(file.id, verdict.means, verdict.fault);
    await drafts.drop(file.id);
  }

  /** What became of it. Whatever is nobody's fault but ours is thrown on. */
  async function failed(file: DueFile, error: unknown): Promise<void> {
    const verdict = verdictOn(error);
    if (!verdict) throw error;
    if (verdict.means !== 'stop') return settle(file, verdict);
    logger.warn('files of the archive cannot be fetched now', { error });
    throw new Halt();
  }

  /** What processes that died have left on this machine. */
  async function tidy(): Promise<void> {
    await blobs.clean();
    const useful = await files.withDrafts();
    for (const id of await drafts.ids()) if (!useful.has(id)) await drafts.drop(id);
  }

  /** The bytes of what came to nothing and of what was purged. Only while no file is being worked on. */
  async function sweep(): Promise<void> {
    try {
      await removeDropped();
    } catch (error) {
      // Nobody can read them any more: they may wait for the storage, or for the permission to delete there.
      if (verdictOn(error)?.means !== 'stop') throw error;
      logger.warn('bytes of dropped files could not be removed', { error });
    }
  }

  async function removeDropped(): Promise<void> {
    for (let ids = await rows.dropped(roundSize); ids.length > 0; ids = await rows.dropped(roundSize)) {
      for (const id of ids) {
        await blobs.remove(id);
        await rows.forget(id);
      }
    }
  }

  /** The files to be tried next; none when there is no room for more (F8). */
  async function nextRound(): Promise<DueFile[]> {
    const gone = await files.expire();
    if (gone > 0) logger.error('files were not fetched before WeCom dropped them', { count: gone });
    if (await blobs.hasRoom()) return files.due(roundSize);
    logger.warn('files of the archive wait: less than a tenth of the disk is free');
    return [];
  }

  async function work(lease: HeldLease, signal: AbortSignal): Promise<void> {
    const gather = createGathering((batch: Kept[]) => save(lease, batch));
    const one = async (file: DueFile): Promise<void> => {
      try {
        await gather(await keeper.keep(file, await fetchFile(file, lease, signal)));
      } catch (error) {
        if (signal.aborted || error instanceof Halt) throw error;
        await failed(file, error);
      }
    };
    await tidy();
    await sweep();
    for (let due = await nextRound(); due.length > 0; due = await nextRound()) await sideBySide(due, width, one);
    await sweep();
  }

  async function handle(job: ActiveJob): Promise<void> {
    if (!(await ready())) return;
    try {
      await leases.hold(leaseName, leaseMs, (lease, signal) => work(lease, AbortSignal.any([signal, job.signal])));
    } catch (error) {
      // It was told; the next minute tries again.
      if (!(error instanceof Halt)) throw error;
    }
  }

  return { wake, handler: (): JobHandler => ({ kind, resumable: true, concurrency: 1, handle }) };
}
