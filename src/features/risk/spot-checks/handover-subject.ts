import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { HandoverSubject } from '../../handover/departures';

interface Deps {
  db: Database;
  /** How the audit trail names whoever acts for a staff member. */
  actorsOf(staffId: string): Promise<string[]>;
}

/** Spot checks somebody asked for and did not conclude. Whoever else may run them concludes them; who asked stays written. */
export const createSpotCheckSubject = ({ db, actorsOf }: Deps): HandoverSubject => ({
  kind: 'spot_check',

  async of({ id }) {
    const own = await actorsOf(id);
    if (own.length === 0) return [];
    const [among, ...actors] = isIn('k.asked_by', own);
    const rows = await db.query<{ id: unknown }>(
      `SELECT k.id FROM spot_check k LEFT JOIN spot_check_result r ON r.spot_check_id = k.id
       WHERE r.id IS NULL AND ${among} ORDER BY k.id`,
      actors,
    );
    return rows.map((row) => ({
      ...{ id: String(row.id), title: `# ${row.id}`, link: `/risk/spot-checks/${row.id}`, movable: false },
    }));
  },

  hand: async () => 'left',
});
