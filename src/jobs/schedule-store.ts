import { insertRows } from '../db/bulk';
import { type Database, toDate } from '../db/database';
import { cutError, isUniqueViolation } from './sql';

export interface ScheduleRow {
  name: string;
  last_slot: unknown;
  last_started_at: unknown;
  last_finished_at: unknown;
  last_error: string | null;
}

export interface SlotClaim {
  name: string;
  slot: Date;
  owner: string;
  leaseMs: number;
}

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

/** Watermarks of scheduled tasks. Slots are nominal times, equal in every process; leases go by the database's clock. */
export function createScheduleStore(db: Database) {
  const until = (ms: number) => new Date(db.now().getTime() + ms);
  return {
    all: () =>
      db.query<ScheduleRow>('SELECT name, last_slot, last_started_at, last_finished_at, last_error FROM schedule'),

    async watermark(name: string): Promise<Date | null> {
      const [row] = await db.query<ScheduleRow>('SELECT last_slot FROM schedule WHERE name = ?', [name]);
      return row ? toDate(row.last_slot) : null;
    },

    /** A task seen for the first time owes nothing for the time before. */
    async introduce(name: string): Promise<void> {
      try {
        await insertRows(db, { table: 'schedule', columns: ['name', 'last_slot'] }, [[name, db.now()]]);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    },

    /**
     * Takes a slot for the whole fleet, unless it is done, another is under way, or a later one was. The slot of a
     * dead process may be taken once more; then it counts as done, so that a fatal task does not run for ever.
     * MySQL assigns from left to right: `last_slot` must come before `running_slot`.
     */
    async claim({ name, slot, owner, leaseMs }: SlotClaim): Promise<boolean> {
      const now = db.now();
      const claimed = await db.execute(
        `UPDATE schedule SET last_slot = CASE WHEN running_slot = ? THEN ? ELSE last_slot END,
           running_slot = ?, lease_owner = ?, lease_until = ?, last_started_at = ?
         WHERE name = ? AND last_slot < ? AND (lease_until IS NULL OR lease_until < ?)`,
        [slot, slot, slot, owner, until(leaseMs), now, name, slot, now],
      );
      return claimed === 1;
    },

    extend: ({ name, owner, leaseMs }: SlotClaim) =>
      db.execute('UPDATE schedule SET lease_until = ? WHERE name = ? AND lease_owner = ?', [
        until(leaseMs),
        name,
        owner,
      ]),

    finish: ({ name, slot, owner }: SlotClaim, error: string | null) =>
      db.execute(
        `UPDATE schedule SET last_slot = ?, running_slot = NULL, lease_owner = NULL, lease_until = NULL,
           last_finished_at = ?, last_error = ? WHERE name = ? AND lease_owner = ? AND running_slot = ?`,
        [slot, db.now(), error === null ? null : cutError(error), name, owner, slot],
      ),
  };
}
