import type { Database } from '../../../db/database';
import type { DomainEvent, EventListener } from '../../kernel/events';
import type { DepartureStore } from './departures.store';

const heard = ['staff.departed', 'staff.returned'] as const;

/** Writes a departure down in the transaction that makes somebody a leaver, or a member again. */
export function departureListener(db: Database, store: DepartureStore): EventListener {
  async function idOf(userid: string): Promise<string | undefined> {
    const sql = 'SELECT id FROM staff WHERE userid_key = ?';
    const [row] = await db.query<{ id: string }>(sql, [userid.toLowerCase()]);
    return row?.id;
  }

  async function write(event: DomainEvent): Promise<void> {
    if (event.type !== 'staff.departed' && event.type !== 'staff.returned') return;
    const id = await idOf(event.data.userid);
    if (id === undefined) return;
    if (event.type === 'staff.returned') await store.returned([id]);
    else await store.left(id, event.occurred_at, event.data.noticed_by);
  }

  return {
    wanted: async (types) => types.filter((type) => heard.some((own) => own === type)),
    async hear(events) {
      for (const event of events) await write(event);
    },
  };
}
