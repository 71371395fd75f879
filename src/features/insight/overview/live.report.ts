import type { z } from 'zod';
import { type Database, toDate, toDateOrNull, type Value } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { InboxEvent } from '../../relations/inbox/inbox.entity';
import type { inboxEventView } from '../../relations/inbox/inbox.schema';

export type LiveEvent = z.input<typeof inboxEventView>;

const shown = `id, receiver, event, change_type, userid, external_userid, chat_id, state, attempts, error, stale,
  occurred_at, received_at, handled_at`;

/** Callbacks for the live feed, without their bodies. */
export function liveReport(db: Database) {
  const read = async (rest: string, values: Value[]): Promise<LiveEvent[]> => {
    const rows = await db.query<InboxEvent>(`SELECT ${shown} FROM inbox_event ${rest}`, values);
    return rows.map(toLiveEvent);
  };
  return {
    async newestId(): Promise<number> {
      const [row] = await db.query<{ id: number | string | null }>('SELECT MAX(id) AS id FROM inbox_event');
      return Number(row?.id ?? 0);
    },

    /** Oldest first. */
    after: (id: number, limit: number) => read('WHERE id > ? ORDER BY id LIMIT ?', [id, limit]),

    /** The newest `limit` of those after `id`, oldest first. */
    newestAfter: async (id: number, limit: number): Promise<LiveEvent[]> =>
      (await read('WHERE id > ? ORDER BY id DESC LIMIT ?', [id, limit])).reverse(),
  };
}

const toLiveEvent = (row: InboxEvent): LiveEvent => ({
  id: Number(row.id),
  receiver: row.receiver as LiveEvent['receiver'],
  event: row.event,
  change_type: row.change_type,
  userid: row.userid,
  external_userid: row.external_userid,
  chat_id: row.chat_id,
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  stale: Boolean(row.stale),
  occurred_at: iso(toDate(row.occurred_at)),
  received_at: iso(toDate(row.received_at)),
  handled_at: isoOrNull(toDateOrNull(row.handled_at)),
});
