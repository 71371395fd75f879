import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { Handover, type HandoverState } from './handovers.entity';

export type HandoverStore = ReturnType<typeof createHandoverStore>;

/** Handovers themselves. Everything that writes is called inside a transaction. */
export function createHandoverStore(db: Database) {
  return {
    async find(id: string): Promise<Handover | undefined> {
      const [row] = await db.query<Handover>('SELECT * FROM handover WHERE id = ?', [id]);
      return row && toHandover(row);
    },

    /** Newest first. @param conditions on `h` */
    async where(conditions: readonly Condition[], limit: number): Promise<Handover[]> {
      const { where, params } = allOf(conditions);
      const sql = `SELECT h.* FROM handover h WHERE ${where} ORDER BY h.id DESC LIMIT ?`;
      return (await db.query<Handover>(sql, [...params, limit])).map(toHandover);
    },

    async add(handover: Handover, giverIds: readonly string[]): Promise<void> {
      await db.em.getRepository(Handover).insert(handover);
      await insertRows(
        db,
        { table: 'handover_giver', columns: ['handover_id', 'staff_id'] },
        giverIds.map((staffId) => [handover.id, staffId]),
      );
    },

    /** @returns false when it has another version by now, or is in none of the states */
    async change(
      { id, version }: Pick<Handover, 'id' | 'version'>,
      from: readonly HandoverState[],
      after: Partial<Omit<Handover, 'id' | 'version'>>,
    ): Promise<boolean> {
      const { where, params } = allOf([
        ['id = ? AND version = ?', id, version],
        [`state IN (${from.map(() => '?').join(', ')})`, ...from],
      ]);
      const changed = { ...after, version: version + 1, updated_at: db.now() };
      const names = Object.keys(changed) as (keyof typeof changed)[];
      const set = names.map((name) => `${name} = ?`).join(', ');
      const values = names.map((name) => changed[name] ?? null);
      return (await db.execute(`UPDATE handover SET ${set} WHERE ${where}`, [...values, ...params])) === 1;
    },

    async givers(ids: readonly string[]): Promise<Giver[]> {
      if (ids.length === 0) return [];
      const rows = await db.query<Giver>(
        `SELECT g.handover_id, g.staff_id, s.userid, s.name, s.departed_at
         FROM handover_giver g JOIN staff s ON s.id = g.staff_id
         WHERE g.handover_id IN (${ids.map(() => '?').join(', ')}) ORDER BY s.userid`,
        [...ids],
      );
      return rows.map((row) => ({ ...row, departed_at: toDateOrNull(row.departed_at) }));
    },
  };
}

export interface Giver {
  handover_id: string;
  staff_id: string;
  userid: string;
  name: string | null;
  departed_at: Date | null;
}

const toHandover = (row: Handover): Handover => ({
  ...row,
  ...{ second_candidate: Boolean(row.second_candidate), carry_over: Boolean(row.carry_over) },
  finding_id: row.finding_id === null ? null : Number(row.finding_id),
  version: Number(row.version),
  ...{ created_at: toDate(row.created_at), updated_at: toDate(row.updated_at) },
  ...{ submitted_at: toDateOrNull(row.submitted_at), ended_at: toDateOrNull(row.ended_at) },
  ...{ scheduled_for: toDateOrNull(row.scheduled_for), held_at: toDateOrNull(row.held_at) },
});
