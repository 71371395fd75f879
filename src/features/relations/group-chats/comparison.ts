import { seconds } from '../../../core/clock';
import type { GroupChat, GroupChatMember } from './group-chats.entity';
import type { HistoryKind, Member, Movement, NewHistory, Told } from './group-chats.types';

/** What a read changes of a group's own row. */
export interface ChatComparison {
  row: GroupChat;
  /** Whether the row must be written at all. */
  differs: boolean;
  lines: NewHistory[];
  /** `{field: [before, after]}` of what is worth telling. */
  detail: Record<string, unknown>;
}

const kindOf: Partial<Record<keyof GroupChat, HistoryKind>> = {
  name: 'renamed',
  owner: 'owner_changed',
  notice: 'notice_changed',
  admins: 'admins_changed',
  status: 'status_changed',
  state: 'reappeared',
};

/** @param at when the read began; what an event told happened when the event says */
export function compareChat(
  old: GroupChat,
  columns: Partial<GroupChat>,
  { at, told }: { at: Date; told: Told | undefined },
): ChatComparison {
  const row = { ...old, ...columns, ...revived(old, at), absent_since: null };
  const changed = (Object.keys(row) as (keyof GroupChat)[]).filter((field) => !same(old[field], row[field]));
  const lines = changed.flatMap((field): NewHistory[] => {
    const kind = kindOf[field];
    const detail = { before: plain(field, old), after: plain(field, row) };
    return kind ? [{ kind, occurred_at: told?.kind === kind ? told.at : at, detail }] : [];
  });
  const telling = changed.filter((field) => field in kindOf);
  const detail = Object.fromEntries(telling.map((field) => [field, [plain(field, old), plain(field, row)]]));
  return { row, differs: changed.length > 0, lines, detail };
}

/** For about two seconds after a group is dissolved WeCom still shows it (events §3). */
const raceMs = seconds(10);

function revived({ state, dismissed_at }: GroupChat, at: Date): Partial<GroupChat> {
  if (dismissed_at && at.getTime() - dismissed_at.getTime() <= raceMs) return {};
  return state === 'active' ? {} : { state: 'active', dismissed_at: null };
}

const plain = (field: keyof GroupChat, row: GroupChat): unknown =>
  field === 'admins' ? JSON.parse(row.admins) : row[field];

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

export interface MemberComparison {
  joined: Member[];
  left: Member[];
  /** New name, nickname and the like: kept, not told. */
  edited: Member[];
}

/** A group has at least its owner: an empty list says nothing. */
export function compareMembers(old: GroupChatMember[], shown: Member[]): MemberComparison {
  if (shown.length === 0) return { joined: [], left: [], edited: [] };
  const before = new Map(old.map((member) => [member.userid, member]));
  const now = new Set(shown.map((member) => member.userid));
  return {
    joined: shown.filter((member) => isNew(before.get(member.userid), member)),
    left: old.filter((member) => !now.has(member.userid)),
    edited: shown.filter((member) => !isNew(before.get(member.userid), member) && isEdited(before, member)),
  };
}

/** One join is told by the event and by the read, a moment apart. */
const sameJoinMs = seconds(5);
const apart = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());

/** Also who left and came back between two reads. */
const isNew = (old: GroupChatMember | undefined, { joined_at }: Member): boolean =>
  !old || (old.joined_at !== null && joined_at !== null && joined_at.getTime() - old.joined_at.getTime() > sameJoinMs);

function isEdited(before: ReadonlyMap<string, GroupChatMember>, member: Member): boolean {
  const old = before.get(member.userid);
  const fields = Object.keys(member) as (keyof Member)[];
  return old !== undefined && fields.some((field) => !same(old[field], member[field]));
}

/** What the history does not hold yet of who came and went: what the event told, and what only the read showed. */
export function movementLines(
  { joined, left }: Omit<MemberComparison, 'edited'>,
  { at, told, known }: { at: Date; told: Told | undefined; known: Movement[] },
): NewHistory[] {
  const people = new Map([...left, ...joined].map((member) => [member.userid, member]));
  const lines = toldLines(told, people, known);
  const isTold = (kind: Movement['kind'], { userid }: Member) => told?.kind === kind && told.userids.includes(userid);
  for (const member of joined) {
    const joinedAt = member.joined_at ?? at;
    const isKnown = known.some((m) => m.kind === 'joined' && m.userid === member.userid && isSameJoin(m, joinedAt));
    if (!isTold('joined', member) && !isKnown) lines.push(inferred('joined', joinedAt, member));
  }
  for (const member of left) {
    if (!isTold('left', member) && !hasLeft(member, known)) lines.push(inferred('left', at, member));
  }
  return lines;
}

const isSameJoin = (movement: Movement, at: Date): boolean => apart(movement.occurred_at, at) <= sameJoinMs;

/** An event that comes twice, or after a read that already showed the join, tells nothing new. */
function toldLines(told: Told | undefined, people: ReadonlyMap<string, Member>, known: Movement[]): NewHistory[] {
  if (told?.kind !== 'joined' && told?.kind !== 'left') return [];
  const { kind, at, userids, scene } = told;
  const isKnown = (m: Movement) => (kind === 'joined' ? isSameJoin(m, at) : apart(m.occurred_at, at) === 0);
  return [...new Set(userids)]
    .filter((userid) => !known.some((m) => m.kind === kind && m.userid === userid && isKnown(m)))
    .map((userid) => ({ kind, occurred_at: at, detail: { ...personOf(people.get(userid), userid), scene } }));
}

/** Nobody told when: a leave is dated by the read that lacked the member. */
const inferred = (kind: Movement['kind'], occurred_at: Date, member: Member): NewHistory => ({
  kind,
  occurred_at,
  detail: { ...personOf(member, member.userid), inferred: true },
});

const personOf = (member: Member | undefined, userid: string) =>
  member
    ? { userid, type: member.type, name: member.name, join_scene: member.join_scene, invitor: member.invitor }
    : { userid };

/** Whether the leave was told before a read lagging behind stopped showing the member. */
function hasLeft({ userid, joined_at }: Member, known: Movement[]): boolean {
  const own = known
    .filter((m) => m.userid === userid)
    .sort((a, b) => b.occurred_at.getTime() - a.occurred_at.getTime());
  return own[0]?.kind === 'left' && own[0].occurred_at >= (joined_at ?? own[0].occurred_at);
}
