import { days } from '../../../core/clock';
import { type Database, toDate } from '../../../db/database';
import type { JobHandler } from '../../../jobs';
import type { DomainEvents } from '../../kernel/events';
import type { StaffService } from '../../kernel/staff';
import type { DepartureStore } from './departures.store';
import { overdueCounts } from './overdue.report';
import type { Subjects } from './subjects';

export const departuresJob = 'departures.sweep';

/** By then nothing may be theirs any more (WCM-07). */
const overdueMs = days(3);

interface Deps {
  db: Database;
  staff: Pick<StaffService, 'depart' | 'onOutOfSight' | 'resolve'>;
  events: Pick<DomainEvents, 'publish'>;
  store: DepartureStore;
  subjects: Pick<Subjects, 'of'>;
}

/**
 * Opens the departures that no event opened: of those who left before there were any, who are seen only as owners that
 * a group chat has lost, or of whom WeCom says that they left. And tells of whoever holds something after three days.
 */
export function departureSweep({ db, staff, events, store, subjects }: Deps): JobHandler {
  async function whoReturned(): Promise<void> {
    const rows = await db.query<{ id: string }>(
      `SELECT s.id FROM departure d JOIN staff s ON s.id = d.staff_id
       WHERE d.state = 'left' AND s.departed_at IS NULL AND s.status IN ('active', 'inactive', 'disabled')`,
    );
    await db.transact(() => store.returned(rows.map(({ id }) => id)));
  }

  /** The directory shows them, as somebody who left. */
  async function whoLeftByStatus(): Promise<void> {
    const rows = await db.query<{ userid: string }>(
      "SELECT userid FROM staff WHERE status = 'left' AND departed_at IS NULL",
    );
    await db.transact(() =>
      staff.depart(
        rows.map(({ userid }) => userid),
        db.now(),
        'status',
      ),
    );
  }

  const lostOwners = (): Promise<{ owner: string }[]> =>
    db.query(
      `SELECT DISTINCT g.owner FROM group_chat g LEFT JOIN staff s ON s.userid = g.owner
       LEFT JOIN departure d ON d.open_key = s.id AND d.state = 'left'
       WHERE g.status = 1 AND g.state = 'active' AND g.owner <> '' AND s.departed_at IS NULL AND d.id IS NULL`,
    );

  /** WeCom is asked first: somebody may be back under the userid. Where we may not ask, the group is believed. */
  async function whoLostAGroup(owner: string): Promise<void> {
    const write = await staff.onOutOfSight(owner, db.now(), 'group_owner');
    await db.transact(async () => {
      await write();
      const id = (await staff.resolve([owner])).get(owner) ?? '';
      const [row] = await db.query<{ id: string }>(
        "SELECT id FROM staff WHERE id = ? AND status = 'unknown' AND departed_at IS NULL",
        [id],
      );
      if (row) await store.left(id, null, 'group_owner');
    });
  }

  async function whoWasNotNoticed(): Promise<void> {
    const rows = await db.query<{ id: string; departed_at: unknown }>(
      `SELECT s.id, s.departed_at FROM staff s LEFT JOIN departure d ON d.open_key = s.id AND d.state = 'left'
       WHERE s.departed_at IS NOT NULL AND d.id IS NULL`,
    );
    await db.transact(async () => {
      for (const { id, departed_at } of rows) await store.left(id, toDate(departed_at), 'list');
    });
  }

  /** Nobody is told twice on one day, however often this runs. */
  async function tellOverdue(): Promise<void> {
    const before = new Date(db.now().getTime() - overdueMs);
    for (const late of await overdueCounts(db, before)) {
      const theirs = (await subjects.of({ id: late.staff_id, userid: late.userid })).filter((one) => one.movable);
      if (late.contacts + late.groups + theirs.length === 0) continue;
      const { departure_id, userid, contacts, groups } = late;
      const data = { departure_id, userid, contacts, groups, subjects: theirs.length };
      await db.transact(() => events.publish([{ type: 'departure.overdue', occurred_at: db.now(), data }]));
    }
  }

  return {
    kind: departuresJob,
    concurrency: 1,
    resumable: true,
    async handle({ signal }) {
      await whoReturned();
      await whoLeftByStatus();
      for (const { owner } of await lostOwners()) {
        if (signal.aborted) return;
        await whoLostAGroup(owner);
      }
      await whoWasNotNoticed();
      await tellOverdue();
    },
  };
}
