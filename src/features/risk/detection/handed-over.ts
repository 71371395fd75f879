import { days } from '../../../core/clock';
import { toDate } from '../../../db/database';
import type { Ground } from './detector';

/** As long after a handover something counts as its failing. */
const countsMs = days(90);
/** `add_way` of whoever was given to a member by an administrator. */
const assigned = 202;

/** The leaver whose external contact this was, and who waits for a successor or was given away. */
export async function leaverOf({ db }: Ground, externalUserid: string): Promise<string | undefined> {
  const [row] = await db.query<{ userid: string }>(
    `SELECT s.userid FROM relation r JOIN staff s ON s.id = r.staff_id
     WHERE r.external_userid = ? AND s.departed_at IS NOT NULL AND r.state IN ('unassigned', 'transferred_out')
     ORDER BY s.departed_at DESC LIMIT 1`,
    [externalUserid],
  );
  return row?.userid;
}

/** From which leaver a member took over an external contact, of late. */
export async function takenOverFrom(ground: Ground, userid: string, externalUserid: string, at: Date) {
  const [row] = await ground.db.query<{ started_at: unknown }>(
    `SELECT r.started_at FROM relation r JOIN staff s ON s.id = r.staff_id
     WHERE s.userid = ? AND r.external_userid = ? AND r.add_way = ?`,
    [userid, externalUserid, assigned],
  );
  const since = row ? at.getTime() - toDate(row.started_at).getTime() : -1;
  return since >= 0 && since <= countsMs ? leaverOf(ground, externalUserid) : undefined;
}
