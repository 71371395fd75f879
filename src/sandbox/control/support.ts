import type { Company } from '../company';
import type { ExternalContact, GroupChat, Relation, Staff } from '../world/types';
import { groupChatView } from '../world/views';

/** An operation that cannot be done in the company as it is: unknown ids, or nothing suitable to pick. */
export class NotPossible extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotPossible';
  }
}

/** False for what does not fit the company as it is; any other fault is a bug and shows. */
export function happens(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof NotPossible) return false;
    throw error;
  }
}

/** Every operation takes this: no callback is sent, as when WeCom loses one. */
export interface Hidden {
  silent?: boolean | undefined;
}

export function mustStaff({ world }: Company, userid: string): Staff {
  const staff = world.findStaff(userid);
  if (!staff) throw new NotPossible(`No serving staff member ${userid}`);
  return staff;
}

/** The named member, or any who follows customers. */
export function followerOrAny(company: Company, userid: string | undefined): Staff {
  return userid ? mustStaff(company, userid) : anyOf(company, company.world.followers());
}

export function anyOf<T>({ random }: Company, list: readonly T[]): T {
  if (list.length === 0) throw new NotPossible('Nothing to pick from');
  return random.pick(list);
}

export interface RelationChoice {
  userid?: string | undefined;
  external_userid?: string | undefined;
}

/** The named relation; what is left open is picked among those that `fits` accepts. */
export function relationOrAny(
  company: Company,
  choice: RelationChoice,
  fits: (relation: Relation) => boolean,
): Relation {
  const { userid, external_userid } = choice;
  if (userid && external_userid) {
    const relation = mustStaff(company, userid).relations.get(external_userid);
    if (!relation) throw new NotPossible(`${userid} has no relation to ${external_userid}`);
    return relation;
  }
  const candidates = external_userid
    ? (company.world.contacts.get(external_userid)?.followers ?? [])
    : [...(userid ? mustStaff(company, userid) : withRelations(company)).relations.values()];
  return anyOf(company, candidates.filter(fits));
}

function withRelations(company: Company): Staff {
  const busy = company.world.followers().filter((staff) => staff.relations.size > 0);
  return anyOf(company, busy);
}

/** Relations WeCom's lists show and neither side has ended. */
export const isActive = (relation: Relation): boolean => !relation.half && !relation.external_deleted;
export const isListed = (relation: Relation): boolean => !relation.half;

export interface Pair {
  userid: string;
  external_userid: string;
}

export const pairOf = ({ staff, contact }: Relation): Pair => ({
  userid: staff.userid,
  external_userid: contact.external_userid,
});

export function mustContact({ world }: Company, externalUserid: string): ExternalContact {
  const contact = world.contacts.get(externalUserid);
  if (!contact) throw new NotPossible(`No external contact ${externalUserid}`);
  return contact;
}

export function chatOrAny(
  company: Company,
  chatId: string | undefined,
  fits = (_: GroupChat): boolean => true,
): GroupChat {
  const { world } = company;
  if (!chatId) return anyOf(company, world.liveGroupChats().filter(fits));
  const chat = world.groupChats.get(chatId);
  if (!chat || chat.dismissed) throw new NotPossible(`No group chat ${chatId}`);
  return chat;
}

/** Call before changing a group: for a moment `groupchat/get` goes on answering what was (eventual consistency, R10). */
export function rememberShown({ world, clock, groupChatLagMs }: Company, chat: GroupChat): void {
  const now = clock.now().getTime();
  if (groupChatLagMs === 0 || (chat.stale && chat.stale.until > now)) return;
  chat.stale = { view: groupChatView(world, chat), until: now + groupChatLagMs };
}

/** WeCom's version of a member list after a change. @returns both, for the event */
export function nextMemberVersion(
  { random }: Company,
  chat: GroupChat,
): { lastVersion: string; currentVersion: string } {
  const lastVersion = chat.member_version;
  chat.member_version = random.hex(32);
  return { lastVersion, currentVersion: chat.member_version };
}
