import type { z } from 'zod';
import { type Page, textIn, toPage } from '../../../core/paging';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { ReportingEdge } from './scope.entity';
import type { EdgeQuery, edgeView } from './scope.schema';

type EdgeView = z.input<typeof edgeView>;
type EdgeRow = ReportingEdge & Pick<EdgeView, 'superior' | 'superior_name' | 'userid' | 'staff_name'>;

const joined = `SELECT e.*, a.userid AS superior, a.name AS superior_name, s.userid AS userid, s.name AS staff_name
  FROM reporting_edge e JOIN staff a ON a.id = e.superior_id JOIN staff s ON s.id = e.staff_id`;

/** The lines of the reporting tree, newest first. @throws paging.bad_cursor */
export async function listEdges(db: Database, query: EdgeQuery): Promise<Page<EdgeView>> {
  const conditions: Condition[] = [];
  if (query.cursor !== undefined) conditions.push(['e.id < ?', textIn(query.cursor)]);
  if (query.userid !== undefined) conditions.push(['s.userid_key = ?', query.userid.toLowerCase()]);
  if (query.superior !== undefined) conditions.push(['a.userid_key = ?', query.superior.toLowerCase()]);
  if (query.source !== undefined) conditions.push(['e.source = ?', query.source]);
  const { where, params } = allOf(conditions);
  const sql = `${joined} WHERE ${where} ORDER BY e.id DESC LIMIT ?`;
  const rows = await db.query<EdgeRow>(sql, [...params, query.limit + 1]);
  return toPage(rows, query.limit, (row) => [row.id], viewOf);
}

/** One line. */
export async function edgeOf(db: Database, id: string): Promise<EdgeView> {
  const [row] = await db.query<EdgeRow>(`${joined} WHERE e.id = ?`, [id]);
  if (!row) throw new Error(`reporting edge ${id} is gone`);
  return viewOf(row);
}

const viewOf = (row: EdgeRow): EdgeView => ({
  id: row.id,
  superior: row.superior,
  superior_name: row.superior_name,
  userid: row.userid,
  staff_name: row.staff_name,
  source: row.source,
  closes_cycle: Boolean(row.closes_cycle),
  until: isoOrNull(toDateOrNull(row.until)),
  created_by: row.created_by,
  created_at: iso(toDate(row.created_at)),
});
