import { createRandom, type Random } from '../random';
import { buildDepartments, buildStaff, buildTags, type Site } from './build-company';
import { depart } from './departure';
import { createGroupChat, externalMember, staffMember } from './groups';
import { createContact, grownRelation } from './people';
import type { GroupChat, Staff } from './types';
import { cities, groupTopics } from './words';
import { World } from './world';

export interface WorldSize {
  /** Serving staff. */
  staff: number;
  externalContacts: number;
  groupChats: number;
  /** People who left before the story begins, with customers nobody was given yet. */
  leavers: number;
  /** What was said in the last four days. 0: nobody talks, later neither. */
  messages: number;
  seed: number;
}

export const defaultSize: WorldSize = {
  staff: 60,
  externalContacts: 5000,
  groupChats: 120,
  leavers: 2,
  messages: 600,
  seed: 20_260_101,
};

const day = 86_400;

/** A whole company out of a seed. `now` in seconds: everything has happened within the 500 days before it. */
export function buildWorld(size: WorldSize, now: number): World {
  const world = new World();
  const site: Site = { world, random: createRandom(size.seed), now };
  buildDepartments(site);
  buildTags(site);
  buildStaff(site, size.staff + size.leavers);
  const followers = world.followers();
  if (followers.length === 0) return world;
  buildContacts(site, { count: size.externalContacts, lost: 0.01, of: () => followersOf(site.random, followers) });
  for (let n = 0; n < size.groupChats; n += 1) buildGroupChat(site, site.random.pick(followers), followers);
  for (const leaver of followers.slice(followers.length - size.leavers)) {
    depart(site, leaver, now - site.random.between(2, 40) * day);
  }
  return world;
}

interface Acquaintances {
  count: number;
  /** The share of customers who deleted the staff member. */
  lost: number;
  /** Who has the next one. */
  of(): readonly Staff[];
}

/** New customers, met over the last 500 days. */
export function buildContacts({ world, random, now }: Site, { count, lost, of }: Acquaintances): void {
  const tagIds = world.tagIds();
  for (let n = 0; n < count; n += 1) {
    const contact = createContact(world, random);
    for (const staff of of()) {
      const age = Math.floor((500 * day * (count - n)) / count);
      const fields = grownRelation(contact, now - age - random.between(0, day), { random, tagIds });
      const relation = world.link(staff, contact, fields);
      relation.external_deleted = random.chance(lost);
    }
  }
}

/** One customer in seven has several followers; busy staff have more customers than quiet ones. */
function followersOf(random: Random, followers: readonly Staff[]): Staff[] {
  const first = busy(random, followers);
  if (random.chance(0.86)) return [first];
  return [...new Set([first, busy(random, followers), random.pick(followers)])];
}

/** Squaring the draw favours the head of the list. */
function busy(random: Random, followers: readonly Staff[]): Staff {
  const position = Math.floor((0.4 * random.next() ** 2 + 0.6 * random.next()) * followers.length);
  return followers[position] ?? random.pick(followers);
}

export function buildGroupChat({ world, random, now }: Site, owner: Staff, followers: readonly Staff[]): GroupChat {
  const createTime = now - random.between(1, 400) * day;
  const chat = createGroupChat(world, random, {
    name: random.chance(0.08) ? '' : `${random.pick(cities)}${random.pick(groupTopics)}${random.between(1, 30)}`,
    owner,
    createTime,
  });
  admitStaff(random, chat, followers);
  admitExternals(world, random, chat);
  return chat;
}

function admitStaff(random: Random, chat: GroupChat, followers: readonly Staff[]): void {
  for (const staff of random.sample(followers, random.between(1, 4))) {
    if (chat.members.has(staff.userid)) continue;
    const joining = {
      join_time: chat.create_time + random.between(0, day),
      join_scene: 1,
      invitor: chat.owner,
    } as const;
    chat.members.set(staff.userid, staffMember(staff, joining));
    if (random.chance(0.2)) chat.admins.push(staff.userid);
  }
}

/** Mostly the owner's customers, and now and then somebody no colleague has ever added. */
function admitExternals(world: World, random: Random, chat: GroupChat): void {
  const known = [...(world.findStaff(chat.owner)?.relations.values() ?? [])];
  const invited = pickSome(random, known, random.between(4, 50)).map((relation) => relation.contact);
  const strangers = Array.from({ length: random.between(0, 3) }, () => createContact(world, random));
  for (const contact of [...invited, ...strangers]) {
    const join_scene = random.pick([1, 2, 3] as const);
    const join_time = chat.create_time + random.between(0, 30 * day);
    const invitor = join_scene === 1 ? chat.owner : '';
    chat.members.set(contact.external_userid, externalMember(contact, { join_time, join_scene, invitor }, random));
  }
}

/** A stretch of the list instead of a true sample: lists may hold thousands. */
function pickSome<T>(random: Random, list: readonly T[], count: number): T[] {
  const start = random.between(0, Math.max(0, list.length - count));
  return list.slice(start, start + count);
}
