import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { Directory, Edge, Reached } from './reporting-tree';
import type { ReportingEdge } from './scope.entity';

export type ReportingStore = ReturnType<typeof createReportingStore>;

const edgeColumns = ['id', 'superior_id', 'staff_id', 'source', 'closes_cycle', 'until', 'created_by', 'created_at'];

/** The reporting tree's tables, and what the directory says of who leads whom. Writes belong inside `transact`. */
export function createReportingStore(db: Database) {
  const edges = async (where: string, params: Value[]): Promise<ReportingEdge[]> => {
    const rows = await db.query<ReportingEdge>(`SELECT * FROM reporting_edge WHERE ${where}`, params);
    return rows.map(toEdge);
  };
  return {
    async directory(): Promise<Directory> {
      const staff = await db.query<StaffRow>(
        'SELECT id, userid_key, status, direct_leaders, departed_at FROM staff ORDER BY id',
      );
      const departments = await db.query<DepartmentRow>(
        'SELECT id, parent_id, leaders FROM department WHERE deleted_at IS NULL ORDER BY id',
      );
      const places = await db.query<PlaceRow>('SELECT staff_id, department_id, is_leader FROM staff_department');
      return directoryOf(staff, departments, places);
    },

    edges: () => edges('1 = 1', []),
    edge: async (id: string): Promise<ReportingEdge | undefined> => (await edges('id = ?', [id]))[0],

    addEdges: (rows: ReportingEdge[]) =>
      insertRows(
        db,
        {
          table: 'reporting_edge',
          columns: edgeColumns,
          onConflict: {
            keys: ['superior_id', 'staff_id', 'source'],
            update: ['closes_cycle', 'until', 'created_by', 'created_at'],
          },
        },
        rows.map((row) => edgeColumns.map((column) => row[column as keyof ReportingEdge])),
      ),

    removeEdges: (ids: string[]) =>
      inChunks(ids, async (chunk) => {
        await db.execute(`DELETE FROM reporting_edge WHERE id IN (${placeholders(chunk.length)})`, chunk);
        return [];
      }),

    async reach(): Promise<Reached[]> {
      const rows = await db.query<{ superior_id: string; staff_id: string; until: unknown }>(
        'SELECT superior_id, staff_id, until FROM reporting_reach',
      );
      return rows.map((row) => ({
        superiorId: row.superior_id,
        staffId: row.staff_id,
        until: toDateOrNull(row.until),
      }));
    },

    addReach: (rows: Reached[]) =>
      insertRows(
        db,
        {
          table: 'reporting_reach',
          columns: ['superior_id', 'staff_id', 'until'],
          onConflict: { keys: ['superior_id', 'staff_id'], update: ['until'] },
        },
        rows.map(({ superiorId, staffId, until }) => [superiorId, staffId, until]),
      ),

    async removeReach(rows: Reached[]): Promise<void> {
      for (const { superiorId, staffId } of rows) {
        await db.execute('DELETE FROM reporting_reach WHERE superior_id = ? AND staff_id = ?', [superiorId, staffId]);
      }
    },
  };
}

interface StaffRow {
  id: string;
  userid_key: string;
  status: string;
  direct_leaders: string;
  departed_at: unknown;
}

interface DepartmentRow {
  id: unknown;
  parent_id: unknown;
  leaders: string;
}

interface PlaceRow {
  staff_id: string;
  department_id: unknown;
  is_leader: unknown;
}

function directoryOf(staff: StaffRow[], departments: DepartmentRow[], places: PlaceRow[]): Directory {
  const ids = new Map(staff.map((row) => [row.userid_key, row.id]));
  const idsOf = (userids: string): string[] =>
    (JSON.parse(userids) as string[]).flatMap((userid) => ids.get(userid.toLowerCase()) ?? []);
  const placesOf = new Map<string, number[]>();
  const leadersOf = new Map<number, string[]>();
  for (const { staff_id, department_id, is_leader } of places) {
    const id = Number(department_id);
    placesOf.set(staff_id, [...(placesOf.get(staff_id) ?? []), id]);
    if (is_leader) leadersOf.set(id, [...(leadersOf.get(id) ?? []), staff_id]);
  }
  return {
    departments: departments.map((row) => ({
      id: Number(row.id),
      parentId: row.parent_id == null ? null : Number(row.parent_id),
      leaders: [...new Set([...idsOf(row.leaders), ...(leadersOf.get(Number(row.id)) ?? [])])].sort(),
    })),
    staff: staff.map((row) => ({
      id: row.id,
      departments: (placesOf.get(row.id) ?? []).sort((a, b) => a - b),
      directLeaders: idsOf(row.direct_leaders),
      isServing: isServing(row),
    })),
  };
}

/** Neither departed nor disabled: may lead, and sign in. */
export const isServing = ({ status, departed_at }: { status: string; departed_at: unknown }): boolean =>
  departed_at == null && status !== 'left' && status !== 'disabled';

const toEdge = (row: ReportingEdge): ReportingEdge => ({
  ...row,
  closes_cycle: Boolean(row.closes_cycle),
  until: toDateOrNull(row.until),
  created_at: toDate(row.created_at),
});

export const edgeOfRow = (row: ReportingEdge): Edge => ({
  superiorId: row.superior_id,
  staffId: row.staff_id,
  source: row.source,
  until: row.until,
});
