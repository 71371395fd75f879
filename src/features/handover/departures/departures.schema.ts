import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { departureStates } from './departure.entity';

const count = z.number().int();
const userid = z.string().min(1).max(64);
const day = z.iso.date();
const note = z.string().trim().min(1).max(500);

const relationStates = [
  ...(['half', 'active', 'deleted_by_staff', 'deleted_by_external', 'deleted_by_both'] as const),
  ...(['transferred_out', 'unassigned', 'out_of_scope', 'missing'] as const),
] as const;

const counts = z.object({
  external_contacts: z.object({
    movable: count.openapi({ description: 'that WeCom can still give to somebody' }),
    apart: count.openapi({ description: 'half, out of scope, missing: WeCom cannot' }),
  }),
  group_chats: z.object({ owned: count, owner_left: count, inheriting: count }),
  subjects: count.openapi({ description: 'approvals, tokens, findings and whatever else is theirs' }),
  in_handover: count,
  moved: count,
  exceptions: count.openapi({ description: 'refused, over the limit or failed, and not moved since' }),
});

export const departureView = z
  .object({
    id: z.string(),
    ...{ userid: z.string(), name: z.string().nullable(), position: z.string().nullable() },
    ...{ avatar: z.string().nullable(), departments: z.array(z.object({ id: count, name: z.string().nullable() })) },
    ...{ state: z.enum(departureStates), last_day: z.string().nullable(), departed_at: instant.nullable() },
    noticed_by: z.enum(['event', 'list', 'status', 'group_owner', 'admin']),
    movable_until: instant.nullable().openapi({ description: 'a year after they left WeCom moves nothing more' }),
    ...{ note: z.string().nullable(), created_by: z.object({ actor: z.string(), name: z.string().nullable() }) },
    ...{ created_at: instant, updated_at: instant, version: count },
    counts,
  })
  .openapi('Departure');
export type DepartureView = z.input<typeof departureView>;
export type Counts = z.input<typeof counts>;
export const departurePage = page(departureView);

export const departureQuery = listQuery({
  state: z.enum(departureStates).optional(),
  q: z.string().max(64).optional().openapi({ description: 'a part of the name or the userid' }),
});
export type DepartureQuery = z.output<typeof departureQuery>;

export const newDeparture = z.strictObject({ userid, last_day: day.optional(), note: note.optional() });
export type NewDeparture = z.output<typeof newDeparture>;

export const departureChange = z.strictObject({ last_day: day.nullable(), note: note.nullable(), version: count });
export type DepartureChange = z.output<typeof departureChange>;

const standing = z.object({
  ...{ item_id: z.string(), handover_id: z.string(), state: z.string(), to: z.string().nullable() },
  ...{ errcode: count.nullable(), takeover_at: instant.nullable(), settled_at: instant.nullable() },
});
export type HandoverStanding = z.input<typeof standing>;

/** Why WeCom would not move it, or why nobody needs to. */
export const whyNot = [
  ...(['half', 'out_of_scope', 'missing', 'not_held', 'left_over_a_year', 'under_way', 'over'] as const),
] as const;

const may = { may_move: z.boolean(), why_not: z.enum(whyNot).nullable() };
const handover = z.enum(['none', 'open', 'done']);

export const heldContact = z
  .object({
    ...{ relation_id: z.string(), external_userid: z.string(), name: z.string(), avatar: z.string().nullable() },
    ...{ type: z.enum(['wechat', 'wecom', 'unknown']), corp_name: z.string().nullable(), remark: z.string() },
    tags: z.array(
      z.object({
        ...{ tag_id: z.string().nullable(), name: z.string().nullable(), group_name: z.string().nullable() },
        type: z.enum(['corp', 'personal', 'rule_group']),
      }),
    ),
    ...{ state: z.enum(relationStates), since: instant, last_message_at: instant.nullable() },
    ...{ shared_group_chats: count, open_findings: count.nullable().openapi({ description: 'null: not for you' }) },
    ...{ handover: standing.nullable(), ...may },
  })
  .openapi('HeldExternalContact');
export type HeldContact = z.input<typeof heldContact>;
export const heldContactPage = page(heldContact);

export const heldContactQuery = listQuery({
  q: z.string().max(64).optional().openapi({ description: 'a part of the name or the remark' }),
  tag_id: z.string().max(64).optional(),
  state: z.enum(relationStates).optional(),
  has_finding: z.stringbool().optional(),
  quiet_since: z.iso.datetime().optional().openapi({ description: 'nothing was archived between the two since then' }),
  handover: handover.optional(),
});
export type HeldContactQuery = z.output<typeof heldContactQuery>;

export const heldGroupChat = z
  .object({
    ...{ chat_id: z.string(), name: z.string(), members: count, external_members: count },
    ...{ status: z.enum(['normal', 'owner_left', 'inheriting', 'inherited']), last_message_at: instant.nullable() },
    ...{ handover: standing.nullable(), ...may },
  })
  .openapi('HeldGroupChat');
export type HeldGroupChat = z.input<typeof heldGroupChat>;
export const heldGroupChatPage = page(heldGroupChat);

export const heldGroupChatQuery = listQuery({
  q: z.string().max(64).optional(),
  handover: handover.optional(),
});
export type HeldGroupChatQuery = z.output<typeof heldGroupChatQuery>;

export const subjectQuery = listQuery({});
export const subjectView = z
  .object({
    ...{ kind: z.string(), id: z.string(), title: z.string(), link: z.string().nullable() },
    movable: z.boolean().openapi({ description: 'whether it can be handed over or ended here' }),
  })
  .openapi('HandoverSubject');
export const subjectPage = page(subjectView);

export const handBody = z.strictObject({
  kind: z.string().min(1).max(32),
  ids: z.array(z.string().min(1).max(64)).min(1).max(200),
  to: userid.nullable().openapi({ description: 'null: end what can be ended' }),
});
export type HandBody = z.output<typeof handBody>;
export const handed = z
  .object({ items: z.array(z.object({ id: z.string(), outcome: z.enum(['moved', 'ended', 'left']) })) })
  .openapi('HandedSubjects');

/** Why something is still somebody's who left. */
export const leftoverReasons = [
  ...(['no_handover', 'planned', 'under_way', 'refused', 'over_limit', 'failed'] as const),
  ...(['left_over_a_year', 'not_in_wecom_list', 'ended_as_missing', 'half', 'out_of_scope', 'not_movable'] as const),
] as const;
export type LeftoverReason = (typeof leftoverReasons)[number];
const leftoverKind = z.enum(['external_contact', 'group_chat', 'subject']);

export const leftoverView = z
  .object({
    kind: leftoverKind,
    ...{ id: z.string(), title: z.string(), link: z.string().nullable(), why: z.enum(leftoverReasons) },
    subject: z.string().nullable().openapi({ description: 'of a subject: what kind it is' }),
    ...{ userid: z.string(), staff_name: z.string().nullable(), departed_at: instant.nullable() },
    ...{ departure_id: z.string().nullable(), handover_id: z.string().nullable(), errcode: count.nullable() },
  })
  .openapi('Leftover');
export type LeftoverView = z.input<typeof leftoverView>;
export const leftoverPage = page(leftoverView);

export const leftoverQuery = listQuery({
  kind: leftoverKind.optional(),
  why: z.enum(leftoverReasons).optional(),
  userid: userid.optional(),
});
export type LeftoverQuery = z.output<typeof leftoverQuery>;

export const leftoverSummary = z
  .object({
    checked_at: instant,
    list_read_at: instant.nullable().openapi({ description: 'when WeCom’s list of the unassigned was last read' }),
    leavers: count,
    total: count,
    counts: z.array(z.object({ kind: leftoverKind, why: z.enum(leftoverReasons), count })),
  })
  .openapi('LeftoverSummary');
export type LeftoverSummary = z.input<typeof leftoverSummary>;
