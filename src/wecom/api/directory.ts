import { z } from 'zod';
import type { Page } from '../../core/paging';
import { isRefusal, nullOn } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import { cursorField, entity, id, integer, type JsonObject, list, listAnswer, text, textOrNull } from './shape';

export interface Department {
  id: number;
  /** Empty when only the contacts secret may be used and names are withheld from it. */
  name: string;
  name_en: string;
  /** 0 above the root. */
  parent_id: number;
  /** Bigger comes first. */
  order: number;
  leaders: string[];
}

export interface Staff {
  userid: string;
  name: string;
  department_ids: number[];
  main_department: number | null;
  /** Parallel to `department_ids`. */
  leader_in: boolean[];
  direct_leaders: string[];
  position: string;
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status: number;
  alias: string;
  avatar: string;
  raw: JsonObject;
}

/** A member of N departments appears N times. */
export interface StaffPlace {
  userid: string;
  department_id: number;
}

const department = z
  .object({
    id: z.number().int(),
    name: text,
    name_en: text,
    parentid: integer,
    order: integer,
    department_leader: list(z.string()),
  })
  .transform(
    (d): Department => ({
      id: d.id,
      name: d.name,
      name_en: d.name_en,
      parent_id: d.parentid,
      order: d.order,
      leaders: d.department_leader,
    }),
  );

const member = entity(
  z.object({
    userid: id,
    name: text,
    department: list(z.number().int()),
    main_department: integer,
    is_leader_in_dept: list(z.number()),
    direct_leader: list(z.string()),
    position: text,
    status: integer,
    alias: text,
    avatar: text,
  }),
  (m, raw): Staff => ({
    userid: m.userid,
    name: m.name,
    department_ids: m.department,
    main_department: m.main_department || null,
    leader_in: m.department.map((_, i) => m.is_leader_in_dept[i] === 1),
    direct_leaders: m.direct_leader,
    position: m.position,
    status: m.status,
    alias: m.alias,
    avatar: m.avatar,
    raw,
  }),
);

const departmentList = listAnswer('department', { department: list(department) });
const departmentIds = listAnswer('department_id', { department_id: list(department) });
const oneDepartment = z.object({ department });
const staffList = listAnswer('userlist', { userlist: list(member) });
const placePage = listAnswer('dept_user', {
  dept_user: list(z.object({ userid: id, department: z.number().int() })),
  next_cursor: textOrNull,
});

/** user/get puts errcode and errmsg among the member's own fields; user/list does not. */
const withoutStatus = ({ errcode: _errcode, errmsg: _errmsg, ...raw }: JsonObject): JsonObject => raw;

const unknownStaff = [60111, 40003, 46004] as const;

export type DirectoryApi = ReturnType<typeof createDirectoryApi>;

/** Departments and staff (通讯录). */
export function createDirectoryApi(client: WecomClient) {
  const ofAgent = (options: CallOptions) =>
    client.call({ app: 'agent', method: 'GET', path: 'department/list', parse: departmentList, ...options });

  /** The contacts secret (通讯录同步) may always list ids; names may be withheld from it (48009). */
  async function ofContacts(options: CallOptions): Promise<Department[]> {
    const ids = { app: 'contacts', method: 'GET', path: 'department/simplelist', parse: departmentIds } as const;
    const { department_id: found } = await client.call({ ...ids, ...options });
    const departments: Department[] = [];
    for (const known of found) departments.push(await namedByContacts(known, options));
    return departments;
  }

  async function namedByContacts(known: Department, options: CallOptions): Promise<Department> {
    const one = { app: 'contacts', method: 'GET', path: 'department/get', parse: oneDepartment } as const;
    try {
      return (await client.call({ ...one, query: { id: known.id }, ...options })).department;
    } catch (error) {
      if (isRefusal(error)) return known;
      throw error;
    }
  }

  return {
    /** The whole tree that the app sees; through the contacts secret where the app is refused. */
    async departments(options: CallOptions): Promise<Department[]> {
      try {
        return (await ofAgent(options)).department;
      } catch (error) {
        if (isRefusal(error)) return ofContacts(options);
        throw error;
      }
    },

    /** Direct members only: WeCom describes no way to include sub-departments (path/90201). */
    async staffOfDepartment(departmentId: number, options: CallOptions): Promise<Staff[]> {
      const query = { department_id: departmentId };
      const call = { app: 'agent', method: 'GET', path: 'user/list', query, parse: staffList } as const;
      return (await client.call({ ...call, ...options })).userlist;
    },

    /** @returns null for a member who left or never was (60111, 40003, 46004) */
    async staff(userid: string, options: CallOptions): Promise<Staff | null> {
      const call = { app: 'agent', method: 'GET', path: 'user/get', query: { userid }, parse: member } as const;
      const found = await nullOn(unknownStaff, client.call({ ...call, ...options }));
      return found && { ...found, raw: withoutStatus(found.raw) };
    },

    /** Everyone, ids only. Only the contacts secret may ask (path/96067). */
    async staffIds(cursor: string | undefined, options: CallOptions): Promise<Page<StaffPlace>> {
      const body = { limit: 10_000, ...cursorField(cursor) };
      const call = { app: 'contacts', method: 'POST', path: 'user/list_id', body, parse: placePage } as const;
      const page = await client.call({ ...call, ...options });
      const items = page.dept_user.map((p) => ({ userid: p.userid, department_id: p.department }));
      return { items, next_cursor: page.next_cursor };
    },
  };
}
