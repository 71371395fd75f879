import { allOf, anyOf, type Condition, given, isIn, never } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { fieldAccess, type Viewer } from '../../../http/permissions';
import type { FieldAccess, GuardedField } from '../../../http/roles';
import type { CollaboratorLevel } from './scope.entity';

/** The rows of a table that a viewer sees, in two wordings: the database begins with the one, and ends with the other. */
export interface Rows {
  /** Leads to the rows by an index when they are few. */
  enter: Condition;
  /** Asks of one row after another, in whatever order they come. */
  probe: Condition;
  /** So many that walking the table finds them soon, and `enter` leads nowhere. */
  isWide: boolean;
}

/** Which rows one viewer sees: the one rule behind every list, detail, count and search (S9, PLT-01). null: no limit. */
export interface Scope {
  /** Rows whose `column`, our id of a staff member, stands in the viewer's line. */
  staff(column: string): Condition | null;
  /** The same for a column that holds a userid. */
  userid(column: string): Condition | null;
  /** Relations (`alias` of the table) of the viewer's line, or of external contacts shared with them. */
  relations(alias: string): Rows | null;
  /** Rows whose `column`, our id of a staff member, stands in the viewer's own line, however far their roles reach. */
  line(column: string): Rows | null;
  /** Group chats whose owner, or a colleague in them, stands in the viewer's line. */
  groupChats(alias: string): Condition | null;
  /** How much of a field the viewer sees, by our id of the record's owner: outside the own line at most masked. */
  field(path: GuardedField, ownerIds: readonly string[]): Promise<(ownerId: string) => FieldAccess>;
}

export interface ScopeService {
  of(viewer: Viewer): Promise<Scope>;
  /** Ids of the objects of one type that are shared with the viewer (crm-features §4.6, scope 3). */
  sharedWith(viewer: Viewer, objectType: string, level?: CollaboratorLevel): Promise<string[]>;
  /**
   * Nobody judges themselves or whoever stands above them (compliance-archive §6.6): the userids of those. Whoever is
   * nobody of the directory is kept from nothing.
   */
  barred(viewer: Viewer): Promise<string[]>;
}

/** Up to here the ids are named. */
const fewStaff = 500;

export function createScopes(db: Database): ScopeService {
  async function lineOf(staffId: string): Promise<Line> {
    const now = db.now();
    const rows = await db.query<Named>(
      `SELECT y.staff_id AS id, s.userid AS userid FROM reporting_reach y LEFT JOIN staff s ON s.id = y.staff_id
       WHERE y.superior_id = ? AND (y.until IS NULL OR y.until > ?) LIMIT ${fewStaff + 1}`,
      [staffId, now],
    );
    // Somebody the tree does not know yet sees at least their own.
    const probe = (column: string): Condition => [
      `(${column} = ? OR EXISTS (SELECT 1 FROM reporting_reach y
         WHERE y.superior_id = ? AND y.staff_id = ${column} AND (y.until IS NULL OR y.until > ?)))`,
      ...[staffId, staffId, now],
    ];
    if (rows.length > fewStaff) return wideLine(probe);
    if (!rows.some(({ id }) => id === staffId)) rows.push(...(await themselves(staffId)));
    return { ...listedLine(rows), probe };
  }

  const themselves = async (staffId: string): Promise<Named[]> => {
    const rows = await db.query<Named>('SELECT id, userid FROM staff WHERE id = ?', [staffId]);
    return rows.length > 0 ? rows : [{ id: staffId, userid: null }];
  };

  async function sharedWith({ line }: Viewer, objectType: string, level?: CollaboratorLevel): Promise<string[]> {
    if (line === null || line === 'company') return [];
    const { where, params } = allOf([
      ['staff_id = ?', line],
      ['object_type = ?', objectType],
      ['(until IS NULL OR until > ?)', db.now()],
      ...given([['level = ?', level]]),
    ]);
    const rows = await db.query<{ object_id: string }>(`SELECT object_id FROM collaborator WHERE ${where}`, params);
    return rows.map((row) => row.object_id);
  }

  /** Of these, the ids in the line. */
  async function inLine(line: Line, ids: readonly string[]): Promise<Set<string>> {
    const [inside, ...params] = line.enter('s.id');
    const [among, ...named] = isIn('s.id', ids);
    const sql = `SELECT s.id AS id FROM staff s WHERE ${inside} AND ${among}`;
    const rows = await db.query<{ id: string }>(sql, [...params, ...named]);
    return new Set(rows.map((row) => row.id));
  }

  return {
    sharedWith,

    async barred({ staffId }) {
      if (staffId === null) return [];
      const rows = await db.query<{ userid: string }>(
        `SELECT s.userid FROM staff s WHERE s.id = ? OR s.id IN (
           SELECT y.superior_id FROM reporting_reach y WHERE y.staff_id = ? AND (y.until IS NULL OR y.until > ?))`,
        [staffId, staffId, db.now()],
      );
      return rows.map(({ userid }) => userid);
    },

    async of(viewer) {
      if (viewer.line === 'company') {
        return { ...company, line: () => null, field: async (path) => () => fieldAccess(viewer, path) };
      }
      const line = viewer.line === null ? nobody : await lineOf(viewer.line);
      const shared = await sharedWith(viewer, 'external_contact');
      const rows = viewer.reach === 'company' ? company : limited(line, shared);
      return {
        ...rows,
        line: (column) => rowsOf(line, column),
        async field(path, ownerIds) {
          const access = fieldAccess(viewer, path);
          const own = access === 'none' || access === 'masked' ? new Set() : await inLine(line, [...new Set(ownerIds)]);
          return (ownerId) => (own.has(ownerId) || access === 'none' ? access : 'masked');
        },
      };
    },
  };
}

interface Named {
  id: string;
  userid: string | null;
}

interface Line {
  enter(column: string): Condition;
  probe(column: string): Condition;
  /** Of a column that holds a userid. */
  userid(column: string): Condition;
  isWide: boolean;
}

/** Of so many that they are not named. */
function wideLine(probe: Line['probe']): Line {
  const [inside, ...params] = probe('s.id');
  const userid = (column: string): Condition => [
    `${column} IN (SELECT s.userid FROM staff s WHERE ${inside})`,
    ...params,
  ];
  return { enter: probe, probe, userid, isWide: true };
}

/** Named one by one: asked of many rows, a list is quicker than a table. */
function listedLine(staff: readonly Named[]): Omit<Line, 'probe'> {
  const ids = staff.map(({ id }) => id);
  const userids = staff.flatMap(({ userid }) => userid ?? []);
  return { enter: (column) => isIn(column, ids), userid: (column) => isIn(column, userids), isWide: false };
}

const nobody: Line = { enter: () => never, probe: () => never, userid: () => never, isWide: false };

const company = { staff: () => null, userid: () => null, relations: () => null, groupChats: () => null };

const rowsOf = (line: Line, column: string): Rows => ({
  enter: line.enter(column),
  probe: line.probe(column),
  isWide: line.isWide,
});

function limited(line: Line, shared: readonly string[]): Omit<Scope, 'field' | 'line'> {
  return {
    staff: line.enter,
    userid: line.userid,
    relations(alias) {
      const isShared = isIn(`${alias}.external_userid`, shared);
      const orShared = (own: Condition): Condition => (shared.length === 0 ? own : anyOf([own, isShared]));
      const owner = `${alias}.staff_id`;
      return { enter: orShared(line.enter(owner)), probe: orShared(line.probe(owner)), isWide: line.isWide };
    },
    groupChats(alias) {
      const [joined, ...members] = line.userid('m.userid');
      const sql = `${alias}.chat_id IN (SELECT m.chat_id FROM group_chat_member m WHERE m.type = 1 AND ${joined})`;
      return anyOf([line.userid(`${alias}.owner`), [sql, ...members]]);
    },
  };
}
