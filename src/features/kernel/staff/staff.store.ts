import { newId } from '../../../core/ids';
import type { Place, Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { Department, Staff, StaffDepartment, StaffFormerUserid } from './staff.entity';

const staffFields = [
  'id',
  'userid',
  'userid_key',
  'name',
  'alias',
  'position',
  'avatar',
  'status',
  'main_department_id',
  'direct_leaders',
  'follows_external',
  'extra',
  'departed_at',
  'created_at',
  'updated_at',
] as const satisfies (keyof Staff)[];

const departmentFields = [
  'id',
  'name',
  'name_en',
  'parent_id',
  'sort',
  'leaders',
  'deleted_at',
  'updated_at',
] as const satisfies (keyof Department)[];

const values = <T extends object>(row: T, fields: readonly (keyof T)[]): Value[] => fields.map((f) => row[f] as Value);

/** userids are case-insensitive on the platform. */
export const keyOf = (userid: string): string => userid.toLowerCase();

export type StaffStore = ReturnType<typeof createStaffStore>;

const chunk = 500;

/** Phone, mail and address of a member are among the fields that have no column. */
const placeOf = (id: string): Place => ({ table: 'staff', column: 'extra', id });

const sealStaff = (vault: Vault, row: Staff): Staff =>
  row.extra === null ? row : { ...row, extra: vault.seal(row.extra, placeOf(row.id)) };

/** A row of an older version holds it in plain text. @throws Error when it was edited or moved */
const openStaff = (vault: Vault, row: Staff): Staff =>
  row.extra === null || row.extra.startsWith('{') ? row : { ...row, extra: vault.open(row.extra, placeOf(row.id)) };

/** The directory's tables. Every write belongs inside `transact`. */
export function createStaffStore({ db, vault }: { db: Database; vault: Vault }) {
  const toStaff = (row: Staff): Staff => openStaff(vault, withTypes(row));

  return {
    byKeys: (userids: string[]): Promise<Staff[]> =>
      inChunks([...new Set(userids.map(keyOf))], async (chunk) => {
        const sql = `SELECT * FROM staff WHERE userid_key IN (${placeholders(chunk.length)})`;
        return (await db.query<Staff>(sql, chunk)).map(toStaff);
      }),

    /** Seals rows of version 0.1. Must run inside `transact`. @returns the last key looked at; null: none left */
    async sealNext(after: string): Promise<string | null> {
      const rows = await db.query<Staff>(`SELECT id, extra FROM staff WHERE id > ? ORDER BY id LIMIT ${chunk}`, [
        after,
      ]);
      for (const row of rows.filter(({ extra }) => extra?.startsWith('{'))) {
        const update = 'UPDATE staff SET extra = ? WHERE id = ? AND extra = ?';
        await db.execute(update, [sealStaff(vault, row).extra, row.id, row.extra]);
      }
      return rows.length < chunk ? null : (rows.at(-1)?.id ?? null);
    },

    all: async (): Promise<Staff[]> => (await db.query<Staff>('SELECT * FROM staff')).map(toStaff),

    former: (userids: string[]): Promise<StaffFormerUserid[]> =>
      inChunks([...new Set(userids.map(keyOf))], async (chunk) => {
        const sql = `SELECT * FROM staff_former_userid WHERE userid_key IN (${placeholders(chunk.length)})`;
        const rows = await db.query<StaffFormerUserid>(sql, chunk);
        return rows.map((row) => ({ ...row, changed_at: toDate(row.changed_at) }));
      }),

    save: (rows: Staff[]) =>
      insertRows(
        db,
        {
          table: 'staff',
          columns: [...staffFields],
          onConflict: { keys: ['id'], update: staffFields.filter((f) => f !== 'id' && f !== 'created_at') },
        },
        rows.map((row) => values(sealStaff(vault, row), staffFields)),
      ),

    /** Two processes may meet a new userid at once: the first row stays. */
    insertStubs: (rows: Staff[]) =>
      insertRows(
        db,
        { table: 'staff', columns: [...staffFields], onConflict: { keys: ['userid_key'] } },
        rows.map((row) => values(row, staffFields)),
      ),

    places: (staffIds: string[]): Promise<StaffDepartment[]> =>
      inChunks(staffIds, async (chunk) => {
        const sql = `SELECT * FROM staff_department WHERE staff_id IN (${placeholders(chunk.length)})`;
        const rows = await db.query<StaffDepartment>(sql, chunk);
        return rows.map((r) => ({ ...r, department_id: Number(r.department_id), is_leader: Boolean(r.is_leader) }));
      }),

    async replacePlaces(staffId: string, places: Omit<StaffDepartment, 'staff_id'>[]): Promise<void> {
      await db.execute('DELETE FROM staff_department WHERE staff_id = ?', [staffId]);
      await insertRows(
        db,
        { table: 'staff_department', columns: ['staff_id', 'department_id', 'is_leader'] },
        places.map((place) => [staffId, place.department_id, place.is_leader]),
      );
    },

    rename: (staffId: string, to: string) =>
      db.execute('UPDATE staff SET userid = ?, userid_key = ? WHERE id = ?', [to, keyOf(to), staffId]),

    /** The id somebody had before. */
    remember: (userid: string, staffId: string) =>
      insertRows(
        db,
        {
          table: 'staff_former_userid',
          columns: ['userid_key', 'staff_id', 'changed_at'],
          onConflict: { keys: ['userid_key'], update: ['staff_id', 'changed_at'] },
        },
        [[keyOf(userid), staffId, db.now()]],
      ),

    async remove(staffId: string): Promise<void> {
      await db.execute('DELETE FROM staff_department WHERE staff_id = ?', [staffId]);
      await db.execute('DELETE FROM staff WHERE id = ?', [staffId]);
    },

    departments: async (): Promise<Department[]> =>
      (await db.query<Department>('SELECT * FROM department')).map(toDepartment),

    saveDepartments: (rows: Department[]) =>
      insertRows(
        db,
        {
          table: 'department',
          columns: [...departmentFields],
          onConflict: { keys: ['id'], update: departmentFields.filter((f) => f !== 'id') },
        },
        rows.map((row) => values(row, departmentFields)),
      ),
  };
}

const withTypes = (row: Staff): Staff => ({
  ...row,
  main_department_id: row.main_department_id == null ? null : Number(row.main_department_id),
  follows_external: row.follows_external == null ? null : Boolean(row.follows_external),
  departed_at: toDateOrNull(row.departed_at),
  created_at: toDate(row.created_at),
  updated_at: toDate(row.updated_at),
});

const toDepartment = (row: Department): Department => ({
  ...row,
  id: Number(row.id),
  parent_id: row.parent_id == null ? null : Number(row.parent_id),
  sort: Number(row.sort),
  deleted_at: toDateOrNull(row.deleted_at),
  updated_at: toDate(row.updated_at),
});

/** A member of whom only the id is known. */
export const stubStaff = (userid: string, at: Date): Staff => ({
  id: newId(),
  userid,
  userid_key: keyOf(userid),
  name: null,
  alias: null,
  position: null,
  avatar: null,
  status: 'unknown',
  main_department_id: null,
  direct_leaders: '[]',
  follows_external: null,
  extra: null,
  departed_at: null,
  created_at: at,
  updated_at: at,
});
