import type { Company } from './company';
import type { Control } from './control';
import { anyOf, chatOrAny, isActive, NotPossible, pairOf, relationOrAny } from './control/support';
import type { Random } from './random';
import { phoneNumber } from './world/people';
import type { GroupChat, Staff } from './world/types';
import { channels, cities, descriptions, groupTopics, newGroupNames, newTagNames, notices } from './world/words';

/** Name, weight, deed. */
export type Move = readonly [name: string, weight: number, act: () => unknown];

interface Actors {
  company: Company;
  control: Control;
  random: Random;
}

/** All that can happen by itself. */
export const lifeMoves = (actors: Actors): readonly Move[] => [
  ...relationMoves(actors),
  ...groupMoves(actors),
  ...tagMoves(actors),
  ...staffMoves(actors),
  ...transferMoves(actors),
];

const relationMoves = ({ company, control, random }: Actors): Move[] => [
  [
    'add',
    26,
    () => control.addRelation(random.chance(0.5) ? { state: random.pick(channels), add_way: 1 } : { add_way: 3 }),
  ],
  ['half add', 4, () => control.addRelation({ half: true, state: random.pick(channels) })],
  ['confirm', 3, () => control.addRelation(pairOf(relationOrAny(company, {}, (relation) => relation.half)))],
  [
    'remark',
    14,
    () => control.editRelation({ description: random.pick(descriptions), remark_mobiles: [phoneNumber(random)] }),
  ],
  ['tag', 14, () => control.editRelation({ add_tags: [anyOf(company, company.world.tagIds())] })],
  ['untag', 4, () => untag(company, control)],
  ['staff deletes', 4, () => control.deleteByStaff()],
  ['customer deletes', 6, () => control.deleteByExternal()],
  [
    'comes back',
    2,
    () => control.addRelation(pairOf(relationOrAny(company, {}, (relation) => relation.external_deleted))),
  ],
];

function untag(company: Company, control: Control): void {
  const relation = relationOrAny(company, {}, (candidate) => isActive(candidate) && candidate.tags.length > 0);
  control.editRelation({ ...pairOf(relation), remove_tags: relation.tags.slice(0, 1) });
}

const groupMoves = ({ company, control, random }: Actors): Move[] => [
  ['new group', 1.5, () => createGroup(company, control, random)],
  ['rename group', 1, () => control.renameGroup({ name: `${random.pick(cities)}${random.pick(groupTopics)}` })],
  ['notice', 1, () => control.changeNotice({ notice: random.pick(notices) })],
  ['group owner', 0.6, () => control.changeOwner({ owner: anyOf(company, company.world.followers()).userid })],
  ['join', 8, () => join(company, control, random)],
  ['leave', 5, () => leave(company, control, random)],
  ['dismiss', 0.4, () => control.dismissGroup()],
];

function createGroup(company: Company, control: Control, random: Random): void {
  const owner = anyOf(company, company.world.followers());
  const customers = [...owner.relations.values()].filter(isActive).map((relation) => relation.contact.external_userid);
  const members = random.sample(customers, random.between(1, 8));
  control.createGroup({ owner: owner.userid, name: `${random.pick(cities)}${random.pick(groupTopics)}`, members });
}

function join(company: Company, control: Control, random: Random): void {
  const chat = chatOrAny(company, undefined);
  const newcomer = relationOrAny(company, {}, (relation) => !chat.members.has(relation.contact.external_userid));
  const members = [newcomer.contact.external_userid];
  control.joinGroup({ chat_id: chat.chat_id, members, scanned: random.chance(0.5) });
}

function leave(company: Company, control: Control, random: Random): void {
  const chat = chatOrAny(company, undefined, (candidate) => externals(candidate).length > 0);
  const members = [anyOf(company, externals(chat))];
  control.leaveGroup({ chat_id: chat.chat_id, members, removed: random.chance(0.25) });
}

const externals = (chat: GroupChat): string[] =>
  [...chat.members.values()].filter(({ type }) => type === 2).map(({ userid }) => userid);

const tagMoves = ({ company, control, random }: Actors): Move[] => [
  ['new tag', 0.6, () => control.createTag({ name: random.pick(newTagNames) })],
  ['rename tag', 0.4, () => control.renameTag({ tag_id: anyTag(company), name: `${random.pick(newTagNames)}2` })],
  ['delete tag', 0.2, () => control.deleteTag({ tag_id: anyTag(company) })],
  [
    'new tag group',
    0.1,
    () => control.createTagGroup({ name: random.pick(newGroupNames), tags: [random.pick(newTagNames)] }),
  ],
  [
    'delete tag group',
    0.05,
    () => control.deleteTagGroup({ group_id: anyOf(company, [...company.world.tagGroups.keys()]) }),
  ],
];

const anyTag = (company: Company): string => anyOf(company, company.world.tagIds());

function staffMoves({ company, control, random }: Actors): Move[] {
  const enough = company.world.staff.size * 0.7;
  const anyone = (): Staff => anyOf(company, [...company.world.staff.values()]);
  return [
    ['hire', 0.5, () => control.hireStaff()],
    ['staff leaves', 0.4, () => (company.world.staff.size > enough ? control.staffLeaves(anyone()) : notNow())],
    ['staff moves', 0.4, () => control.moveStaff({ userid: anyone().userid, department: [anyDepartment(company)] })],
    ['staff renamed', 0.1, () => control.renameStaff({ userid: anyone().userid, new_userid: random.id('staff', 12) })],
  ];
}

const anyDepartment = (company: Company): number => anyOf(company, [...company.world.departments.keys()]);

const transferMoves = ({ company, control, random }: Actors): Move[] => [
  ['assign leaver customers', 2, () => assignLeavers(company, control, random)],
  ['transfer in service', 1, () => transferInService(company, control, random)],
];

function assignLeavers(company: Company, control: Control, random: Random): void {
  const row = anyOf(company, [...company.world.unassigned()]);
  const rows = [...company.world.unassigned()].filter(({ handover }) => handover === row.handover);
  control.transferCustomers({
    handover_userid: row.handover.userid,
    takeover_userid: anyOf(company, company.world.followers()).userid,
    external_userids: rows.slice(0, random.between(1, 10)).map(({ contact }) => contact.external_userid),
  });
}

function transferInService(company: Company, control: Control, random: Random): void {
  const relation = relationOrAny(company, {}, isActive);
  const colleagues = company.world.followers().filter((staff) => staff !== relation.staff);
  const customers = [...relation.staff.relations.values()].filter(isActive);
  control.transferCustomers({
    handover_userid: relation.staff.userid,
    takeover_userid: anyOf(company, colleagues).userid,
    external_userids: random.sample(customers, random.between(1, 5)).map(({ contact }) => contact.external_userid),
  });
}

function notNow(): never {
  throw new NotPossible('Too few are left');
}
