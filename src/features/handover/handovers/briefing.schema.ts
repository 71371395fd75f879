import { z } from 'zod';
import { instant } from '../../../http/schema';
import { itemStates } from './handovers.entity';

const person = z.object({ userid: z.string(), name: z.string().nullable() });

const message = z.object({
  id: z.string(),
  from: z.string().nullable(),
  from_name: z.string().nullable(),
  sent_at: instant,
  type: z.string(),
  text: z.string(),
  recalled: z.boolean(),
});

export const briefingView = z
  .object({
    ...{ external_userid: z.string(), name: z.string(), avatar: z.string().nullable() },
    ...{ corp_name: z.string().nullable(), position: z.string().nullable() },
    remark: z.string(),
    description: z.string().openapi({ description: 'covered where the viewer may not read it' }),
    remark_corp_name: z.string(),
    tags: z.array(z.object({ name: z.string().nullable(), group_name: z.string().nullable() })),
    handover: z.object({
      ...{ id: z.string(), item_id: z.number(), state: z.enum(itemStates), settled_at: instant.nullable() },
    }),
    giver: person.extend({ departed_at: instant.nullable() }),
    successor: person.nullable(),
    known_since: instant.nullable().openapi({ description: 'when the giver got to know them' }),
    served_by: z
      .array(person.extend({ state: z.string(), started_at: instant, ended_at: instant.nullable() }))
      .openapi({ description: 'everybody whom the viewer may know of, the first one first' }),
    group_chats: z
      .array(z.object({ chat_id: z.string(), name: z.string(), owner: z.string() }))
      .openapi({ description: 'with the giver or the successor' }),
    talks: z
      .object({
        ...{ messages: z.number(), first_at: instant, last_at: instant },
        unanswered: z
          .object({ messages: z.number(), since: instant })
          .nullable()
          .openapi({ description: 'what the customer wrote after the last word of the giver, if no one wrote since' }),
        last: z
          .array(message)
          .nullable()
          .openapi({ description: 'oldest first; null for who may not read the archive. Recorded as read' }),
      })
      .nullable()
      .openapi({ description: 'with the giver; null: the archive shows none' }),
    open_findings: z
      .array(z.object({ id: z.number(), detector: z.string(), severity: z.string(), occurred_at: instant }))
      .nullable()
      .openapi({ description: 'null for who may not read findings' }),
    open_money: z.number().nullable().openapi({ description: 'null as long as no orders are kept' }),
    first_message: z
      .object({ 'zh-CN': z.string(), en: z.string() })
      .nullable()
      .openapi({ description: 'a suggestion from a template; never sent by itself. null: no successor yet' }),
  })
  .openapi('HandoverBriefing');
export type BriefingView = z.input<typeof briefingView>;

export const externalContactParam = z.strictObject({ external_userid: z.string().min(1).max(64) });
