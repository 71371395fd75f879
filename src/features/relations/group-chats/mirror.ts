import type { Database } from '../../../db/database';
import type { GroupChat as WecomGroupChat } from '../../../wecom';
import type { Origin } from '../external-contacts';
import { chatColumns, memberColumns, unseenChat } from './columns';
import { compareChat, compareMembers, type MemberComparison, movementLines } from './comparison';
import type { GroupChat } from './group-chats.entity';
import type { GroupChatStore } from './group-chats.store';
import type { GroupChatChange, Member, NewHistory, Told } from './group-chats.types';

/** Finds, or makes known, the staff member behind a userid. */
export interface StaffDirectory {
  resolve(userids: string[]): Promise<Map<string, string>>;
}

/** A group as a read showed it, and why it was read. */
export interface Observed {
  shown: WecomGroupChat;
  /** As the list says; undefined where no list was read. */
  status: number | undefined;
  origin: Origin;
  told?: Told | undefined;
}

interface Deps {
  db: Database;
  store: GroupChatStore;
  staff: StaffDirectory;
  /** Those of them of whom nothing personal may be stored. */
  erasedOf(externalUserids: string[]): Promise<Set<string>>;
}

/** Brings our copy of a group chat in line with a read. Every method must run inside `transact`. */
export function createGroupChatMirror({ db, store, staff, erasedOf }: Deps) {
  /** Of whoever was erased only that they are there (S23). */
  async function membersOf(shown: WecomGroupChat): Promise<Member[]> {
    const members = memberColumns(shown);
    const outsiders = members.filter((member) => member.type !== staffType).map((member) => member.userid);
    const erased = await erasedOf(outsiders);
    return members.map((member) => (erased.has(member.userid) ? withoutPerson(member) : member));
  }

  async function appear(row: GroupChat, { shown, origin, told }: Observed): Promise<GroupChatChange[]> {
    const members = await membersOf(shown);
    await store.saveMembers(row.chat_id, members);
    await makeKnown(row.owner, members);
    const detail = { name: row.name, owner: row.owner, member_count: row.member_count };
    const created: NewHistory = { kind: 'created', occurred_at: row.created_at, detail };
    const moved = movementLines({ joined: [], left: [] }, { at: origin.at, told, known: [] });
    await store.addHistory(row.chat_id, [created, ...moved], origin);
    return [{ kind: 'group_chat_appeared', chatId: row.chat_id, detail }];
  }

  async function follow(old: GroupChat, { shown, status, origin, told }: Observed): Promise<GroupChatChange[]> {
    const chatId = old.chat_id;
    const members = compareMembers(await store.members(chatId), await membersOf(shown));
    const chat = compareChat(old, chatColumns(shown, status), { at: origin.at, told });
    if (chat.differs) await store.update({ ...chat.row, updated_at: db.now() });
    await saveMembers(chatId, members);
    await makeKnown(chat.row.owner === old.owner ? '' : chat.row.owner, members.joined);
    await store.addHistory(chatId, [...chat.lines, ...(await moves(chatId, members, origin, told))], origin);
    return changesOf(chatId, chat.detail, members);
  }

  async function saveMembers(chatId: string, { joined, left, edited }: MemberComparison): Promise<void> {
    const gone = left.map((member) => member.userid);
    await store.deleteMembers(chatId, gone);
    await store.saveMembers(chatId, [...joined, ...edited]);
  }

  /** The history is looked through only when somebody came or went. */
  async function moves(
    chatId: string,
    members: Omit<MemberComparison, 'edited'>,
    { at }: Origin,
    told: Told | undefined,
  ): Promise<NewHistory[]> {
    if (members.joined.length + members.left.length + (told?.userids.length ?? 0) === 0) return [];
    return movementLines(members, { at, told, known: await store.movements(chatId) });
  }

  async function makeKnown(owner: string, members: Member[]): Promise<void> {
    const userids = members.filter((member) => member.type === staffType).map((member) => member.userid);
    const unknown = [...new Set(owner ? [owner, ...userids] : userids)];
    if (unknown.length > 0) await staff.resolve(unknown);
  }

  return {
    async apply(observed: Observed): Promise<GroupChatChange[]> {
      const { shown, status } = observed;
      const now = db.now();
      const candidate = { ...unseenChat(shown.chat_id, now), ...chatColumns(shown, status) };
      const row = await store.ensure(candidate);
      return row.id === candidate.id ? appear(row, observed) : follow(row, observed);
    },

    /** What an event told of a group that can no longer be read. */
    async tell(chatId: string, told: Told, origin: Origin): Promise<void> {
      const [known] = await store.chats([chatId]);
      if (!known) return;
      await store.addHistory(chatId, await moves(chatId, { joined: [], left: [] }, origin, told), origin);
    },
  };
}

const staffType = 1;

const withoutPerson = (member: Member): Member => ({ ...member, name: '', nickname: '', unionid: null, channel: null });

function changesOf(chatId: string, detail: object, { joined, left }: MemberComparison): GroupChatChange[] {
  const changes: GroupChatChange[] = [];
  if (Object.keys(detail).length > 0) changes.push({ kind: 'group_chat_changed', chatId, detail });
  if (joined.length + left.length > 0) {
    const moved = { joined: joined.map((m) => m.userid), left: left.map((m) => m.userid) };
    changes.push({ kind: 'group_chat_members_changed', chatId, detail: moved });
  }
  return changes;
}
