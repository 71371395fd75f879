import type { z } from 'zod';
import { defineErrors } from '../../../core/errors';
import { counterIn, type Page, textIn, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { containing, type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ScopeService } from '../../kernel/scope';
import type { GroupChat, GroupChatHistory, GroupChatMember } from './group-chats.entity';
import type {
  GroupChatHistoryQuery,
  GroupChatQuery,
  groupChatDetail,
  groupChatHistoryEntry,
  groupChatView,
} from './group-chats.schema';
import { createGroupChatStore } from './group-chats.store';
import { createGroupChatHistorySeal } from './history';

type ChatView = z.input<typeof groupChatView>;
type ChatDetail = z.input<typeof groupChatDetail>;
type HistoryView = z.input<typeof groupChatHistoryEntry>;

export const groupChatError = defineErrors('group_chat', {
  not_found: [404, 'No group chat with this id is known'],
});

interface Deps {
  db: Database;
  scopes: ScopeService;
  vault: Vault;
}

export type GroupChatViews = ReturnType<typeof createGroupChatViews>;

/** Group chats as the API shows them: each viewer those of their line. Every list is newest first. */
export function createGroupChatViews({ db, scopes, vault }: Deps) {
  const store = createGroupChatStore({ db, vault });
  const seal = createGroupChatHistorySeal({ db, vault });

  /** @throws group_chat.not_found, also for one that is none of the viewer's business */
  async function known(chatId: string, viewer: Viewer): Promise<GroupChat> {
    const [found] = await store.chats([chatId]);
    const within = (await scopes.of(viewer)).groupChats('g');
    const { where, params } = allOf([['g.chat_id = ?', chatId], ...(within ? [within] : [])]);
    const seen = await db.query(`SELECT g.chat_id FROM group_chat g WHERE ${where}`, params);
    if (!found || seen.length === 0) throw groupChatError('not_found', { chat_id: chatId });
    return found;
  }

  /** Owners' names by userid in lower case: userids are case-insensitive on the platform. */
  async function ownerNames(rows: GroupChat[]): Promise<Map<string, string | null>> {
    const keys = [...new Set(rows.map((row) => row.owner.toLowerCase()))];
    const found = await inChunks(keys, (chunk) =>
      db.query<{ userid_key: string; name: string | null }>(
        `SELECT userid_key, name FROM staff WHERE userid_key IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(found.map((row) => [row.userid_key, row.name]));
  }

  /** How WeCom spells the userid today, when it is one of a staff member; an external id stays as it is. */
  async function spelled(userid: string): Promise<string> {
    const key = userid.toLowerCase();
    const rows = await db.query<{ userid: string; userid_key: string }>(
      `SELECT userid, userid_key FROM staff WHERE userid_key = ?
       UNION SELECT s.userid, s.userid_key FROM staff_former_userid f JOIN staff s ON s.id = f.staff_id
       WHERE f.userid_key = ?`,
      [key, key],
    );
    const found = rows.find((row) => row.userid_key === key) ?? rows[0];
    return found?.userid ?? userid;
  }

  async function conditions({ cursor, q, owner, state, member }: GroupChatQuery): Promise<Condition[]> {
    const parts: Condition[] = [];
    if (cursor !== undefined) parts.push(['g.id < ?', textIn(cursor)]);
    if (q) parts.push(["LOWER(g.name) LIKE ? ESCAPE '!'", containing(q)]);
    if (owner !== undefined) parts.push(['g.owner = ?', await spelled(owner)]);
    if (state !== undefined) parts.push(['g.state = ?', state]);
    if (member !== undefined) {
      parts.push([
        'g.chat_id IN (SELECT m.chat_id FROM group_chat_member m WHERE m.userid = ?)',
        await spelled(member),
      ]);
    }
    return parts;
  }

  return {
    /** @throws paging.bad_cursor */
    async list(query: GroupChatQuery, viewer: Viewer): Promise<Page<ChatView>> {
      const within = (await scopes.of(viewer)).groupChats('g');
      const { where, params } = allOf([...(await conditions(query)), ...(within ? [within] : [])]);
      const sql = `SELECT g.* FROM group_chat g WHERE ${where} ORDER BY g.id DESC LIMIT ?`;
      const rows = await db.query<GroupChat>(sql, [...params, query.limit + 1]);
      const names = await ownerNames(rows);
      return toPage(
        rows,
        query.limit,
        (row) => [row.id],
        (row) => chatView(row, names.get(row.owner.toLowerCase()) ?? null),
      );
    },

    /** Members by the time they joined; of a dissolved group as they last were. @throws group_chat.not_found */
    async get(chatId: string, viewer: Viewer): Promise<ChatDetail> {
      const chat = await known(chatId, viewer);
      const names = await ownerNames([chat]);
      const admins: string[] = JSON.parse(chat.admins);
      const members = await store.members(chatId);
      members.sort((a, b) => time(a) - time(b) || (a.userid < b.userid ? -1 : 1));
      return {
        ...chatView(chat, names.get(chat.owner.toLowerCase()) ?? null),
        admins,
        members: members.map((member) => memberView(member, admins)),
      };
    },

    /** @throws group_chat.not_found, paging.bad_cursor */
    async history(
      chatId: string,
      { limit, cursor }: GroupChatHistoryQuery,
      viewer: Viewer,
    ): Promise<Page<HistoryView>> {
      await known(chatId, viewer);
      const [after, ...position] = cursor === undefined ? [''] : ['AND id < ?', counterIn(cursor)];
      const rows = await db.query<GroupChatHistory>(
        `SELECT * FROM group_chat_history WHERE chat_id = ? ${after} ORDER BY id DESC LIMIT ?`,
        [chatId, ...position, limit + 1],
      );
      const page = toPage(rows, limit, (row) => [Number(row.id)], same);
      const details = await seal.open(page.items);
      return { ...page, items: page.items.map((row, i) => historyView(row, details[i])) };
    },
  };
}

const time = ({ joined_at }: GroupChatMember): number => joined_at?.getTime() ?? 0;

const statuses: Record<number, ChatView['status']> = { 1: 'owner_left', 2: 'inheriting', 3: 'inherited' };

const chatView = (row: GroupChat, ownerName: string | null): ChatView => ({
  chat_id: row.chat_id,
  name: row.name,
  owner: row.owner,
  owner_name: ownerName,
  notice: row.notice,
  state: row.state,
  status: statuses[row.status] ?? 'normal',
  member_count: row.member_count,
  external_count: row.external_count,
  member_version: row.member_version,
  created_at: iso(toDate(row.created_at)),
  dismissed_at: isoOrNull(toDateOrNull(row.dismissed_at)),
  updated_at: iso(toDate(row.updated_at)),
});

const memberView = (member: GroupChatMember, admins: string[]): ChatDetail['members'][number] => ({
  userid: member.userid,
  type: member.type === 1 ? 'staff' : 'external',
  name: member.name,
  nickname: member.nickname,
  unionid: member.unionid,
  is_admin: admins.includes(member.userid),
  joined_at: isoOrNull(toDateOrNull(member.joined_at)),
  join_scene: member.join_scene,
  invitor: member.invitor,
});

const same = <T>(row: T): T => row;

const historyView = (row: GroupChatHistory, detail: unknown): HistoryView => ({
  id: Number(row.id),
  kind: row.kind,
  source: row.source,
  occurred_at: iso(toDate(row.occurred_at)),
  recorded_at: iso(toDate(row.recorded_at)),
  ref: row.ref,
  detail,
});
