import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { differenceStates } from './reconciliation.entity';

export const syncScopes = ['all', 'directory', 'external_contacts', 'group_chats', 'corp_tags'] as const;
export type SyncScope = (typeof syncScopes)[number];

export const startSync = z.strictObject({ scope: z.enum(syncScopes).default('all') });
export const startReconciliation = z.strictObject({});

export const differenceView = z
  .object({
    id: z.number(),
    run_id: z.string(),
    kind: z
      .string()
      .openapi({ description: 'relation_missing, relation_appeared, relation_changed, group_chat_changed …' }),
    subject: z
      .string()
      .openapi({ description: 'userid, external_userid or chat_id; else the id of the tag or department' }),
    userid: z.string().nullable(),
    external_userid: z.string().nullable(),
    chat_id: z.string().nullable(),
    state: z.enum(differenceStates),
    explanation: z.string().nullable(),
    detail: z.unknown(),
    found_at: instant,
    settled_at: instant.nullable(),
  })
  .openapi('Difference');

export const differenceParam = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

export const differenceQuery = listQuery({
  state: z.enum(differenceStates).optional(),
  kind: z.string().max(32).optional(),
});
export type DifferenceQuery = z.output<typeof differenceQuery>;
export const differencePage = page(differenceView);
