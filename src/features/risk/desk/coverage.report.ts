import { allOf } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Scope } from '../../kernel/scope';
import type { CoverageView } from './desk.schema';

/**
 * How many of the living relations can be seen in the archive, and how many not, and why: WeCom was never asked for
 * seats, the member has none, the external contact does not agree, or nobody knows whether they do (violations §2.2 trap 14).
 */
export async function coverageOf(db: Database, scope: Scope): Promise<CoverageView> {
  const within = scope.userid('s.userid');
  const { where, params } = allOf([
    ["r.state IN ('active', 'half', 'deleted_by_external')"],
    ...(within ? [within] : []),
  ]);
  const rows = await db.query<{ why: string; n: unknown }>(
    `SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM archive_seat) THEN 'seat_unknown'
       WHEN seat.held IS NULL OR seat.held = 0 THEN 'no_seat'
       WHEN n.status IS NULL OR n.status = 'unknown' THEN 'consent_unknown'
       WHEN n.status = 'disagreed' THEN 'no_consent' ELSE 'seen' END AS why, COUNT(*) AS n
     FROM relation r JOIN staff s ON s.id = r.staff_id
     LEFT JOIN (SELECT userid, held FROM archive_seat WHERE id IN (SELECT MAX(id) FROM archive_seat GROUP BY userid)) seat
       ON seat.userid = s.userid
     LEFT JOIN archive_consent_now n
       ON n.external_userid = r.external_userid AND n.userid = s.userid AND n.chat_id = ''
     WHERE ${where} GROUP BY why`,
    params,
  );
  const { seen = 0, ...unseen } = Object.fromEntries(rows.map(({ why, n }) => [why, Number(n)]));
  const hidden = Object.values(unseen).reduce((sum, n) => sum + n, 0);
  return { conversations: seen + hidden, seen, unseen };
}
