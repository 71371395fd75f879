import { type Page, textIn, toPage } from '../../../core/paging';
import { allOf } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import type { ConfirmationQuery, ConfirmationView } from './consent.schema';

/** Serving members of staff by userid, with when they confirmed a notice. */
export async function confirmationsOf(
  db: Database,
  noticeId: string,
  { limit, cursor, confirmed }: ConfirmationQuery,
): Promise<Page<ConfirmationView>> {
  const { where, params } = allOf([
    ["s.departed_at IS NULL AND s.status = 'active'"],
    ...(cursor === undefined ? [] : [['s.userid_key > ?', textIn(cursor)] as const]),
    ...(confirmed === undefined ? [] : [[`c.confirmed_at IS ${confirmed === 'true' ? 'NOT ' : ''}NULL`] as const]),
  ]);
  const rows = await db.query<{ userid: string; userid_key: string; name: string | null; confirmed_at: unknown }>(
    `SELECT s.userid, s.userid_key, s.name, c.confirmed_at FROM staff s
     LEFT JOIN archive_notice_confirmation c ON c.staff_id = s.id AND c.notice_id = ?
     WHERE ${where} ORDER BY s.userid_key LIMIT ?`,
    [noticeId, ...params, limit + 1],
  );
  return toPage(
    rows,
    limit,
    (row) => [row.userid_key],
    ({ userid, name, confirmed_at }) => ({ userid, name, confirmed_at: isoOrNull(toDateOrNull(confirmed_at)) }),
  );
}
