import type { Condition } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';

/**
 * Nobody reviews themselves or whoever stands above them (compliance-archive §6.6): what concerns one of those is not
 * there for them at all. Whoever is nobody of the directory is kept from nothing.
 */
export async function barredUserids(db: Database, viewer: Viewer): Promise<string[]> {
  if (viewer.staffId === null) return [];
  const rows = await db.query<{ userid: string }>(
    `SELECT s.userid FROM staff s WHERE s.id = ? OR s.id IN (
       SELECT y.superior_id FROM reporting_reach y WHERE y.staff_id = ? AND (y.until IS NULL OR y.until > ?))`,
    [viewer.staffId, viewer.staffId, db.now()],
  );
  return rows.map(({ userid }) => userid);
}

/** Items (`alias`) that concern none of them. */
export const concernsNone = (alias: string, userids: readonly string[]): Condition =>
  userids.length === 0
    ? ['1 = 1']
    : [
        `NOT EXISTS (SELECT 1 FROM archive_review_subject x
           WHERE x.review_id = ${alias}.id AND x.userid IN (${placeholders(userids.length)}))`,
        ...userids,
      ];
