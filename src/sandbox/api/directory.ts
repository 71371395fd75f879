import type { Company } from '../company';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { Refusal } from '../http/fault';
import type { Department, Staff } from '../world/types';
import { type Endpoint, type Endpoints, servingStaff } from './endpoint';

/** Since 2022-08 the contacts secret may read ids only: anything detailed answers 48009. */
const detailed = { method: 'GET', apps: ['agent'], otherwise: 48009 } as const;
const open = { method: 'GET', apps: ['agent', 'contacts'] } as const;

/** A member in several departments appears several times. */
const listId: Endpoint = {
  method: 'POST',
  apps: ['contacts'],
  answer(given, { world }) {
    const limit = given.limit('limit', 10_000, 10_000);
    const [after = 0] = decodeCursor('user/list_id', given.text('cursor'), 1);
    const rows = [...world.staff.values()]
      .sort((a, b) => a.serial - b.serial)
      .flatMap(({ serial, userid, department }) =>
        department.map((id, index) => ({ serial: serial * 1000 + index, userid, department: id })),
      );
    const { page, more } = pageAfter(rows, after, limit);
    const last = page.at(-1);
    return {
      dept_user: page.map(({ userid, department }) => ({ userid, department })),
      next_cursor: more && last ? encodeCursor('user/list_id', [last.serial]) : '',
    };
  },
};

export const directoryEndpoints: Endpoints = {
  'department/list': {
    ...open,
    answer: (given, company) => ({ department: branch(company, given.whole('id', 0)).map(departmentView) }),
  },
  'department/simplelist': {
    ...open,
    answer: (given, company) => ({
      department_id: branch(company, given.whole('id', 0)).map(({ id, parentid, order }) => ({ id, parentid, order })),
    }),
  },
  'department/get': {
    ...open,
    answer: (given, company) => ({ department: departmentView(mustDepartment(company, given.whole('id', 0))) }),
  },
  'user/get': {
    ...detailed,
    answer: (given, company) => staffView(servingStaff(company, given.required('userid'), 60111)),
  },
  'user/list': {
    ...detailed,
    answer: (given, company) => ({ userlist: membersOf(company, given.whole('department_id', 0)).map(staffView) }),
  },
  'user/simplelist': {
    ...detailed,
    answer: (given, company) => ({
      userlist: membersOf(company, given.whole('department_id', 0)).map(({ userid, name, department }) => ({
        userid,
        name,
        department,
        open_userid: '',
      })),
    }),
  },
  'user/list_id': listId,
};

function mustDepartment({ world }: Company, id: number): Department {
  const department = world.departments.get(id);
  if (!department) throw new Refusal(60003, 'department not found');
  return department;
}

/** The department and everything below it; all of them for 0. */
function branch(company: Company, id: number): Department[] {
  const all = [...company.world.departments.values()];
  if (id === 0) return all;
  const found = [mustDepartment(company, id)];
  for (const parent of found) found.push(...all.filter(({ parentid }) => parentid === parent.id));
  return found;
}

/** Direct members only: there is no `fetch_child` any more. */
function membersOf(company: Company, id: number): Staff[] {
  mustDepartment(company, id);
  return [...company.world.staff.values()].filter(({ department }) => department.includes(id));
}

const departmentView = ({ id, name, name_en, department_leader, parentid, order }: Department): object => ({
  id,
  name,
  name_en,
  department_leader,
  parentid,
  order,
});

/** Without mobile, email and the like: apps created after 2022-06 are not given them. */
const staffView = (staff: Staff): object => ({
  userid: staff.userid,
  name: staff.name,
  department: staff.department,
  order: staff.department.map(() => 0),
  position: staff.position,
  status: staff.status,
  isleader: staff.leads.length > 0 ? 1 : 0,
  extattr: { attrs: [] },
  telephone: '',
  enable: staff.status === 2 ? 0 : 1,
  hide_mobile: 0,
  alias: staff.alias,
  main_department: staff.main_department,
  is_leader_in_dept: staff.department.map((id) => (staff.leads.includes(id) ? 1 : 0)),
  direct_leader: staff.direct_leader,
});
