import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { ArchivePurge } from './retention.entity';
import type { PurgeQuery, PurgeView } from './retention.schema';

/** Tombstones, newest first. @throws paging.bad_cursor */
export const listPurges =
  ({ db, audit }: { db: Database; audit: Pick<AuditService, 'names'> }) =>
  async ({ limit, cursor, run_id }: PurgeQuery): Promise<Page<PurgeView>> => {
    const { where, params } = allOf([
      ...(cursor === undefined ? [] : [['id < ?', counterIn(cursor)] as const]),
      ...(run_id === undefined ? [] : [['run_id = ?', run_id] as const]),
    ]);
    const sql = `SELECT * FROM archive_purge WHERE ${where} ORDER BY id DESC LIMIT ?`;
    const rows = await db.query<ArchivePurge>(sql, [...params, limit + 1]);
    const names = await audit.names(rows.flatMap(({ asked_by, approved_by }) => [asked_by, approved_by]));
    return toPage(
      rows,
      limit,
      ({ id }) => [Number(id)],
      (row) => purgeView(row, names),
    );
  };

function purgeView(purge: ArchivePurge, names: ReadonlyMap<string, string>): PurgeView {
  const { id, at, cause, ground, asked_by, approved_by, run_id, count, ids_hash } = purge;
  return {
    ...{ id: String(id), at: iso(toDate(at)), cause: cause as PurgeView['cause'], ground, run_id },
    ...{ asked_by, asked_by_name: names.get(asked_by) ?? null },
    ...{ approved_by, approved_by_name: approved_by === null ? null : (names.get(approved_by) ?? null) },
    ...{ count, ids_sha256: ids_hash },
  };
}
