import { days, hours, minutes, seconds } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { HeldLease, JobHandler, JobQueue, Leases } from '../../../jobs';
import { type SecurityApi, type SecurityRow, WecomError } from '../../../wecom';
import { classOf } from '../../../wecom/error-codes';
import { WecomNotConfigured } from '../../../wecom/errors';
import type { NewRecord, RecordStore, SourceFault, StoredRecord } from './records.store';
import type { SecuritySource, SecuritySourceRow } from './security-record.entity';

interface Deps {
  db: Database;
  logger: Pick<Logger, 'warn'>;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  api: Pick<SecurityApi, 'rows'>;
  store: RecordStore;
  /** What is concluded from lines, in the transaction that stores them. */
  conclude: {
    ofLines(fresh: readonly StoredRecord[]): Promise<void>;
    /** Nothing more comes of what is before the second instant; of what is before the first that was so already. */
    ofStretch(source: SecuritySource, from: Date, to: Date): Promise<void>;
    /** When all that can be read was read. */
    afterwards(lease: HeldLease, signal: AbortSignal): Promise<void>;
  };
}

interface Stretch {
  from: Date;
  to: Date;
}

const kind = 'risk.logs';
const leaseMs = 120_000;

/** Lines come late: what was read is read again so far back. */
const overlapMs = minutes(10);
/** WeCom takes no end that is not past by its own clock. */
const pastMs = seconds(2);
const firstReadMs = days(30);
/** WeCom takes no start before 180 days ago; while we ask, time goes by. */
const keptMs = days(180) - minutes(5);
/** The longest stretch of a call. */
const spanMs: Readonly<Record<SecuritySource, number>> = {
  ...{ member_log: days(7), admin_log: days(7), file_record: days(14), screen_record: days(14) },
};
/** Who is refused asks again the next day: the schedule may be a little early. */
const refusedMs = hours(23);

export type Polling = ReturnType<typeof createPolling>;

/** Reads every log from where it was read last. One process in the whole fleet; a log that is refused stops no other. */
export function createPolling({ db, logger, queue, leases, api, store, conclude }: Deps) {
  /** Pages as they come; the last one with how far it goes, so that either both stand or the stretch is read again. */
  async function read(lease: HeldLease, source: SecuritySource, stretch: Stretch, signal: AbortSignal): Promise<void> {
    const number = ordinals();
    const write = async (rows: readonly NewRecord[]) => conclude.ofLines(await store.add(source, rows));
    let held: NewRecord[] = [];
    for await (const page of api.rows(source, stretch, { lane: 'bulk', signal })) {
      const earlier = held;
      if (earlier.length > 0) await lease.step(() => write(earlier));
      held = page.map(number);
    }
    await lease.step(async () => {
      await write(held);
      failpoint('logs.written');
      await conclude.ofStretch(source, stretch.from, new Date(stretch.to.getTime() - overlapMs));
      const answered = { state: 'ok', errcode: null, fault: null, asked_at: db.now(), answered_at: db.now() } as const;
      await store.move(source, { ...answered, watermark: stretch.to });
    });
    failpoint('logs.moved');
  }

  /** Where to begin. What WeCom no longer holds is written down as a gap. */
  async function begin(lease: HeldLease, { source, watermark }: SecuritySourceRow): Promise<Date> {
    const now = db.now().getTime();
    const oldest = new Date(now - keptMs);
    if (watermark === null) {
      const since = new Date(now - firstReadMs);
      await lease.step(() => store.move(source, { since }));
      return since;
    }
    const from = new Date(watermark.getTime() - overlapMs);
    if (from >= oldest) return from;
    await lease.step(() => store.move(source, { gap_from: watermark, gap_to: oldest }));
    return oldest;
  }

  async function poll(lease: HeldLease, row: SecuritySourceRow, signal: AbortSignal): Promise<void> {
    const { source } = row;
    const end = db.now().getTime() - pastMs;
    let from = await begin(lease, row);
    for (let to = from; to.getTime() < end; from = new Date(to.getTime() - overlapMs)) {
      signal.throwIfAborted();
      to = new Date(Math.min(from.getTime() + spanMs[source], end));
      await read(lease, source, { from, to }, signal);
    }
  }

  async function work(lease: HeldLease, signal: AbortSignal): Promise<void> {
    for (const row of (await store.sources()).filter((one) => isDue(one, db.now()))) {
      try {
        await poll(lease, row, signal);
      } catch (error) {
        signal.throwIfAborted();
        const fault = faultOf(error);
        logger.warn('a log of WeCom cannot be read', { source: row.source, ...fault });
        await lease.step(() => store.refused(row.source, fault));
      }
    }
    await conclude.afterwards(lease, signal);
  }

  return {
    async wake(): Promise<void> {
      await queue.add([{ kind, lane: 'bulk', payload: {}, dedupeKey: kind }]);
    },

    handler: (): JobHandler => ({
      kind,
      resumable: true,
      concurrency: 1,
      handle: async ({ signal: stopping }) => {
        await leases.hold(kind, leaseMs, (lease, signal) => work(lease, AbortSignal.any([signal, stopping])));
      },
    }),
  };
}

/** Numbers equal lines: two exports in one second are two. */
function ordinals(): (row: SecurityRow) => NewRecord {
  const counts = new Map<string, number>();
  return (row) => {
    const text = JSON.stringify(row.raw);
    const ordinal = counts.get(text) ?? 0;
    counts.set(text, ordinal + 1);
    return { ...row, ordinal };
  };
}

const isDue = ({ state, errcode, asked_at }: SecuritySourceRow, now: Date): boolean =>
  state !== 'unavailable' || errcode === null || asked_at === null || now.getTime() - asked_at.getTime() >= refusedMs;

/** What was not bought is refused with codes that the reference does not name: whatever is no passing fault counts as it. */
function faultOf(error: unknown): SourceFault {
  const fault = messageOf(error);
  if (error instanceof WecomNotConfigured) return { state: 'unavailable', errcode: null, fault };
  if (!(error instanceof WecomError)) return { state: 'failing', errcode: null, fault };
  const { errcode, retryable } = error;
  const isPassing = retryable && classOf(errcode) !== undefined;
  return { state: isPassing ? 'failing' : 'unavailable', errcode, fault };
}
