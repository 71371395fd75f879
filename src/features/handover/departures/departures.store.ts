import { newId } from '../../../core/ids';
import { inChunks, insertRows } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { DepartureNoticed } from '../../kernel/events';
import type { Departure } from './departure.entity';

/** A departure with whom it is of. */
export interface Leaver extends Departure {
  userid: string;
  name: string | null;
  position: string | null;
  avatar: string | null;
}

const columns = [
  ...(['id', 'staff_id', 'open_key', 'state', 'last_day', 'departed_at', 'noticed_by', 'note'] as const),
  ...(['created_by', 'version', 'created_at', 'updated_at'] as const),
] as const satisfies (keyof Departure)[];

export type DepartureStore = ReturnType<typeof createDepartureStore>;

/** The table of departures. Everything that writes is called inside a transaction. */
export function createDepartureStore(db: Database) {
  const insert = (row: Departure): Promise<number> =>
    insertRows(db, { table: 'departure', columns: [...columns], onConflict: { keys: ['open_key'] } }, [
      columns.map((column) => row[column]),
    ]);

  const blank = (staffId: string): Departure => ({
    ...{ id: newId(), staff_id: staffId, open_key: staffId, state: 'planned', last_day: null, departed_at: null },
    ...{ noticed_by: 'admin', note: null, created_by: 'system', version: 1 },
    ...{ created_at: db.now(), updated_at: db.now() },
  });

  return {
    /** Newest first. @param conditions on `d`, the departure, and `s`, its member */
    async leavers(conditions: readonly Condition[], limit: number): Promise<Leaver[]> {
      const { where, params } = allOf(conditions);
      const rows = await db.query<Leaver>(
        `SELECT d.*, s.userid, s.name, s.position, s.avatar FROM departure d JOIN staff s ON s.id = d.staff_id
         WHERE ${where} ORDER BY d.id DESC LIMIT ?`,
        [...params, limit],
      );
      return rows.map(toLeaver);
    },

    /** @returns false when one is open already */
    async plan(row: Pick<Departure, 'staff_id' | 'last_day' | 'note' | 'created_by'>): Promise<string | undefined> {
      const planned = { ...blank(row.staff_id), ...row };
      await insert(planned);
      const [kept] = await db.query<{ id: string }>('SELECT id FROM departure WHERE open_key = ?', [row.staff_id]);
      return kept?.id === planned.id ? planned.id : undefined;
    },

    /** Somebody is gone: what was planned came true, otherwise it is news. Told again, nothing changes. */
    async left(staffId: string, departedAt: Date | null, noticedBy: DepartureNoticed): Promise<void> {
      await db.execute(
        `UPDATE departure SET state = 'left', departed_at = ?, noticed_by = ?, version = version + 1, updated_at = ?
         WHERE open_key = ? AND state = 'planned'`,
        [departedAt, noticedBy, db.now(), staffId],
      );
      await insert({ ...blank(staffId), state: 'left', departed_at: departedAt, noticed_by: noticedBy });
    },

    /** They serve again. Whoever leaves once more is somebody who leaves anew. */
    returned: (staffIds: readonly string[]) =>
      inChunks([...staffIds], async (chunk) => {
        const [among, ...ids] = isIn('open_key', chunk);
        await db.execute(
          `UPDATE departure SET state = 'returned', open_key = NULL, version = version + 1, updated_at = ?
           WHERE state = 'left' AND ${among}`,
          [db.now(), ...ids],
        );
        return [];
      }),

    /** @returns false when the version is another by now */
    async change(id: string, version: number, { last_day, note }: Pick<Departure, 'last_day' | 'note'>) {
      const sql = `UPDATE departure SET last_day = ?, note = ?, version = version + 1, updated_at = ?
        WHERE id = ? AND version = ?`;
      return (await db.execute(sql, [last_day, note, db.now(), id, version])) === 1;
    },

    /** @returns false when it is not planned any more */
    async callOff(id: string): Promise<boolean> {
      const sql = `UPDATE departure SET state = 'called_off', open_key = NULL, version = version + 1, updated_at = ?
        WHERE id = ? AND state = 'planned'`;
      return (await db.execute(sql, [db.now(), id])) === 1;
    },
  };
}

const toLeaver = (row: Leaver): Leaver => ({
  ...row,
  version: Number(row.version),
  departed_at: toDateOrNull(row.departed_at),
  created_at: toDate(row.created_at),
  updated_at: toDate(row.updated_at),
});
