import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { Origin } from '../external-contacts';
import type { GroupChat, GroupChatMember } from './group-chats.entity';
import type { Member, Movement, NewHistory } from './group-chats.types';
import { createGroupChatHistorySeal } from './history';

const chatFields = [
  'chat_id',
  'id',
  'name',
  'owner',
  'notice',
  'admins',
  'state',
  'status',
  'member_version',
  'member_count',
  'external_count',
  'created_at',
  'dismissed_at',
  'absent_since',
  'updated_at',
] as const satisfies (keyof GroupChat)[];

/** What stays when a read shows the group again. */
const fixedFields = new Set<string>(['chat_id', 'id']);
const mirroredFields = chatFields.filter((field) => !fixedFields.has(field));

const memberFields = [
  'userid',
  'type',
  'name',
  'nickname',
  'unionid',
  'joined_at',
  'join_scene',
  'invitor',
  'channel',
] as const satisfies (keyof Member)[];

const values = <T extends object>(row: T, fields: readonly (keyof T)[]): Value[] => fields.map((f) => row[f] as Value);

/** So far back somebody's coming and going is looked up before it is told again. */
const recentLines = 1000;

export type GroupChatStore = ReturnType<typeof createGroupChatStore>;

/** Hears of every line of the history, in the transaction that adds it. */
export type TellHistory = (chatId: string, lines: NewHistory[], origin: Origin) => Promise<void>;

interface Deps {
  db: Database;
  vault: Vault;
  tell?: TellHistory;
}

/** The tables of group chats in bulk SQL. Every write belongs inside `transact`. */
export function createGroupChatStore({ db, vault, tell }: Deps) {
  const seal = createGroupChatHistorySeal({ db, vault });
  const chatsWhere = async (condition: string, params: Value[]): Promise<GroupChat[]> =>
    (await db.query<GroupChat>(`SELECT * FROM group_chat WHERE ${condition}`, params)).map(toChat);

  return {
    chats: (ids: string[]): Promise<GroupChat[]> =>
      inChunks(ids, (chunk) => chatsWhere(`chat_id IN (${placeholders(chunk.length)})`, chunk)),

    async activeIds(): Promise<string[]> {
      const rows = await db.query<{ chat_id: string }>("SELECT chat_id FROM group_chat WHERE state = 'active'");
      return rows.map((row) => row.chat_id);
    },

    /**
     * Inserts the group unless it is there, and takes its row's lock either way: two reads of one group are
     * mirrored one after the other.
     * @returns the row as it is now; it has the candidate's id when it is new
     */
    async ensure(candidate: GroupChat): Promise<GroupChat> {
      const into = { table: 'group_chat', columns: [...chatFields], onConflict: { keys: ['chat_id'] } };
      await insertRows(db, into, [values(candidate, chatFields)]);
      const [row] = await chatsWhere('chat_id = ?', [candidate.chat_id]);
      if (!row) throw new Error(`group chat ${candidate.chat_id} was stored by another at the same moment`);
      return row;
    },

    async update(row: GroupChat): Promise<void> {
      const set = mirroredFields.map((field) => `${field} = ?`).join(', ');
      const params = [...values(row, mirroredFields), row.chat_id];
      await db.execute(`UPDATE group_chat SET ${set} WHERE chat_id = ?`, params);
    },

    async members(chatId: string): Promise<GroupChatMember[]> {
      const rows = await db.query<GroupChatMember>('SELECT * FROM group_chat_member WHERE chat_id = ?', [chatId]);
      return rows.map(toMember);
    },

    saveMembers: (chatId: string, rows: Member[]) =>
      insertRows(
        db,
        {
          table: 'group_chat_member',
          columns: ['chat_id', ...memberFields],
          onConflict: { keys: ['chat_id', 'userid'], update: memberFields.filter((f) => f !== 'userid') },
        },
        rows.map((row) => [chatId, ...values(row, memberFields)]),
      ),

    async deleteMembers(chatId: string, userids: string[]): Promise<void> {
      await inChunks(userids, async (chunk) => {
        const sql = `DELETE FROM group_chat_member WHERE chat_id = ? AND userid IN (${placeholders(chunk.length)})`;
        await db.execute(sql, [chatId, ...chunk]);
        return [];
      });
    },

    /** In every group, what is personal of one member. Must run inside `transact`. @returns how many groups */
    forget: (userid: string): Promise<number> =>
      db.execute(
        "UPDATE group_chat_member SET name = '', nickname = '', unionid = NULL, channel = NULL WHERE userid = ? AND type = 2",
        [userid],
      ),

    /** Who came and went of late, newest first. */
    async movements(chatId: string): Promise<Movement[]> {
      const rows = await db.query<{ kind: Movement['kind']; occurred_at: unknown; detail: string | null }>(
        `SELECT kind, occurred_at, detail FROM group_chat_history
         WHERE chat_id = ? AND kind IN ('joined', 'left') ORDER BY id DESC LIMIT ?`,
        [chatId, recentLines],
      );
      return rows.map(({ kind, occurred_at, detail }) => ({
        kind,
        occurred_at: toDate(occurred_at),
        userid: detail === null ? '' : JSON.parse(detail).userid,
      }));
    },

    async addHistory(chatId: string, lines: NewHistory[], origin: Origin): Promise<void> {
      const columns = ['chat_id', 'kind', 'source', 'occurred_at', 'recorded_at', 'ref', 'detail'];
      const details = await seal.details(chatId, lines);
      const rows = lines.map(({ kind, occurred_at }, i) => [
        ...[chatId, kind, origin.source, occurred_at, db.now(), origin.ref],
        details[i] ?? null,
      ]);
      await insertRows(db, { table: 'group_chat_history', columns }, rows);
      if (lines.length > 0) await tell?.(chatId, lines, origin);
    },
  };
}

const toChat = (row: GroupChat): GroupChat => ({
  ...row,
  created_at: toDate(row.created_at),
  dismissed_at: toDateOrNull(row.dismissed_at),
  absent_since: toDateOrNull(row.absent_since),
  updated_at: toDate(row.updated_at),
});

const toMember = (row: GroupChatMember): GroupChatMember => ({ ...row, joined_at: toDateOrNull(row.joined_at) });
