import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { relationStates } from './external-contacts.entity';

const tagView = z.object({
  tag_id: z.string().nullable(),
  name: z.string().nullable(),
  group_name: z.string().nullable(),
  type: z.enum(['corp', 'personal', 'rule_group']),
});

export const relationView = z
  .object({
    id: z.string(),
    userid: z.string(),
    staff_name: z.string().nullable(),
    external_userid: z.string(),
    external_name: z.string().nullable(),
    state: z.enum(relationStates),
    spell: z.number(),
    started_at: instant,
    ended_at: instant.nullable(),
    absent_since: instant.nullable().openapi({ description: 'a read lacked it; not yet confirmed' }),
    remark: z.string(),
    description: z.string(),
    remark_corp_name: z.string(),
    remark_mobiles: z.array(z.string()),
    tags: z.array(tagView),
    add_way: z.number(),
    oper_userid: z.string().nullable(),
    channel: z.string().nullable(),
    updated_at: instant,
  })
  .openapi('Relation');

export const externalContactView = z
  .object({
    external_userid: z.string(),
    name: z.string(),
    avatar: z.string().nullable(),
    type: z.enum(['wechat', 'wecom', 'unknown']),
    gender: z.enum(['unknown', 'male', 'female']),
    unionid: z.string().nullable(),
    position: z.string().nullable(),
    corp_name: z.string().nullable(),
    corp_full_name: z.string().nullable(),
    erased_at: instant.nullable().openapi({ description: 'since then only the id and who is connected are kept' }),
    created_at: instant,
    updated_at: instant,
    relations: z.array(relationView),
  })
  .openapi('ExternalContact');

export const externalContactDetail = externalContactView
  .extend({
    group_chats: z.array(z.object({ chat_id: z.string(), name: z.string(), owner: z.string() })),
  })
  .openapi('ExternalContactDetail');

export const historyEntry = z
  .object({
    id: z.number(),
    userid: z.string(),
    staff_name: z.string().nullable(),
    kind: z.string(),
    source: z.enum(['event', 'sync', 'reconciliation', 'own_write']),
    occurred_at: instant,
    recorded_at: instant,
    ref: z.string().nullable(),
    detail: z.unknown(),
  })
  .openapi('RelationHistoryEntry');

export const externalContactQuery = listQuery({
  q: z.string().max(64).optional(),
  mobile: z.string().max(32).optional().openapi({
    description: 'a whole phone number, however it is written; rather POST it to /external-contacts/search',
  }),
  userid: z.string().max(64).optional(),
  state: z.enum(relationStates).optional(),
  tag_id: z.string().max(64).optional(),
});
export type ExternalContactQuery = z.output<typeof externalContactQuery>;
/** The same as a body, with numbers as numbers. */
export const externalContactSearch = externalContactQuery.extend({
  limit: z.number().int().min(1).max(200).default(50),
});

export const relationQuery = listQuery({
  userid: z.string().max(64).optional(),
  external_userid: z.string().max(64).optional(),
  state: z.enum(relationStates).optional(),
});
export type RelationQuery = z.output<typeof relationQuery>;

/** What is covered for some, and may be shown to them for a reason. */
export const revealBody = z.strictObject({
  field: z.enum(['remark_mobiles', 'description']),
  relation_id: z.string().min(1).max(36).optional().openapi({ description: 'of all relations seen unless given' }),
  reason: z.string().trim().min(4).max(200),
});
export type RevealBody = z.output<typeof revealBody>;

export const revealedFields = z
  .object({
    field: z.enum(['remark_mobiles', 'description']),
    items: z.array(z.object({ relation_id: z.string(), values: z.array(z.string()) })),
  })
  .openapi('RevealedFields');
export type RevealedFields = z.input<typeof revealedFields>;

export const externalContactParam = z.strictObject({ external_userid: z.string().min(1).max(64) });
export const externalContactPage = page(externalContactView);
export const relationPage = page(relationView);
export const historyPage = page(historyEntry);
export const historyQuery = listQuery({});
export type HistoryQuery = z.output<typeof historyQuery>;
