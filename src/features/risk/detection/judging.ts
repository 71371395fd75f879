import { setImmediate as breath } from 'node:timers/promises';
import { seconds, sleep } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { HeldLease, JobHandler, JobQueue, Leases } from '../../../jobs';
import type { EventListener } from '../../kernel/events';
import type { FindingService } from '../findings';
import { withoutCopies } from './copies';
import type { Ground, JudgedMessage, Judgement, MessageDetector } from './detector';
import type { DetectorRunStore } from './runs.store';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  findings: Pick<FindingService, 'raise'>;
  ground: Ground;
  runs: Pick<DetectorRunStore, 'add'>;
  detectors: readonly MessageDetector[];
}

const kind = 'risk.judge';
const leaseMs = 60_000;
const giveWayMs = seconds(15);
/** So many messages wait to be opened only after a time when nothing was fetched. */
const catchingUp = 2000;
const cursorName = 'messages';
/** Judged together, and one transaction. */
const batchSize = 500;
/** Under this name what was looked at is told. */
const detectorName = 'messages';

export type Judging = ReturnType<typeof createJudging>;

/**
 * Asks every detector of messages what it thinks of those that were opened, each once, in the order they were opened.
 * It follows the archive at its own pace: nothing it does can hold up what is said from being stored. One process in
 * the whole fleet.
 */
export function createJudging({ db, queue, leases, findings, ground, runs, detectors }: Deps) {
  const wake = async (): Promise<void> => {
    await queue.add([{ kind, lane: 'event', payload: {}, dedupeKey: kind }]);
  };

  async function cursor(): Promise<number> {
    const sql = 'SELECT last_id FROM risk_cursor WHERE name = ?';
    const [row] = await db.query<{ last_id: unknown }>(sql, [cursorName]);
    return Number(row?.last_id ?? 0);
  }

  const moveCursor = (last: number): Promise<number> => {
    const onConflict = { keys: ['name'], update: ['last_id', 'moved_at'] };
    const columns = ['name', 'last_id', 'moved_at'];
    return insertRows(db, { table: 'risk_cursor', columns, onConflict }, [[cursorName, last, db.now()]]);
  };

  /** Messages of the next batches that were opened: those opened late come after those that were not. */
  async function next(after: number): Promise<{ ids: number[]; last: number }> {
    const rows = await db.query<{ id: unknown; batch_id: unknown }>(
      'SELECT id, batch_id FROM archive_message WHERE batch_id > ? ORDER BY batch_id, id LIMIT ?',
      [after, batchSize],
    );
    const batches = rows.map(({ batch_id }) => Number(batch_id));
    const last = batches.at(-1) ?? after;
    // The last batch may have been cut: unless it is the only one, it waits for the next round.
    const whole = rows.length < batchSize || batches[0] === last ? last : last - 1;
    const ids = rows.filter((_, i) => (batches[i] as number) <= whole).map(({ id }) => Number(id));
    return { ids, last: whole };
  }

  async function again(): Promise<number[]> {
    const sql = 'SELECT message_id FROM risk_rejudge ORDER BY message_id LIMIT ?';
    return (await db.query<{ message_id: unknown }>(sql, [batchSize])).map(({ message_id }) => Number(message_id));
  }

  /** One that fails holds up all, and is told: it will be tried again, and nothing is passed over. */
  async function judgementsOn(read: readonly JudgedMessage[], startedAt: Date): Promise<Judgement[]> {
    const judgements: Judgement[] = [];
    try {
      for (const detector of detectors) {
        await breath();
        const before = judgements.flatMap(({ found }) => found);
        judgements.push(await detector.judge(read, ground, before));
      }
      return judgements;
    } catch (error) {
      await runs.add({ detector: detectorName, startedAt, lookedAt: 0, found: 0, fault: messageOf(error) });
      throw error;
    }
  }

  async function judge(lease: HeldLease, ids: readonly number[], then: () => Promise<unknown>): Promise<void> {
    const startedAt = db.now();
    const read = await ground.read(ids);
    const judgements = await judgementsOn(await withoutCopies(read, ground), startedAt);
    await lease.step(async () => {
      let found = 0;
      for (const judgement of judgements) {
        for (const { by, draft } of judgement.found) found += await findings.raise(by, [draft]);
        await judgement.write?.();
      }
      await runs.add({ detector: detectorName, startedAt, lookedAt: read.length, found });
      failpoint('risk.judged');
      await then();
    });
    failpoint('risk.moved');
    await breath();
  }

  /** While the archive catches up, the cores are its own: a batch now and then keeps findings coming. */
  async function giveWay(signal: AbortSignal): Promise<void> {
    const [row] = await db.query<{ waiting: unknown }>(
      `SELECT (SELECT MAX(id) FROM archive_envelope) - (SELECT last_id FROM archive_cursor WHERE name = 'open') AS waiting`,
    );
    if (Number(row?.waiting ?? 0) > catchingUp) await sleep(giveWayMs, signal);
  }

  async function work(lease: HeldLease, signal: AbortSignal): Promise<void> {
    for (let at = await cursor(); ; ) {
      signal.throwIfAborted();
      const { ids, last } = await next(at);
      if (ids.length === 0) break;
      await judge(lease, ids, () => moveCursor(last));
      at = last;
      await giveWay(signal);
    }
    for (let ids = await again(); ids.length > 0; ids = await again()) {
      signal.throwIfAborted();
      const sql = `DELETE FROM risk_rejudge WHERE message_id IN (${placeholders(ids.length)})`;
      const judged = ids;
      await judge(lease, judged, () => db.execute(sql, judged));
    }
  }

  return {
    wake,

    /** Whatever can be read from now on is judged soon. */
    listener: {
      wanted: async (types) => types.filter((type) => type === 'archive.opened' || type === 'archive.text_read'),
      async hear(told) {
        const ids = told.flatMap((event) => (event.type === 'archive.text_read' ? [event.data.message_id] : []));
        const into = { table: 'risk_rejudge', columns: ['message_id'], onConflict: { keys: ['message_id'] } };
        await insertRows(
          db,
          into,
          ids.map((id) => [id]),
        );
        await wake();
      },
    } satisfies EventListener,

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
