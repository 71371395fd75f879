import { days, minutes } from '../../../core/clock';
import { toDate } from '../../../db/database';
import { departureOf } from './departure-signs';
import type { Ground } from './detector';
import { contactHistory } from './pair-history';

/** As long after a handover something counts as its failing. */
const countsMs = days(90);
/** `add_way` of whoever was given to a member by an administrator. */
const assigned = 202;

/**
 * The leaver of then whose external contact this was, and who waited for a successor or was given away. By the history,
 * which only grows: what is told in another order is judged alike.
 */
async function leaverOf({ db }: Ground, externalUserid: string, at: Date): Promise<string | undefined> {
  const [row] = await db.query<{ userid: string }>(
    `SELECT s.userid FROM relation r JOIN staff s ON s.id = r.staff_id
     WHERE r.external_userid = ? AND s.departed_at < ? AND EXISTS (
       SELECT 1 FROM relation_history h WHERE h.relation_id = r.id AND h.kind IN ('unassigned', 'transferred_out'))
     ORDER BY s.departed_at DESC LIMIT 1`,
    [externalUserid, at],
  );
  return row?.userid;
}

/**
 * From which leaver a member should have taken over an external contact. Of a transfer that failed WeCom names only the
 * successor: where a colleague served the contact at the time it may have been theirs, and nothing is concluded.
 */
export async function refusedFrom(ground: Ground, successor: string, externalUserid: string, at: Date) {
  const lines = await contactHistory(ground, externalUserid, [...begins, ...ends], new Date(0));
  const last = new Map(lines.filter((line) => line.at <= at).map((line) => [line.userid, line.kind]));
  last.delete(successor);
  const serving = [...last].flatMap(([userid, kind]) => (begins.includes(kind) ? [userid] : []));
  for (const userid of serving) {
    const left = await departureOf(ground, userid);
    if (!left || left >= at) return undefined;
  }
  return leaverOf(ground, externalUserid, at);
}

const begins: readonly string[] = ['added', 'half_added', 'reappeared'];
const ends: readonly string[] = ['staff_deleted', 'transferred_out', 'unassigned', 'missing'];

/** As long before it is missed a transfer may have taken place: reconciliation looks once a day. */
const recentMs = days(2);
/** WeCom's clock and ours may differ. */
const clocksMs = minutes(10);

/** Whether a colleague was given the external contact of late: then a transfer ended the pair, told or not. */
export async function wentToColleague({ db }: Ground, relationId: string, externalUserid: string, at: Date) {
  const rows = await db.query(
    `SELECT id FROM relation WHERE external_userid = ? AND id <> ? AND add_way = ? AND started_at >= ? AND started_at <= ?`,
    [externalUserid, relationId, assigned, new Date(at.getTime() - recentMs), new Date(at.getTime() + clocksMs)],
  );
  return rows.length > 0;
}

/** From which leaver a member took over an external contact, of late. */
export async function takenOverFrom(ground: Ground, userid: string, externalUserid: string, at: Date) {
  const [row] = await ground.db.query<{ started_at: unknown }>(
    `SELECT r.started_at FROM relation r JOIN staff s ON s.id = r.staff_id
     WHERE s.userid = ? AND r.external_userid = ? AND r.add_way = ?`,
    [userid, externalUserid, assigned],
  );
  const since = row ? at.getTime() - toDate(row.started_at).getTime() : -1;
  return since >= 0 && since <= countsMs ? leaverOf(ground, externalUserid, at) : undefined;
}
