import { seconds, sleep } from '../../../core/clock';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { GroupChatApi, GroupChat as WecomGroupChat } from '../../../wecom';
import type { DomainEvents } from '../../kernel/events';
import type { Origin } from '../external-contacts';
import { unseenChat } from './columns';
import { tellOf } from './group-chat-news';
import type { GroupChat } from './group-chats.entity';
import { createGroupChatStore } from './group-chats.store';
import type { GroupChatChange, GroupChatEvent, GroupChatUpdate, HistoryKind, Told } from './group-chats.types';
import { createGroupChatMirror, type StaffDirectory } from './mirror';
import { renameMember } from './rename-member';

export type { GroupChatChange, GroupChatEvent, GroupChatUpdate } from './group-chats.types';

interface Deps {
  db: Database;
  wecom: { groupChats: Pick<GroupChatApi, 'get'> };
  staff: StaffDirectory;
  vault: Vault;
  events: Pick<DomainEvents, 'publish'>;
  /** Those of them of whom nothing personal may be stored. */
  erasedOf(externalUserids: string[]): Promise<Set<string>>;
  /** Between two reads of a group that lags behind its event. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

interface Read {
  shown: WecomGroupChat | null;
  origin: Origin;
}

export type GroupChatService = ReturnType<typeof createGroupChatService>;

/** Keeps group chats true to WeCom. Every `on…` reads first and returns the write. */
export function createGroupChatService({ db, wecom, staff, vault, events, erasedOf, wait = sleep }: Deps) {
  const store = createGroupChatStore({ db, vault, tell: tellOf(events) });
  const mirror = createGroupChatMirror({ db, store, staff, erasedOf });

  async function read({ chat_id, ref }: GroupChatEvent, signal?: AbortSignal): Promise<Read> {
    const origin: Origin = { source: 'event', ref, at: db.now() };
    return { shown: await wecom.groupChats.get(chat_id, { lane: 'event', signal }), origin };
  }

  /** WeCom answers for a moment as if nothing had happened (R10): asks again, and then takes what is there. */
  async function readSettled(event: GroupChatUpdate, signal?: AbortSignal): Promise<Read> {
    let found = await read(event, signal);
    const mayLag = !event.stale && db.now().getTime() - event.at.getTime() < longestLagMs;
    for (let more = rereads; more > 0 && mayLag && isBehind(found.shown, event); more--) {
      await wait(rereadMs, signal);
      if (signal?.aborted) break;
      found = await read(event, signal);
    }
    return found;
  }

  /** A group that WeCom no longer knows stays as it is: the event that it was dissolved comes, or a sync tells. */
  async function write({ chat_id }: GroupChatEvent, { shown, origin }: Read, told?: Told): Promise<void> {
    if (shown) await mirror.apply({ shown, status: undefined, origin, told });
    else if (told) await mirror.tell(chat_id, told, origin);
  }

  async function dismiss({ chat_id, at, ref }: GroupChatEvent): Promise<void> {
    const row = await store.ensure(unseenChat(chat_id, at));
    if (row.state === 'dismissed') return;
    await store.update({ ...row, state: 'dismissed', dismissed_at: at, absent_since: null, updated_at: db.now() });
    const origin: Origin = { source: 'event', ref, at: db.now() };
    await store.addHistory(chat_id, [{ kind: 'dismissed', occurred_at: at }], origin);
  }

  /** Writes one field of a group, and its line. */
  async function settle(
    row: GroupChat,
    after: Partial<GroupChat>,
    line: { kind: HistoryKind; detail: object },
    origin: Origin,
  ): Promise<void> {
    await store.update({ ...row, ...after, updated_at: db.now() });
    await store.addHistory(row.chat_id, [{ ...line, occurred_at: origin.at }], origin);
  }

  return {
    store,
    activeIds: store.activeIds,

    /**
     * Brings one group in line with a read of it. Must run inside `transact`.
     * @param status as the list says; undefined where no list was read
     */
    mirror: (shown: WecomGroupChat, status: number | undefined, origin: Origin): Promise<GroupChatChange[]> =>
      mirror.apply({ shown, status, origin }),

    async onCreated(event: GroupChatEvent, signal?: AbortSignal): Promise<() => Promise<void>> {
      const found = await read(event, signal);
      return () => write(event, found);
    },

    async onUpdated(event: GroupChatUpdate, signal?: AbortSignal): Promise<() => Promise<void>> {
      const found = await readSettled(event, signal);
      return () => write(event, found, toldOf(event));
    },

    /** Dissolved. The members stay as they last were. */
    async onDismissed(event: GroupChatEvent, signal?: AbortSignal): Promise<() => Promise<void>> {
      if (!event.stale) return () => dismiss(event);
      const found = await read(event, signal);
      return () => write(event, found);
    },

    /** Groups that vanished without an event. Must run inside `transact`. */
    async markMissing(chatIds: string[], origin: Origin): Promise<GroupChatChange[]> {
      const rows = (await store.chats(chatIds)).filter((row) => row.state === 'active');
      for (const row of rows) {
        await settle(row, { state: 'missing' }, { kind: 'missing', detail: { before: row.state } }, origin);
      }
      return rows.map((row) => ({ kind: 'group_chat_missing', chatId: row.chat_id, detail: { after: 'missing' } }));
    },

    /** What the list alone tells: whether the owner left. Must run inside `transact`. Unknown groups are left alone. */
    async setStatus(chatId: string, status: number, origin: Origin): Promise<GroupChatChange | undefined> {
      const [row] = await store.chats([chatId]);
      if (!row || row.status === status) return undefined;
      await settle(row, { status }, { kind: 'status_changed', detail: { before: row.status, after: status } }, origin);
      return { kind: 'group_chat_changed', chatId, detail: { status: [row.status, status] } };
    },

    /** Forgets what is personal of one member of groups. Must run inside `transact`. @returns how many groups */
    forget: store.forget,

    /** Follows a staff member's changed userid into owners, admins and members. Must run inside `transact`. */
    renameMember: (from: string, to: string): Promise<void> => renameMember(db, from, to),
  };
}

const rereads = 3;
const rereadMs = 700;
/** The lag is one of seconds: an event this old has outlived it. */
const longestLagMs = seconds(30);

const toldKinds: Record<string, HistoryKind> = {
  add_member: 'joined',
  del_member: 'left',
  change_owner: 'owner_changed',
  change_name: 'renamed',
  change_notice: 'notice_changed',
};

/** Decided by `UpdateDetail` alone: the scenes and lists of other changes are left-overs (events §3.1). */
function toldOf({ update_detail = '', stale, at, ...event }: GroupChatUpdate): Told | undefined {
  const kind = toldKinds[update_detail];
  if (!kind || stale) return undefined;
  if (kind === 'joined') return { kind, at, userids: event.members, scene: event.join_scene ?? null };
  if (kind === 'left') return { kind, at, userids: event.members, scene: event.quit_scene ?? null };
  return { kind, at, userids: [], scene: null };
}

/** Whether the read is of another version of the members, and does not show what the event told of them. */
function isBehind(shown: WecomGroupChat | null, event: GroupChatUpdate): boolean {
  if (!shown?.member_version || !event.current_version) return false;
  return shown.member_version !== event.current_version && !showsChange(shown, event);
}

function showsChange({ members }: WecomGroupChat, event: GroupChatUpdate): boolean {
  if (event.members.length === 0) return false;
  const present = new Set(members.map((member) => member.userid));
  if (event.update_detail === 'add_member') return event.members.every((userid) => present.has(userid));
  return event.update_detail === 'del_member' && event.members.every((userid) => !present.has(userid));
}
