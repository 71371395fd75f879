import { z } from 'zod';
import type { Page } from '../../core/paging';
import { nullOn } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import {
  cursorField,
  entity,
  id,
  instant,
  integer,
  type JsonObject,
  list,
  listAnswer,
  text,
  textOrNull,
} from './shape';

/** 0 normal, 1 the owner left, 2 being inherited, 3 inherited. */
export interface GroupChatRef {
  chat_id: string;
  status: number;
}

export interface GroupChatMember {
  /** A staff id (type 1) or an external id (type 2), which need not be a contact of ours. */
  userid: string;
  type: number;
  unionid: string | null;
  joined_at: Date;
  /** 1 invited, 2 by link, 3 by QR code. */
  join_scene: number;
  /** Only when a colleague invited. */
  invitor: string | null;
  group_nickname: string;
  name: string;
  state: string;
}

export interface GroupChat {
  chat_id: string;
  name: string;
  owner: string;
  created_at: Date;
  notice: string;
  member_version: string | null;
  admins: string[];
  members: GroupChatMember[];
  raw: JsonObject;
}

export interface GroupChatQuery {
  /** At most 100. A leaver's groups are returned only when the leaver is named here (path/92120). */
  owner_userids?: string[] | undefined;
  /** 0 all, 1 the owner left, 2 being inherited, 3 inherited. */
  status?: 0 | 1 | 2 | 3 | undefined;
  cursor?: string | undefined;
}

const memberShape = z
  .object({
    userid: id,
    type: z.number().int(),
    unionid: textOrNull,
    join_time: instant,
    join_scene: integer,
    invitor: z.object({ userid: textOrNull }).nullish(),
    group_nickname: text,
    name: text,
    state: text,
  })
  .transform(
    ({ join_time, invitor, ...rest }): GroupChatMember => ({
      ...rest,
      joined_at: join_time,
      invitor: invitor?.userid ?? null,
    }),
  );

const groupChat = entity(
  z.object({
    chat_id: id,
    name: text,
    owner: text,
    create_time: instant,
    notice: text,
    member_version: textOrNull,
    admin_list: list(z.object({ userid: id })),
    // A group has at least its owner: without the list the answer is broken, not the group empty.
    member_list: z.array(memberShape),
  }),
  ({ create_time, admin_list, member_list, ...rest }, raw): GroupChat => ({
    ...rest,
    created_at: create_time,
    admins: admin_list.map((a) => a.userid),
    members: member_list,
    raw,
  }),
);

const groupChatAnswer = z.object({ group_chat: groupChat });
const groupChatPage = listAnswer('group_chat_list', {
  group_chat_list: list(z.object({ chat_id: id, status: integer })),
  next_cursor: textOrNull,
});

const unknownGroup = [49008, 86001, 86003] as const;
const ownerLimit = 100;
const pageSize = 1000;

export type GroupChatApi = ReturnType<typeof createGroupChatApi>;

/** Customer groups (客户群). */
export function createGroupChatApi(client: WecomClient) {
  return {
    /** Groups whose owner is in the app's visible range. @throws WecomError 81017 for too many owners without a filter */
    async list(query: GroupChatQuery, options: CallOptions): Promise<Page<GroupChatRef>> {
      const { owner_userids: owners = [], status = 0, cursor } = query;
      if (owners.length > ownerLimit) throw new RangeError(`at most ${ownerLimit} owners a call`);
      const filter = owners.length > 0 ? { owner_filter: { userid_list: owners } } : {};
      const page = await client.call({
        app: 'agent',
        method: 'POST',
        path: 'externalcontact/groupchat/list',
        body: { status_filter: status, limit: pageSize, ...filter, ...cursorField(cursor) },
        parse: groupChatPage,
        ...options,
      });
      return { items: page.group_chat_list, next_cursor: page.next_cursor };
    },

    /** One group with its members' names. @returns null when dissolved or unknown (49008, 86001, 86003) */
    async get(chatId: string, options: CallOptions): Promise<GroupChat | null> {
      const body = { chat_id: chatId, need_name: 1 };
      const path = 'externalcontact/groupchat/get';
      const call = { app: 'agent', method: 'POST', path, body, parse: groupChatAnswer } as const;
      return (await nullOn(unknownGroup, client.call({ ...call, ...options })))?.group_chat ?? null;
    },
  };
}
