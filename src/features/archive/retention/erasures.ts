import { minutes, seconds } from '../../../core/clock';
import { maskPersonal } from '../../../core/mask';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { ActiveJob, JobHandler, JobQueue, Leases } from '../../../jobs';
import type { Holds } from '../holds';
import { countWhere, idsWhere, notPurged, onlyHeld, withoutHeld } from './due.report';
import type { Purger } from './purger';
import type { ArchiveErasure } from './retention.entity';
import type { ErasureQuery, ErasureView } from './retention.schema';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  holds: Pick<Holds, 'held' | 'onRelease'>;
  purger: Purger;
}

/** Who asked to forget the person, and who agreed. */
export interface Forgetting {
  reason: string;
  askedBy: string;
  approvedBy: string | null;
}

const kind = 'archive.erase';
const chunk = 500;
const leaseName = 'archive.open';

/**
 * Single chats with the person, up to when they asked. What they said in groups is said among others, and stays; what
 * is said afterwards is said to a company that told them of its archive.
 */
const saidWith = (externalUserid: string, until: Date): Condition => {
  const { where, params } = allOf([
    [
      "m.conversation_id IN (SELECT c.id FROM archive_conversation c WHERE c.kind = 'single' AND c.external_userid = ?)",
      externalUserid,
    ],
    ['m.sent_at <= ?', until],
    notPurged,
  ]);
  return [`(${where})`, ...params];
};

export type ArchiveErasures = ReturnType<typeof createArchiveErasures>;

/** Forgetting what was said with a person (A16): all of it but what a hold keeps, and that as soon as the hold goes. */
export function createArchiveErasures({ db, queue, leases, holds, purger }: Deps) {
  const enqueue = (externalUserids: readonly string[]): Promise<void> =>
    queue.add(
      externalUserids.map((external_userid) => ({
        ...{ kind, lane: 'bulk', payload: { external_userid }, serialKey: kind },
        dedupeKey: `${kind} ${external_userid}`,
      })),
    );

  async function find(externalUserid: string): Promise<ArchiveErasure | undefined> {
    const sql = 'SELECT * FROM archive_erasure WHERE external_userid = ?';
    const [row] = await db.query<ArchiveErasure>(sql, [externalUserid]);
    return row;
  }

  const heldOf = async (said: Condition): Promise<number> =>
    (await countWhere(db, onlyHeld(said, await holds.held('m')))).messages;

  /** One piece, in a transaction. @returns how many went; 0 when none is left that no hold keeps */
  async function purgeSome(erasure: ArchiveErasure): Promise<number> {
    const { external_userid, reason, asked_by, approved_by } = erasure;
    const said = saidWith(external_userid, toDate(erasure.asked_at));
    const due = async () => idsWhere(db, withoutHeld(said, await holds.held('m')), { after: 0, limit: chunk });
    const order = {
      cause: 'erasure',
      ground: reason,
      askedBy: asked_by,
      approvedBy: approved_by,
      runId: null,
    } as const;
    const { messages } = await purger.purge(due, order);
    const held = messages === 0 ? await heldOf(said) : erasure.held;
    const done = held > 0 ? 'restricted' : 'purged';
    const sql = `UPDATE archive_erasure SET state = ?, purged = purged + ?, held = ?, updated_at = ?
      WHERE external_userid = ?`;
    await db.execute(sql, [messages === 0 ? done : 'queued', messages, held, db.now(), external_userid]);
    return messages;
  }

  async function handle(job: ActiveJob): Promise<void> {
    const erasure = await find(String(job.payload.external_userid));
    if (!erasure) return;
    const held = await leases.hold(leaseName, seconds(90), async (lease, lost) => {
      for (let gone = 1; gone > 0; ) {
        lost.throwIfAborted();
        gone = await job.step(() => lease.step(() => purgeSome(erasure)));
      }
    });
    // Messages are being opened: their turn ends soon.
    if (!held) job.defer(seconds(2));
    if (!(await db.emptyLog())) job.defer(minutes(1));
  }

  holds.onRelease(async () => {
    const rows = await db.query<{ external_userid: string }>(
      "SELECT external_userid FROM archive_erasure WHERE state = 'restricted'",
    );
    await enqueue(rows.map(({ external_userid }) => external_userid));
  });

  return {
    /**
     * Sees to it that what was said with the person is purged. Must run in the transaction that forgets the person; may
     * run again. @returns how many messages that concerns, and how many of them a hold keeps for now
     */
    async forget(externalUserid: string, by?: Forgetting): Promise<{ messages: number; on_hold: number }> {
      const asked = await find(externalUserid);
      const said = saidWith(externalUserid, asked ? toDate(asked.asked_at) : db.now());
      const { messages } = await countWhere(db, said);
      if (by && !asked) {
        const at = db.now();
        const reason = maskPersonal(by.reason).slice(0, 255);
        const row = {
          ...{ external_userid: externalUserid, state: 'queued', reason, asked_by: by.askedBy },
          ...{ approved_by: by.approvedBy, asked_at: at, updated_at: at, purged: 0, held: 0 },
        };
        await insertRows(db, { table: 'archive_erasure', columns: Object.keys(row) }, [Object.values(row)]);
      }
      await enqueue([externalUserid]);
      return { messages, on_hold: await heldOf(said) };
    },

    handler: (): JobHandler => ({ kind, concurrency: 1, resumable: true, handle }),

    /** By external contact. @throws paging.bad_cursor */
    async list({ limit, cursor, state }: ErasureQuery): Promise<Page<ErasureView>> {
      const { where, params } = allOf([
        ...(cursor === undefined ? [] : [['external_userid > ?', textIn(cursor)] as const]),
        ...(state === undefined ? [] : [['state = ?', state] as const]),
      ]);
      const sql = `SELECT * FROM archive_erasure WHERE ${where} ORDER BY external_userid LIMIT ?`;
      const rows = await db.query<ArchiveErasure>(sql, [...params, limit + 1]);
      return toPage(rows, limit, (row) => [row.external_userid], erasureView);
    },
  };
}

const erasureView = ({ asked_at, updated_at, ...row }: ArchiveErasure): ErasureView => ({
  ...{ ...row, asked_at: iso(toDate(asked_at)), updated_at: iso(toDate(updated_at)) },
});
