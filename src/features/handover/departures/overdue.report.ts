import type { Database } from '../../../db/database';
import { movable } from './inventory.report';
import { yearAgo } from './movable';

export interface Late {
  departure_id: string;
  staff_id: string;
  userid: string;
  contacts: number;
  groups: number;
}

type Row = Omit<Late, 'contacts' | 'groups'> & { contacts: unknown; owned: unknown };

/**
 * Whoever left before, and how much is theirs that somebody else should have by now: what WeCom will not move any more
 * is shown among the leftovers, and is nothing to raise an alarm about every day.
 */
export async function overdueCounts(db: Pick<Database, 'query' | 'now'>, before: Date): Promise<Late[]> {
  const rows = await db.query<Row>(
    `SELECT d.id AS departure_id, d.staff_id, s.userid,
       (SELECT COUNT(*) FROM relation r WHERE r.staff_id = d.staff_id AND r.state IN ${movable}) AS contacts,
       (SELECT COUNT(*) FROM group_chat g WHERE g.owner = s.userid AND g.state = 'active') AS owned
     FROM departure d JOIN staff s ON s.id = d.staff_id
     WHERE d.state = 'left' AND COALESCE(d.departed_at, d.created_at) <= ? AND COALESCE(d.departed_at, d.created_at) > ?
     ORDER BY d.id`,
    [before, yearAgo(db.now())],
  );
  return rows.map(({ contacts, owned, ...late }) => ({ ...late, contacts: Number(contacts), groups: Number(owned) }));
}
