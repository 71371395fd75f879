import type { XmlNode } from '../callbacks/xml';
import { type Company, record } from '../company';
import type { Department } from '../world/types';
import { directory } from './staff';
import { type Hidden, NotPossible } from './support';

export interface DepartmentTarget extends Hidden {
  id: number;
}

/** What the administrator does to the department tree. */
export const departmentOperations = (company: Company) => ({
  createDepartment({ name, parentid, silent }: { name: string; parentid: number } & Hidden): { id: number } {
    const { departments } = company.world;
    mustDepartment(company, parentid);
    const id = Math.max(...departments.keys()) + 1;
    departments.set(id, { id, name, name_en: '', parentid, order: 1000, department_leader: [] });
    const nodes: XmlNode[] = [
      ['Id', id],
      ['Name', name],
      ['ParentId', String(parentid)],
      ['Order', 1000],
    ];
    const fact = { kind: 'department_created', detail: { id, name, parentid } } as const;
    record(company, fact, [directory('create_party', nodes)], { silent });
    return { id };
  },

  /** Only a new parent is told of; a new name is not (callback URLs configured after 2022-08-15). */
  changeDepartment(target: DepartmentTarget & { name?: string; parentid?: number }): { id: number } {
    const { id, name, parentid, silent } = target;
    const department = mustDepartment(company, id);
    if (parentid !== undefined) place(company, department, parentid);
    department.name = name ?? department.name;
    const nodes: XmlNode[] = [
      ['Id', id],
      ['ParentId', String(department.parentid)],
    ];
    const announcements = parentid === undefined ? [] : [directory('update_party', nodes)];
    record(company, { kind: 'department_changed', detail: { id, name, parentid } }, announcements, { silent });
    return { id };
  },

  /** The administrator changes who sees the self-built app. Nobody is told. */
  setVisibleRange({ departments = [], userids = [] }: { departments?: number[]; userids?: string[] }): object {
    company.world.visibleRange = { departments, userids };
    return company.world.visibleRange;
  },

  /** Refused, as in WeCom, while the department has members or children. */
  deleteDepartment({ id, silent }: DepartmentTarget): { id: number } {
    mustDepartment(company, id);
    const { departments, staff } = company.world;
    if ([...departments.values()].some((department) => department.parentid === id))
      throw new NotPossible('It has children');
    if ([...staff.values()].some((member) => member.department.includes(id))) throw new NotPossible('It has members');
    departments.delete(id);
    record(company, { kind: 'department_deleted', detail: { id } }, [directory('delete_party', [['Id', id]])], {
      silent,
    });
    return { id };
  },
});

function mustDepartment({ world }: Company, id: number): Department {
  const department = world.departments.get(id);
  if (!department) throw new NotPossible(`No department ${id}`);
  return department;
}

/** @throws NotPossible when the new parent lies below the department itself */
function place(company: Company, department: Department, parentid: number): void {
  let above: Department | undefined = mustDepartment(company, parentid);
  while (above) {
    if (above.id === department.id) throw new NotPossible('A department cannot stand below itself');
    above = company.world.departments.get(above.parentid);
  }
  department.parentid = parentid;
}
