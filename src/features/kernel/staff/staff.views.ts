import type { z } from 'zod';
import { groupBy } from '../../../core/collections';
import { counterIn, type Page, textIn, toPage } from '../../../core/paging';
import { inChunks } from '../../../db/bulk';
import { containing, type Database, placeholders, toDateOrNull, type Value } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { Department, Staff } from './staff.entity';
import type { DepartmentQuery, departmentView, StaffQuery, staffView } from './staff.schema';
import type { StaffStore } from './staff.store';

type StaffView = z.input<typeof staffView>;
type DepartmentView = z.input<typeof departmentView>;

/** The directory as the API shows it. */
export function createStaffViews({ db, store }: { db: Database; store: StaffStore }) {
  return {
    /** Ordered by userid. */
    async list(query: StaffQuery): Promise<Page<StaffView>> {
      const { where, params } = conditions(query);
      const sql = `SELECT * FROM staff s WHERE ${where} ORDER BY s.userid_key LIMIT ?`;
      const rows = await db.query<Staff>(sql, [...params, query.limit + 1]);
      const places = groupBy(await store.places(rows.map((r) => r.id)), (p) => p.staff_id);
      return toPage(
        rows,
        query.limit,
        (row) => [row.userid_key],
        (row): StaffView => {
          const here = places.get(row.id) ?? [];
          return {
            userid: row.userid,
            name: row.name,
            alias: row.alias,
            position: row.position,
            avatar: row.avatar,
            department_ids: here.map((p) => p.department_id),
            leader_in: here.filter((p) => p.is_leader).map((p) => p.department_id),
            main_department_id: row.main_department_id == null ? null : Number(row.main_department_id),
            direct_leaders: JSON.parse(row.direct_leaders),
            status: row.status,
            follows_external: row.follows_external == null ? null : Boolean(row.follows_external),
            departed_at: isoOrNull(toDateOrNull(row.departed_at)),
            updated_at: iso(toDateOrNull(row.updated_at) ?? new Date(0)),
          };
        },
      );
    },

    /** Ordered by id. */
    async listDepartments({ limit, cursor, deleted }: DepartmentQuery): Promise<Page<DepartmentView>> {
      const after = cursor ? counterIn(cursor) : -1;
      const rows = await db.query<Department>(
        `SELECT * FROM department WHERE id > ? ${deleted ? '' : 'AND deleted_at IS NULL'} ORDER BY id LIMIT ?`,
        [after, limit + 1],
      );
      const counts = await staffCounts(rows.map((r) => Number(r.id)));
      return toPage(
        rows,
        limit,
        (row) => [Number(row.id)],
        (row): DepartmentView => ({
          id: Number(row.id),
          name: row.name,
          name_en: row.name_en,
          parent_id: row.parent_id == null ? null : Number(row.parent_id),
          order: Number(row.sort),
          leaders: JSON.parse(row.leaders),
          staff_count: counts.get(Number(row.id)) ?? 0,
          deleted_at: isoOrNull(toDateOrNull(row.deleted_at)),
        }),
      );
    },
  };

  async function staffCounts(ids: number[]): Promise<Map<number, number>> {
    const rows = await inChunks(ids, (chunk) =>
      db.query<{ id: unknown; n: unknown }>(
        `SELECT d.department_id AS id, COUNT(*) AS n FROM staff_department d JOIN staff s ON s.id = d.staff_id WHERE s.departed_at IS NULL AND d.department_id IN (${placeholders(chunk.length)}) GROUP BY d.department_id`,
        chunk,
      ),
    );
    return new Map(rows.map((r) => [Number(r.id), Number(r.n)]));
  }
}

function conditions({ q, department_id, status, departed, cursor }: StaffQuery): { where: string; params: Value[] } {
  const parts: [string, ...Value[]][] = [['1 = 1']];
  if (cursor) parts.push(['s.userid_key > ?', textIn(cursor)]);
  if (q)
    parts.push(["(LOWER(s.name) LIKE ? ESCAPE '!' OR s.userid_key LIKE ? ESCAPE '!')", containing(q), containing(q)]);
  if (status) parts.push(['s.status = ?', status]);
  if (departed !== undefined) parts.push([departed ? 's.departed_at IS NOT NULL' : 's.departed_at IS NULL']);
  if (department_id !== undefined) {
    parts.push([
      'EXISTS (SELECT 1 FROM staff_department d WHERE d.staff_id = s.id AND d.department_id = ?)',
      department_id,
    ]);
  }
  return { where: parts.map(([sql]) => sql).join(' AND '), params: parts.flatMap(([, ...rest]) => rest) };
}
