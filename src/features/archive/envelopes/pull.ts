import { type Clock, hours, minutes, sleep } from '../../../core/clock';
import { faultText } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import { paddedSeq, plainSeq, zeroSeq } from '../../../core/seq';
import type { Database } from '../../../db/database';
import type { HeldLease, Leases } from '../../../jobs';
import { type ArchiveSdk, Refused, SdkFault, sdkCodes } from '../../../wecom/archive';
import type { Evidence } from '../../kernel/evidence';
import { createEnvelopeStore, type HashedEnvelope, leafOfEnvelope, type PullCursor } from './envelopes.store';
import { pageStream } from './page.stream';

interface Deps {
  db: Database;
  clock: Clock;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  leases: Leases;
  evidence: Pick<Evidence, 'append'>;
  sdk: Pick<ArchiveSdk, 'pull'>;
  /** Pages WeCom gives in a minute. Default 600. */
  callsPerMinute?: number;
}

const leaseName = 'archive.pull';
const leaseMs = 30_000;
/** Most that WeCom gives at once. */
const pageSize = 1000;
/** How long WeCom keeps what nobody fetched (wecom-archive §1.2). */
const keptFor = hours(120);

/** Lets one through at a time, so many milliseconds apart. */
function createPace(ms: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const wait = next - performance.now();
    next = Math.max(next, performance.now()) + ms;
    if (wait > 0) await sleep(wait);
  };
}

interface Answer {
  envelopes: HashedEnvelope[];
  /** WeCom said that what came after our cursor is gone, and this is the oldest it holds. */
  expired: boolean;
}

/** A question to WeCom. */
interface Asked {
  askedAt: Date;
  fromSeq: string;
  asked: number;
}

export type Puller = ReturnType<typeof createPuller>;

/**
 * Fetches envelopes page by page (AR1): the page, the line of the poll ledger and the cursor are one transaction, so a
 * crash anywhere repeats a page or has it. One puller in the whole fleet.
 */
export function createPuller({ db, clock, logger, leases, evidence, sdk, callsPerMinute = 600 }: Deps) {
  const pace = createPace(minutes(1) / callsPerMinute);
  const store = createEnvelopeStore(db);

  /** @throws SdkFault, SdkGone, Refused */
  async function page(seq: string): Promise<HashedEnvelope[]> {
    await pace();
    const { errcode, envelopes } = await sdk.pull(plainSeq(seq), pageSize);
    if (errcode !== 0) throw new Refused(errcode);
    const padded = envelopes.map((envelope) => ({ ...envelope, seq: paddedSeq(envelope.seq) }));
    return padded
      .map((envelope) => ({ ...envelope, leaf: leafOfEnvelope(envelope) }))
      .sort((a, b) => (a.seq < b.seq ? -1 : 1));
  }

  async function ask(cursor: PullCursor): Promise<Answer> {
    try {
      return { envelopes: await page(cursor.seq), expired: false };
    } catch (error) {
      if (!(error instanceof SdkFault) || error.code !== sdkCodes.expired) throw error;
      // From the beginning WeCom gives the oldest it still holds.
      return { envelopes: await page(zeroSeq), expired: true };
    }
  }

  /** Those not stored yet; what contradicts a stored one is kept beside it. */
  async function sift(envelopes: readonly HashedEnvelope[], at: Date): Promise<HashedEnvelope[]> {
    const stored = await store.leavesOf(envelopes.map(({ seq }) => seq));
    const others = envelopes.filter(({ seq, leaf }) => stored.has(seq) && stored.get(seq) !== leaf);
    if (others.length > 0 && (await store.addConflicts(others, at)) > 0) {
      logger.error('WeCom sent other records under numbers that are stored', { count: others.length });
    }
    const seen = new Set(stored.keys());
    return envelopes.filter(({ seq }) => !seen.has(seq) && seen.add(seq));
  }

  /** What lies between the cursor and the first record, when WeCom cannot have kept it. */
  async function noteGap(cursor: PullCursor, first: HashedEnvelope, { expired, at }: { expired: boolean; at: Date }) {
    if (first.seq <= cursor.seq) return;
    const silence = cursor.answeredAt && at.getTime() - cursor.answeredAt.getTime() >= keptFor;
    const jumps = BigInt(first.seq) > BigInt(cursor.seq) + 1n;
    if (!expired && !(silence && jumps)) return;
    const gap = { afterSeq: cursor.seq, beforeSeq: first.seq, cause: expired ? 'expired' : 'outage' } as const;
    logger.error('messages are missing that WeCom no longer holds', gap);
    await store.addGap(gap, at);
  }

  async function save(cursor: PullCursor, { envelopes, expired }: Answer, asked: Asked): Promise<PullCursor> {
    const at = clock.now();
    const fresh = await sift(envelopes, at);
    const [first, last] = [envelopes[0], envelopes.at(-1)];
    if (first) await noteGap(cursor, first, { expired, at });
    if (fresh.length > 0) {
      const pageId = await store.addPage(fresh, { lastId: cursor.lastId, at });
      await evidence.append(pageStream.name, [pageId]);
    }
    failpoint('archive.page');
    const seq = last && last.seq > cursor.seq ? last.seq : cursor.seq;
    const next = { seq, lastId: cursor.lastId + fresh.length, answeredAt: at };
    await store.addPull({
      ...asked,
      returned: envelopes.length,
      toSeq: last?.seq ?? null,
      code: 0,
      fault: null,
      ms: since(asked),
    });
    await store.moveCursor(next);
    return next;
  }

  const since = ({ askedAt }: Asked): number => Math.max(0, clock.now().getTime() - askedAt.getTime());

  /** A question that failed is evidence too: it tells a silence from an outage. */
  async function noteFailure(asked: Asked, error: unknown): Promise<void> {
    const code = error instanceof SdkFault || error instanceof Refused ? error.code : null;
    logger.warn('the archive could not be asked', { code, error });
    const fault = faultText(error).slice(0, 255);
    await db.transact(() => store.addPull({ ...asked, returned: 0, toSeq: null, code, fault, ms: since(asked) }));
  }

  /** @returns how many records WeCom gave, and whether they lead on */
  async function pullPage(lease: HeldLease): Promise<{ records: number; moved: boolean }> {
    const cursor = await store.cursor();
    const asked = { askedAt: clock.now(), fromSeq: cursor.seq, asked: pageSize };
    const answer = await ask(cursor).catch(async (error: unknown) => {
      await noteFailure(asked, error);
      throw error;
    });
    const { seq } = await lease.step(() => save(cursor, answer, asked));
    failpoint('archive.pulled');
    return { records: answer.envelopes.length, moved: seq !== cursor.seq };
  }

  return {
    store,

    /**
     * Fetches until WeCom has no more.
     * @returns how many records came; null while another process fetches
     * @throws SdkFault, SdkGone, or what WeCom refused with; what came before is stored
     */
    async pullAll(stopping?: AbortSignal): Promise<number | null> {
      let fetched = 0;
      const held = await leases.hold(leaseName, leaseMs, async (lease, signal) => {
        for (let more = true; more; ) {
          signal.throwIfAborted();
          if (stopping?.aborted) return;
          const { records, moved } = await pullPage(lease);
          fetched += records;
          // A short page is no end: only an empty one is, or one that would be asked for again.
          more = moved;
        }
      });
      return held ? fetched : null;
    },
  };
}
