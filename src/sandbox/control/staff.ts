import { directoryEvent, rangeEvent } from '../callbacks/events';
import type { XmlNode } from '../callbacks/xml';
import { type Announcement, type Company, nowOf, record } from '../company';
import { depart } from '../world/departure';
import { createStaff, freeUserid, personName } from '../world/people';
import type { Staff, StaffStatus } from '../world/types';
import { customerDepartments, staffPositions } from '../world/words';
import { renameEverywhere } from './rename';
import { anyOf, type Hidden, mustStaff, NotPossible } from './support';

export interface Hiring extends Hidden {
  userid?: string | undefined;
  name?: string | undefined;
  department?: number[] | undefined;
  /** Works with customers. Default true. */
  follower?: boolean | undefined;
}

export interface StaffTarget extends Hidden {
  userid: string;
}

/** What stands in the way of giving somebody customers or groups. Left out stays. */
export interface Fitness {
  /** A serving member, or one who left. */
  userid: string;
  /** Without it they take nothing over (40098). */
  real_named?: boolean;
  /** Has not signed in for a year: takes over nothing and gives nothing (40205). */
  login_stale?: boolean;
  /** As many customers as they may have (40099); null: as many as you like. */
  customer_cap?: number | null;
}

export const directory = (change: string, nodes: readonly XmlNode[]): Announcement => ({
  receiver: 'contacts',
  nodes: directoryEvent(change, nodes),
});

/** What the administrator does to staff in the console. */
export const staffOperations = (company: Company) => ({
  /** A new member. WeCom tells of `UserID` and `Department` only. */
  hireStaff(hiring: Hiring = {}): { userid: string } {
    const staff = hire(company, hiring);
    record(
      company,
      { kind: 'staff_hired', userid: staff.userid, detail: { name: staff.name, department: staff.department } },
      [directory('create_user', memberNodes(staff)), range(company, 'subscribe', staff.userid)],
      hiring,
    );
    return { userid: staff.userid };
  },

  /** A member leaves: customers become unassigned, groups owned wait for an heir. */
  staffLeaves(target: StaffTarget): { userid: string; unassigned: number } {
    const staff = mustStaff(company, target.userid);
    depart(company, staff, nowOf(company));
    const unassigned = [...company.world.unassigned()].filter((row) => row.handover === staff).length;
    record(
      company,
      { kind: 'staff_left', userid: staff.userid, detail: { unassigned } },
      [directory('delete_user', [['UserID', staff.userid]]), range(company, 'unsubscribe', staff.userid)],
      target,
    );
    return { userid: staff.userid, unassigned };
  },

  moveStaff(target: StaffTarget & { department: number[] }): { userid: string } {
    const staff = mustStaff(company, target.userid);
    move(company, staff, target.department);
    const detail = { department: staff.department };
    const announcements = [directory('update_user', memberNodes(staff))];
    record(company, { kind: 'staff_moved', userid: staff.userid, detail }, announcements, target);
    return { userid: staff.userid };
  },

  /** The userid changes; everything that named the old one names the new one. */
  renameStaff(target: StaffTarget & { new_userid: string }): { userid: string; new_userid: string } {
    const staff = mustStaff(company, target.userid);
    const old = staff.userid;
    renameEverywhere(company.world, staff, target.new_userid);
    const nodes: XmlNode[] = [
      ['UserID', old],
      ['NewUserID', staff.userid],
      ['Department', staff.department.join(',')],
    ];
    const fact = { kind: 'staff_renamed', userid: old, detail: { new_userid: staff.userid } } as const;
    record(company, fact, [directory('update_user', nodes)], target);
    return { userid: old, new_userid: staff.userid };
  },

  /** The member gains or loses the 客户联系 function, or the visible range. Without it no list shows their customers. */
  setFollower(target: StaffTarget & { follower: boolean }): { userid: string } {
    const staff = mustStaff(company, target.userid);
    staff.follower = target.follower;
    const event = target.follower ? 'subscribe' : 'unsubscribe';
    const fact = { kind: 'staff_changed', userid: staff.userid, detail: { follower: target.follower } } as const;
    record(company, fact, [range(company, event, staff.userid)], target);
    return { userid: staff.userid };
  },

  /** Nobody is told, and no list shows it. */
  setFitness({ userid, real_named, login_stale, customer_cap }: Fitness): { userid: string } {
    const staff = company.world.findDeparted(userid) ?? mustStaff(company, userid);
    staff.real_named = real_named ?? staff.real_named;
    staff.login_stale = login_stale ?? staff.login_stale;
    if (customer_cap !== undefined) staff.customer_cap = customer_cap ?? undefined;
    return { userid: staff.userid };
  },

  /** 1 active, 2 disabled, 4 not activated. Disabling tells the app `unsubscribe`; the directory callback says nothing. */
  setStaffStatus(target: StaffTarget & { status: Exclude<StaffStatus, 5> }): { userid: string } {
    const staff = mustStaff(company, target.userid);
    staff.status = target.status;
    const event = target.status === 1 ? 'subscribe' : 'unsubscribe';
    const fact = { kind: 'staff_changed', userid: staff.userid, detail: { status: target.status } } as const;
    record(company, fact, [range(company, event, staff.userid)], target);
    return { userid: staff.userid };
  },
});

const range = (company: Company, event: 'subscribe' | 'unsubscribe', userid: string): Announcement => ({
  from: userid,
  nodes: rangeEvent(event, company.agentId),
});

const memberNodes = (staff: Staff): XmlNode[] => [
  ['UserID', staff.userid],
  ['Department', staff.department.join(',')],
];

function hire(company: Company, { userid, name, department, follower = true }: Hiring): Staff {
  const { world, random } = company;
  const person = personName(random);
  if (userid && world.findStaff(userid)) throw new NotPossible(`${userid} is taken`);
  // Whoever comes back under an old userid is a new member to WeCom.
  if (userid) world.departed.delete(userid.toLowerCase());
  for (const id of department ?? []) mustDepartment(company, id);
  return createStaff(world, {
    userid: userid ?? freeUserid(world, person.pinyin),
    name: name ?? person.name,
    position: random.pick(staffPositions),
    department: department ?? [
      anyOf(
        company,
        customerDepartments.filter((id) => world.departments.has(id)),
      ),
    ],
    follower,
  });
}

function move(company: Company, staff: Staff, department: number[]): void {
  if (department.length === 0) throw new NotPossible('A member stands in at least one department');
  for (const id of department) mustDepartment(company, id);
  const left = staff.department.filter((id) => !department.includes(id));
  for (const id of left) {
    const former = company.world.departments.get(id);
    if (former) former.department_leader = former.department_leader.filter((leader) => leader !== staff.userid);
  }
  staff.department = [...department];
  staff.leads = staff.leads.filter((id) => department.includes(id));
  if (!department.includes(staff.main_department)) staff.main_department = department[0] ?? 1;
}

function mustDepartment({ world }: Company, id: number): void {
  if (!world.departments.has(id)) throw new NotPossible(`No department ${id}`);
}
