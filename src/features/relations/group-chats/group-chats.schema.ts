import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const states = ['active', 'dismissed', 'missing'] as const;

const memberView = z.object({
  userid: z.string(),
  type: z.enum(['staff', 'external']),
  name: z.string(),
  nickname: z.string(),
  unionid: z.string().nullable(),
  is_admin: z.boolean(),
  joined_at: instant.nullable(),
  join_scene: z.number(),
  invitor: z.string().nullable(),
});

export const groupChatView = z
  .object({
    chat_id: z.string(),
    name: z.string(),
    owner: z.string(),
    owner_name: z.string().nullable(),
    notice: z.string(),
    state: z.enum(states),
    status: z.enum(['normal', 'owner_left', 'inheriting', 'inherited']),
    member_count: z.number(),
    external_count: z.number(),
    member_version: z.string().nullable(),
    created_at: instant,
    dismissed_at: instant.nullable(),
    updated_at: instant,
  })
  .openapi('GroupChat');

export const groupChatDetail = groupChatView
  .extend({ admins: z.array(z.string()), members: z.array(memberView) })
  .openapi('GroupChatDetail');

export const groupChatHistoryEntry = z
  .object({
    id: z.number(),
    kind: z.string(),
    source: z.enum(['event', 'sync', 'reconciliation', 'own_write']),
    occurred_at: instant,
    recorded_at: instant,
    ref: z.string().nullable(),
    detail: z.unknown(),
  })
  .openapi('GroupChatHistoryEntry');

export const groupChatQuery = listQuery({
  q: z.string().max(64).optional(),
  owner: z.string().max(64).optional(),
  state: z.enum(states).optional(),
  member: z.string().max(64).optional(),
});
export type GroupChatQuery = z.output<typeof groupChatQuery>;

export const groupChatParam = z.strictObject({ chat_id: z.string().min(1).max(64) });
export const groupChatPage = page(groupChatView);
export const groupChatHistoryPage = page(groupChatHistoryEntry);
export const groupChatHistoryQuery = listQuery({});
export type GroupChatHistoryQuery = z.output<typeof groupChatHistoryQuery>;
