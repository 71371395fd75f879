import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import { successorsFault } from './advice';
import type { NewHandover } from './handovers.schema';
import type { Successor } from './planning';

/** A successor with our id and their name. */
export interface KnownSuccessor extends Successor {
  id: string;
  name: string | null;
}

interface Row {
  id: string;
  userid: string;
  name: string | null;
  status: string;
  follows_external: unknown;
  departed_at: unknown;
}

type Wanted = Pick<NewHandover, 'successors' | 'departments'>;

/**
 * Those who are named, in their order, then everybody of the departments who can serve external contacts.
 * @param within who the viewer may choose from, on `s`, the staff
 */
export async function successorsOf(
  db: Database,
  { successors, departments }: Wanted,
  within: readonly Condition[],
): Promise<KnownSuccessor[]> {
  const named = await rowsOf(db, [['s.userid_key', successors.map(({ userid }) => userid.toLowerCase())]], within);
  const placed =
    departments.length === 0 ? [] : await inDepartments(db, departments, within, new Set(named.map(({ id }) => id)));
  const order = new Map(successors.map(({ userid }, at) => [userid.toLowerCase(), at]));
  const at = ({ userid }: Row) => order.get(userid.toLowerCase()) ?? 0;
  const rows = [...named.sort((a, b) => at(a) - at(b)), ...placed];
  const ids = rows.map(({ id }) => id);
  const [loads, places, refusals] = [await loadsOf(db, ids), await placesOf(db, ids), await refusalsOf(db, ids)];
  const wishes = new Map(successors.map((one) => [one.userid.toLowerCase(), one]));
  return rows.map((row) => {
    const { capacity = null, takes = [] } = wishes.get(row.userid.toLowerCase()) ?? {};
    return {
      ...{ id: row.id, userid: row.userid, name: row.name, capacity, takes },
      ...{ load: loads.get(row.id) ?? 0, departments: places.get(row.id) ?? [] },
      ...{ serving: row.departed_at === null, active: row.status === 'active' },
      ...{ follows: Boolean(row.follows_external), refused_with: refusals.get(row.id) ?? null },
    };
  });
}

const columns = 's.id, s.userid, s.name, s.status, s.follows_external, s.departed_at';

function rowsOf(
  db: Database,
  [[column, keys]]: readonly [readonly [string, string[]]],
  within: readonly Condition[],
): Promise<Row[]> {
  return inChunks(keys, (chunk) => {
    const { where, params } = allOf([isIn(column, chunk), ...within]);
    return db.query<Row>(`SELECT ${columns} FROM staff s WHERE ${where}`, params);
  });
}

async function inDepartments(
  db: Database,
  departments: readonly number[],
  within: readonly Condition[],
  except: ReadonlySet<string>,
): Promise<Row[]> {
  const { where, params } = allOf([
    ["s.departed_at IS NULL AND s.status = 'active'"],
    ['s.follows_external = ?', true],
    [
      `s.id IN (SELECT d.staff_id FROM staff_department d WHERE d.department_id IN (${placeholders(departments.length)}))`,
      ...departments,
    ],
    ...within,
  ]);
  const rows = await db.query<Row>(`SELECT ${columns} FROM staff s WHERE ${where} ORDER BY s.userid`, params);
  return rows.filter(({ id }) => !except.has(id));
}

/** How many external contacts each of them serves. */
export async function loadsOf(db: Database, ids: string[]): Promise<Map<string, number>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ staff_id: string; n: unknown }>(
      `SELECT staff_id, COUNT(*) AS n FROM relation
       WHERE staff_id IN (${placeholders(chunk.length)}) AND state = 'active' GROUP BY staff_id`,
      chunk,
    ),
  );
  return new Map(rows.map(({ staff_id, n }) => [staff_id, Number(n)]));
}

/** The departments of each. */
export async function placesOf(db: Database, ids: string[]): Promise<Map<string, number[]>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ staff_id: string; department_id: unknown }>(
      `SELECT staff_id, department_id FROM staff_department WHERE staff_id IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  const byStaff = groupBy(rows, ({ staff_id }) => staff_id);
  return new Map([...byStaff].map(([id, all]) => [id, all.map(({ department_id }) => Number(department_id))]));
}

/** With what WeCom refused them as a successor the last time, unless they took somebody over since. */
async function refusalsOf(db: Database, ids: string[]): Promise<Map<string, number>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ to_staff_id: string; errcode: unknown; state: string }>(
      `SELECT i.to_staff_id, i.errcode, i.state FROM handover_item i WHERE i.id IN (
         SELECT MAX(l.id) FROM handover_item l
         WHERE l.to_staff_id IN (${placeholders(chunk.length)}) AND l.state IN ('taken_over', 'failed')
         GROUP BY l.to_staff_id)`,
      chunk,
    ),
  );
  const refused = rows.filter(({ state, errcode }) => state === 'failed' && successorsFault.includes(Number(errcode)));
  return new Map(refused.map(({ to_staff_id, errcode }) => [to_staff_id, Number(errcode)]));
}
