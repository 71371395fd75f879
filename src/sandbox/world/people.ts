import type { Random } from '../random';
import type { ExternalContact, Staff } from './types';
import {
  channels,
  cities,
  descriptions,
  emoji,
  firmKinds,
  firmNames,
  givenNames,
  jobTitles,
  nicknames,
  oddNames,
  personalTags,
  surnames,
  trades,
} from './words';
import type { RelationFields, World } from './world';

const none: readonly string[] = Object.freeze([]);
const commonAddWays = [1, 1, 1, 2, 3, 3, 4, 6, 10, 16, 201];
const phonePrefix = '1300000';

/** A Chinese name with the pinyin a userid is made of. */
export function personName(random: Random): { name: string; pinyin: string } {
  const surname = random.pick(surnames);
  const given = random.pick(givenNames);
  return { name: surname.text + given.text, pinyin: surname.pinyin + given.pinyin };
}

/** A userid that is free, made of the pinyin as people choose them: zhangwei, ZhangWei, zhangwei02. */
export function freeUserid(world: World, pinyin: string): string {
  const taken = (userid: string): boolean => Boolean(world.findStaff(userid) ?? world.findDeparted(userid));
  for (let n = 1; ; n += 1) {
    const userid = n === 1 ? pinyin : `${pinyin}${String(n).padStart(2, '0')}`;
    if (!taken(userid)) return userid;
  }
}

function displayName(random: Random): string {
  const draw = random.next();
  if (draw < 0.55) return personName(random).name;
  if (draw < 0.7) return random.pick(nicknames);
  if (draw < 0.82) return random.pick(nicknames) + random.pick(emoji);
  if (draw < 0.94) return `${random.pick(firmNames)}${random.pick(trades)}-${random.pick(surnames).text}总`;
  return draw < 0.985 ? `A${personName(random).name}${random.pick(emoji)}` : random.pick(oddNames);
}

const firm = (random: Random): string =>
  `${random.pick(cities)}${random.pick(firmNames)}${random.pick(trades)}${random.pick(firmKinds)}`;

/** A new person outside the company, known to nobody yet. */
export function createContact(world: World, random: Random, externalUserid?: string): ExternalContact {
  const wecomUser = externalUserid ? externalUserid.startsWith('wo') : random.chance(0.06);
  const corp_full_name = wecomUser ? firm(random) : '';
  const contact: ExternalContact = {
    external_userid: externalUserid ?? random.id(wecomUser ? 'wo' : 'wm'),
    name: displayName(random),
    type: wecomUser ? 2 : 1,
    gender: random.pick([0, 1, 2] as const),
    position: wecomUser ? random.pick(jobTitles) : '',
    corp_name: corp_full_name.slice(2, 6),
    corp_full_name,
    followers: [],
  };
  world.contacts.set(contact.external_userid, contact);
  return contact;
}

/** What WeCom knows right after somebody was added: the remark is the name, everything else is empty. */
export const freshRelation = (contact: ExternalContact, createtime: number): RelationFields => ({
  createtime,
  remark: contact.name.slice(0, 20),
  description: '',
  remark_corp_name: '',
  remark_mobiles: none,
  tags: none,
  personal_tags: none,
  add_way: 1,
  oper_userid: '',
  state: '',
  half: false,
  external_deleted: false,
});

/** A relation somebody has worked on. `tagIds` is what tags are drawn from. */
export function grownRelation(
  contact: ExternalContact,
  createtime: number,
  { random, tagIds }: { random: Random; tagIds: readonly string[] },
): RelationFields {
  const add_way = random.pick(commonAddWays);
  const tagCount = random.pick([0, 0, 1, 1, 2, 3]);
  const tags = tagCount === 0 ? none : Array.from({ length: tagCount }, () => random.pick(tagIds));
  return {
    ...freshRelation(contact, createtime),
    remark: random.chance(0.4) ? `${contact.name}-${random.pick(cities)}`.slice(0, 20) : contact.name.slice(0, 20),
    description: random.chance(0.15) ? random.pick(descriptions) : '',
    remark_corp_name: random.chance(0.2) ? `${random.pick(firmNames)}${random.pick(trades)}` : '',
    remark_mobiles: random.chance(0.12) ? [phoneNumber(random)] : none,
    tags: tags.length > 1 ? [...new Set(tags)] : tags,
    personal_tags: random.chance(0.02) ? [random.pick(personalTags)] : none,
    add_way,
    state: add_way === 1 && random.chance(0.5) ? random.pick(channels) : '',
  };
}

/** Not a number anybody has: the block is not given out. */
export const phoneNumber = (random: Random): string => phonePrefix + String(random.between(0, 9999)).padStart(4, '0');

/** A serving member without customers yet. */
export function createStaff(
  world: World,
  fields: Pick<Staff, 'userid' | 'name' | 'position' | 'department' | 'follower'>,
): Staff {
  const staff: Staff = {
    ...fields,
    serial: world.nextSerial(),
    alias: '',
    main_department: fields.department[0] ?? 1,
    leads: [],
    direct_leader: [],
    status: 1,
    departed_at: undefined,
    real_named: true,
    login_stale: false,
    customer_cap: undefined,
    relations: new Map(),
  };
  world.staff.set(staff.userid.toLowerCase(), staff);
  return staff;
}
