import type { Random } from '../random';
import { createStaff, freeUserid, personName } from './people';
import type { Staff } from './types';
import {
  customerDepartments,
  departmentTree,
  officeDepartments,
  officePositions,
  staffPositions,
  tagCatalogue,
} from './words';
import type { World } from './world';

/** Where building happens: the world, the chance, and the second it is done at. */
export interface Site {
  world: World;
  random: Random;
  now: number;
}

export function buildDepartments({ world }: Site): void {
  for (const [index, [id, parentid, name, name_en]] of departmentTree.entries()) {
    world.departments.set(id, { id, parentid, name, name_en, order: 100_000 - index * 100, department_leader: [] });
  }
}

/** Staff: three of four work with customers; each department has one leader. */
export function buildStaff(site: Site, count: number): void {
  for (let n = 0; n < count; n += 1) buildStaffMember(site, n % 4 !== 3);
  for (const staff of site.world.staff.values()) appointLeader(site.world, staff);
  for (const staff of site.world.staff.values()) staff.direct_leader = leaderOf(site.world, staff);
}

function buildStaffMember({ world, random }: Site, follower: boolean): Staff {
  const { name, pinyin } = personName(random);
  const department = [random.pick(follower ? customerDepartments : officeDepartments)];
  if (random.chance(0.1)) department.push(random.pick([2, 3, 4]));
  const userid = freeUserid(world, random.chance(0.1) ? pinyin.replace(/^./, (c) => c.toUpperCase()) : pinyin);
  const position = random.pick(follower ? staffPositions : officePositions);
  const staff = createStaff(world, { userid, name, position, department: [...new Set(department)], follower });
  if (!follower && random.chance(0.1)) staff.status = random.pick([2, 4] as const);
  if (random.chance(0.2)) staff.alias = pinyin.slice(0, 4);
  return staff;
}

function appointLeader(world: World, staff: Staff): void {
  const department = world.departments.get(staff.main_department);
  if (!department || department.department_leader.length > 0) return;
  department.department_leader.push(staff.userid);
  staff.leads.push(department.id);
}

function leaderOf(world: World, staff: Staff): string[] {
  let department = world.departments.get(staff.main_department);
  while (department) {
    const leader = department.department_leader[0];
    if (leader && leader !== staff.userid) return [leader];
    department = world.departments.get(department.parentid);
  }
  return [];
}

export function buildTags({ world, random, now }: Site): void {
  const create_time = now - 400 * 86_400;
  for (const [index, [group_name, names]] of tagCatalogue.entries()) {
    const tags = names.map((name, position) => {
      const id = random.id('et');
      return [id, { id, name, create_time, order: 100 - position }] as const;
    });
    const group_id = random.id('et');
    world.tagGroups.set(group_id, { group_id, group_name, create_time, order: 100 - index, tags: new Map(tags) });
  }
}
