import { failpoint } from '../../../core/failpoints';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import type { JobQueue } from '../../../jobs';
import { type NewInboxEvent, serialKeyOf } from './arrival';
import type { InboxEvent, InboxState } from './inbox.entity';

export const inboxJob = 'inbox.handle';

const columns = [
  'digest',
  'receiver',
  'event',
  'change_type',
  'userid',
  'external_userid',
  'chat_id',
  'state',
  'attempts',
  'error',
  'stale',
  'occurred_at',
  'received_at',
  'body',
];

/** WeCom waits for the answer. */
const urgent = { urgent: true };

export type InboxStore = ReturnType<typeof createInboxStore>;

export function createInboxStore({ db, queue }: { db: Database; queue: JobQueue }) {
  const enqueue = (event: InboxEvent | NewInboxEvent) => ({
    kind: inboxJob,
    lane: 'urgent' in event && event.urgent ? ('urgent' as const) : ('event' as const),
    payload: { digest: event.digest },
    serialKey: serialKeyOf(event),
  });

  return {
    /**
     * Stores what is not there yet, each with its job, in one transaction. A repeated callback leaves no trace (I4):
     * its digest is unique, and the handler does nothing for an event that is done.
     */
    insert: (events: NewInboxEvent[]): Promise<void> =>
      db.transact(async () => {
        const known = await inChunks(events, (chunk) =>
          db.query<{ digest: string }>(
            `SELECT digest FROM inbox_event WHERE digest IN (${placeholders(chunk.length)})`,
            chunk.map((e) => e.digest),
          ),
        );
        const fresh = new Map(events.map((event) => [event.digest, event]));
        for (const { digest } of known) fresh.delete(digest);
        if (fresh.size === 0) return;
        const rows = [...fresh.values()];
        await insertRows(
          db,
          { table: 'inbox_event', columns, onConflict: { keys: ['digest'] } },
          rows.map((e) => [
            e.digest,
            e.receiver,
            e.event,
            e.change_type,
            e.userid,
            e.external_userid,
            e.chat_id,
            e.error ? 'ignored' : 'pending',
            0,
            e.error,
            e.stale,
            e.occurred_at,
            e.received_at,
            e.body,
          ]),
        );
        failpoint('inbox.inserted');
        await queue.add(rows.filter((e) => e.error === null).map(enqueue));
      }, urgent),

    async byDigest(digest: string): Promise<InboxEvent | undefined> {
      const [row] = await db.query<InboxEvent>('SELECT * FROM inbox_event WHERE digest = ?', [digest]);
      return row && toInboxEventRow(row);
    },

    async byId(id: number): Promise<InboxEvent | undefined> {
      const [row] = await db.query<InboxEvent>('SELECT * FROM inbox_event WHERE id = ?', [id]);
      return row && toInboxEventRow(row);
    },

    /** Settles a pending event once. Of whoever was erased no body is kept. @returns false when somebody else had settled it */
    async settle({ id, external_userid }: InboxEvent, state: InboxState, error: string | null): Promise<boolean> {
      // What is parked may be so for the other table's sake, and must not need it.
      const forgetting = external_userid === null || state === 'parked' ? '' : `, body = ${bodyUnlessErased}`;
      const changed = await db.execute(
        `UPDATE inbox_event SET state = ?, error = ?, handled_at = ?, attempts = attempts + 1${forgetting}
         WHERE id = ? AND state = 'pending'`,
        [state, error, db.now(), id],
      );
      return changed === 1;
    },

    /** Back to pending, with a new job. Must run inside `transact`. */
    async reopen(event: InboxEvent): Promise<void> {
      await db.execute("UPDATE inbox_event SET state = 'pending', error = NULL, handled_at = NULL WHERE id = ?", [
        event.id,
      ]);
      await queue.add([enqueue(event)]);
    },

    /** Ignored events of one kind that still have a body, oldest first. */
    async ignoredOf(
      { event, changeType }: { event: string; changeType: string },
      afterId: number,
    ): Promise<InboxEvent[]> {
      const rows = await db.query<InboxEvent>(
        "SELECT * FROM inbox_event WHERE state = 'ignored' AND LOWER(event) = ? AND LOWER(change_type) = ? AND body IS NOT NULL AND id > ? ORDER BY id LIMIT 200",
        [event, changeType, afterId],
      );
      return rows.map(toInboxEventRow);
    },

    ignoredKinds: (): Promise<{ event: string; change_type: string }[]> =>
      db.query(
        "SELECT DISTINCT event, change_type FROM inbox_event WHERE state = 'ignored' AND error LIKE 'waits for%'",
      ),

    /** Drops the bodies of settled events about a person; the others lose theirs when they are settled. @returns how many */
    async forget(externalUserid: string): Promise<number> {
      const sql = "SELECT id FROM inbox_event WHERE external_userid = ? AND state <> 'pending' AND body IS NOT NULL";
      const ids = (await db.query<{ id: number }>(sql, [externalUserid])).map(({ id }) => id);
      await inChunks(ids, async (chunk) => {
        await db.execute(`UPDATE inbox_event SET body = NULL WHERE id IN (${placeholders(chunk.length)})`, chunk);
        return [];
      });
      return ids.length;
    },

    /** Drops bodies of settled events; digests stay for good (S2). @returns how many */
    async dropBodies(before: Date, limit: number): Promise<number> {
      const rows = await db.query<{ id: number }>(
        "SELECT id FROM inbox_event WHERE state IN ('done', 'ignored') AND received_at < ? AND body IS NOT NULL ORDER BY id LIMIT ?",
        [before, limit],
      );
      if (rows.length === 0) return 0;
      return db.execute(
        `UPDATE inbox_event SET body = NULL WHERE id IN (${placeholders(rows.length)})`,
        rows.map((r) => r.id),
      );
    },
  };
}

const bodyUnlessErased = `CASE WHEN EXISTS (SELECT 1 FROM external_contact e
  WHERE e.external_userid = inbox_event.external_userid AND e.erased_at IS NOT NULL) THEN NULL ELSE body END`;

const toInboxEventRow = (row: InboxEvent): InboxEvent => ({
  ...row,
  id: Number(row.id),
  stale: Boolean(row.stale),
  occurred_at: toDate(row.occurred_at),
  received_at: toDate(row.received_at),
  handled_at: toDateOrNull(row.handled_at),
});
