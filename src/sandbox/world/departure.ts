import type { Random } from '../random';
import type { Staff } from './types';
import type { World } from './world';

interface Place {
  world: World;
  random: Random;
}

/**
 * A member leaves at `at` (s): customers become unassigned, groups owned get status 1, seats in other groups are
 * vacated. A customer who had deleted the leaver, or was only half added, is simply gone.
 */
export function depart({ world, random }: Place, staff: Staff, at: number): void {
  staff.departed_at = at;
  staff.status = 5;
  world.staff.delete(staff.userid.toLowerCase());
  world.departed.set(staff.userid.toLowerCase(), staff);
  for (const relation of [...staff.relations.values()]) {
    world.unlink(relation);
    if (!relation.half && !relation.external_deleted) world.addUnassigned(staff, relation.contact);
  }
  vacateGroups({ world, random }, staff);
  for (const department of world.departments.values()) {
    department.department_leader = department.department_leader.filter((leader) => leader !== staff.userid);
  }
  for (const colleague of world.staff.values()) {
    colleague.direct_leader = colleague.direct_leader.filter((leader) => leader !== staff.userid);
  }
}

function vacateGroups({ world, random }: Place, staff: Staff): void {
  for (const chat of world.liveGroupChats()) {
    if (chat.owner === staff.userid) {
      chat.status = 1;
    } else if (chat.members.delete(staff.userid)) {
      chat.admins = chat.admins.filter((userid) => userid !== staff.userid);
      chat.member_version = random.hex(32);
    }
  }
}
