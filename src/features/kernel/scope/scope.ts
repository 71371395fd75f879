import { anyOf, type Condition, isIn, never } from '../../../db/conditions';
import type { Database, Value } from '../../../db/database';
import { fieldAccess, type Viewer } from '../../../http/permissions';
import type { FieldAccess, GuardedField } from '../../../http/roles';

/** Which rows one viewer sees: the one rule behind every list, detail, count and search (S9, PLT-01). */
export interface Scope {
  /** Rows whose `column`, our id of a staff member, stands in the viewer's line; null: no limit. */
  staff(column: string): Condition | null;
  /** The same for a column that holds a userid. */
  userid(column: string): Condition | null;
  /** Relations (`alias` of the table) of the viewer's line, or of external contacts shared with them; null: no limit. */
  relations(alias: string): Condition | null;
  /** Group chats whose owner, or a colleague in them, stands in the viewer's line; null: no limit. */
  groupChats(alias: string): Condition | null;
  /** How much of a field the viewer sees, by our id of the record's owner: outside the own line at most masked. */
  field(path: GuardedField, ownerIds: readonly string[]): Promise<(ownerId: string) => FieldAccess>;
}

export interface ScopeService {
  of(viewer: Viewer): Promise<Scope>;
}

/** Up to here the ids are named; beyond, a sub-query is dearer to plan and cheaper to run. */
const fewStaff = 500;

export function createScopes(db: Database): ScopeService {
  async function lineOf(staffId: string): Promise<Line> {
    const [reach, ...params] = reachOf(staffId, db.now());
    const rows = await db.query<{ staff_id: string }>(`${reach} LIMIT ${fewStaff + 1}`, params);
    if (rows.length > fewStaff) return { condition: (column) => [`${column} IN (${reach})`, ...params] };
    // Somebody the tree does not know yet sees at least their own.
    const ids = [...new Set([staffId, ...rows.map((row) => row.staff_id)])];
    return { condition: (column) => isIn(column, ids) };
  }

  async function sharedWith(staffId: string): Promise<string[]> {
    const rows = await db.query<{ object_id: string }>(
      `SELECT object_id FROM collaborator
       WHERE staff_id = ? AND object_type = 'external_contact' AND (until IS NULL OR until > ?)`,
      [staffId, db.now()],
    );
    return rows.map((row) => row.object_id);
  }

  /** Of these, the ids in the line. */
  async function inLine(line: Line, ids: readonly string[]): Promise<Set<string>> {
    const [inside, ...params] = line.condition('s.id');
    const [among, ...named] = isIn('s.id', ids);
    const sql = `SELECT s.id AS id FROM staff s WHERE ${inside} AND ${among}`;
    const rows = await db.query<{ id: string }>(sql, [...params, ...named]);
    return new Set(rows.map((row) => row.id));
  }

  return {
    async of(viewer) {
      if (viewer.line === 'company') return { ...company, field: async (path) => () => fieldAccess(viewer, path) };
      const line = viewer.line === null ? nobody : await lineOf(viewer.line);
      const shared = viewer.line === null ? [] : await sharedWith(viewer.line);
      const rows = viewer.reach === 'company' ? company : limited(line, shared);
      return {
        ...rows,
        async field(path, ownerIds) {
          const access = fieldAccess(viewer, path);
          const own = access === 'none' || access === 'masked' ? new Set() : await inLine(line, [...new Set(ownerIds)]);
          return (ownerId) => (own.has(ownerId) || access === 'none' ? access : 'masked');
        },
      };
    },
  };
}

interface Line {
  condition(column: string): Condition;
}

const nobody: Line = { condition: () => never };

const company = { staff: () => null, userid: () => null, relations: () => null, groupChats: () => null };

function limited(line: Line, shared: readonly string[]): Omit<Scope, 'field'> {
  const userid = (column: string): Condition => {
    const [condition, ...params] = line.condition('s.id');
    return [`${column} IN (SELECT s.userid FROM staff s WHERE ${condition})`, ...params];
  };
  return {
    staff: line.condition,
    userid,
    relations(alias) {
      const own = line.condition(`${alias}.staff_id`);
      return shared.length === 0 ? own : anyOf([own, isIn(`${alias}.external_userid`, shared)]);
    },
    groupChats(alias) {
      const [joined, ...members] = userid('m.userid');
      const sql = `${alias}.chat_id IN (SELECT m.chat_id FROM group_chat_member m WHERE m.type = 1 AND ${joined})`;
      return anyOf([userid(`${alias}.owner`), [sql, ...members]]);
    },
  };
}

const reachOf = (staffId: string, now: Date): [string, ...Value[]] => [
  'SELECT staff_id FROM reporting_reach WHERE superior_id = ? AND (until IS NULL OR until > ?)',
  staffId,
  now,
];
