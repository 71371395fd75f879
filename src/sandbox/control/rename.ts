import type { GroupChat, Staff } from '../world/types';
import type { World } from '../world/world';
import { NotPossible } from './support';

/** Puts the new userid wherever the old one stood. Relations, transfers and leavers' rows hold the member itself. */
export function renameEverywhere(world: World, staff: Staff, userid: string): void {
  const old = staff.userid;
  if (world.findStaff(userid) ?? world.findDeparted(userid)) throw new NotPossible(`${userid} is taken`);
  world.staff.delete(old.toLowerCase());
  staff.userid = userid;
  world.staff.set(userid.toLowerCase(), staff);
  const renamed = (list: string[]): string[] => list.map((entry) => (entry === old ? userid : entry));
  for (const chat of world.groupChats.values()) renameInGroup(chat, old, userid);
  for (const department of world.departments.values()) {
    department.department_leader = renamed(department.department_leader);
  }
  for (const colleague of world.staff.values()) colleague.direct_leader = renamed(colleague.direct_leader);
}

function renameInGroup(chat: GroupChat, old: string, userid: string): void {
  if (chat.owner === old) chat.owner = userid;
  chat.admins = chat.admins.map((admin) => (admin === old ? userid : admin));
  const members = [...chat.members.values()].map((member) => ({
    ...member,
    userid: member.userid === old ? userid : member.userid,
    invitor: member.invitor === old ? userid : member.invitor,
  }));
  chat.members = new Map(members.map((member) => [member.userid, member]));
}
