import type { Company } from '../company';
import { chatOrAny, isActive, mustStaff, NotPossible, pairOf, relationOrAny } from '../control/support';
import type { GroupChat, Staff } from '../world/types';
import type { InternalChat, LeftOut } from './types';

/** Where something is said: to a customer, in a group (of customers or of colleagues), or to a colleague. */
export interface Place {
  /** The member of a single chat, or whoever speaks in a group. Left out: any. */
  userid?: string | undefined;
  external_userid?: string | undefined;
  chat_id?: string | undefined;
  /** The colleague spoken to. */
  to_userid?: string | undefined;
  /** Default `staff`. `robot` speaks in groups of colleagues only. */
  from?: 'staff' | 'external' | 'robot' | undefined;
}

/** A conversation at the moment something is said in it. */
export interface Conversation {
  /** Empty in a single chat. */
  roomid: string;
  speaker: string;
  tolist: string[];
  external: boolean;
  left_out: LeftOut | null;
}

/** @throws NotPossible when nobody is there to talk */
export function conversationAt(company: Company, place: Place): Conversation {
  if (place.to_userid !== undefined) return amongColleagues(company, place.userid, place.to_userid);
  if (place.chat_id === undefined) return withCustomer(company, place);
  const internal = company.archive.internalChats.get(place.chat_id);
  return internal ? inInternalChat(company, internal, place) : inGroup(company, place);
}

function amongColleagues(company: Company, userid: string | undefined, toUserid: string): Conversation {
  const [from, to] = [mustStaff(company, userid ?? ''), mustStaff(company, toUserid)];
  const left_out = seatOf(company, [from, to]);
  return { roomid: '', speaker: from.userid, tolist: [to.userid], external: false, left_out };
}

function withCustomer(company: Company, place: Place): Conversation {
  const relation = relationOrAny(company, place, isActive);
  if (!isActive(relation)) throw new NotPossible('They are no contacts');
  const { userid, external_userid } = pairOf(relation);
  const agreed = company.archive.consents.of(relation.staff, external_userid)?.agreed ?? false;
  const [speaker, listener] = place.from === 'external' ? [external_userid, userid] : [userid, external_userid];
  const left_out = seatOf(company, [relation.staff]) ?? (agreed ? null : 'no_consent');
  return { roomid: '', speaker, tolist: [listener], external: true, left_out };
}

function inInternalChat(company: Company, chat: InternalChat, { userid, from }: Place): Conversation {
  const members = chat.members.filter(({ status }) => status !== 5);
  const [robot] = company.archive.robots.keys();
  const speaker = from === 'robot' ? robot : (userid ?? members[0]?.userid);
  if (!speaker) throw new NotPossible('Nobody is left in that group');
  const left_out = seatOf(company, members);
  return { roomid: chat.chat_id, speaker, tolist: others(members, speaker), external: false, left_out };
}

const others = (members: readonly { userid: string }[], speaker: string): string[] =>
  members.map(({ userid }) => userid).filter((userid) => userid !== speaker);

function inGroup(company: Company, place: Place): Conversation {
  const chat = chatOrAny(company, place.chat_id);
  const members = [...chat.members.values()];
  const wanted = place.from === 'external' ? place.external_userid : (place.userid ?? chat.owner);
  const speaker = wanted ?? members.find(({ type }) => type === 2)?.userid;
  if (!speaker || !chat.members.has(speaker)) throw new NotPossible('Whoever speaks must be in the group');
  const left_out = leftOutOfGroup(company, chat, { speaker, external: place.from === 'external' });
  return { roomid: chat.chat_id, speaker, tolist: others(members, speaker), external: true, left_out };
}

/** A customer is archived in a group once they agreed there themselves, staff once anybody did. */
function leftOutOfGroup(
  company: Company,
  chat: GroupChat,
  { speaker, external }: { speaker: string; external: boolean },
): LeftOut | null {
  const members = [...chat.members.values()];
  const staff = members.flatMap(({ userid, type }) => (type === 1 ? (company.world.findStaff(userid) ?? []) : []));
  const seat = seatOf(company, staff);
  if (seat) return seat;
  const agreed = (userid: string): boolean => company.archive.consents.of(chat, userid)?.agreed ?? false;
  const heard = external ? agreed(speaker) : members.some(({ userid, type }) => type === 2 && agreed(userid));
  return heard ? null : 'no_consent';
}

/** WeCom archives a conversation when at least one of its members of staff has a seat. */
const seatOf = ({ archive }: Company, staff: readonly Staff[]): LeftOut | null =>
  staff.some((member) => archive.seats.has(member)) ? null : 'no_seat';
