import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { ArchivePurge } from './retention.entity';
import type { PurgeQuery, PurgeView } from './retention.schema';

/** Tombstones, newest first. @throws paging.bad_cursor */
export const listPurges =
  (db: Database) =>
  async ({ limit, cursor, run_id }: PurgeQuery): Promise<Page<PurgeView>> => {
    const { where, params } = allOf([
      ...(cursor === undefined ? [] : [['id < ?', counterIn(cursor)] as const]),
      ...(run_id === undefined ? [] : [['run_id = ?', run_id] as const]),
    ]);
    const sql = `SELECT * FROM archive_purge WHERE ${where} ORDER BY id DESC LIMIT ?`;
    const rows = await db.query<ArchivePurge>(sql, [...params, limit + 1]);
    return toPage(rows, limit, ({ id }) => [Number(id)], purgeView);
  };

const purgeView = ({
  id,
  at,
  cause,
  ground,
  asked_by,
  approved_by,
  run_id,
  count,
  ids_hash,
}: ArchivePurge): PurgeView => ({
  ...{ id: String(id), at: iso(toDate(at)), cause: cause as PurgeView['cause'], ground, asked_by, approved_by, run_id },
  ...{ count, ids_sha256: ids_hash },
});
