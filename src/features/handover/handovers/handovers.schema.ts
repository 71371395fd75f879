import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { carryStates, failReasons, handoverStates, itemKinds, itemStates, stepKinds } from './handovers.entity';
import { distributions } from './planning';

const id = z.string().min(1).max(64);
/** As many as a company would hand over at once; more are two handovers. */
const mostItems = 50_000;

const chosen = z
  .union([z.enum(['all', 'none']), z.array(id).min(1).max(mostItems)])
  .default('all')
  .openapi({ description: 'all that the givers hold, none, or these' });

const successor = z.strictObject({
  userid: id,
  capacity: z.number().int().min(0).nullable().default(null).openapi({ description: 'how many more they can take' }),
  takes: z.array(id).max(200).default([]).openapi({ description: 'ids of corp tags: region, tier, language …' }),
});

const preference = z.enum(['previous_contact', 'tags', 'department', 'together']);
const decision = z.strictObject({
  distribution: z.enum(distributions).default('balanced'),
  prefer: z.array(preference).max(4).default(['together', 'previous_contact']),
});
const rule = decision.extend({
  by_hand: z.record(id, id).default({}).openapi({ description: 'external_userid or chat_id → userid' }),
});

/** Whom the rule chooses from. */
const takers = {
  successors: z.array(successor).max(500).default([]),
  departments: z
    .array(z.number().int().positive())
    .max(100)
    .default([])
    .openapi({ description: 'everybody in them who can, as successors' }),
};

export const newHandover = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  from_userids: z.array(id).min(1).max(50).openapi({ description: 'whose contacts and groups are given away' }),
  external_contacts: chosen,
  group_chats: chosen,
  ...takers,
  rule: rule.prefault({}),
  message: z.string().trim().max(200).optional().openapi({ description: 'for customers of serving members' }),
  second_candidate: z.boolean().default(true),
  carry_over: z.boolean().default(true),
  finding_id: z.number().int().positive().optional(),
  dry_run: z.boolean().default(false),
});
export type NewHandover = z.output<typeof newHandover>;

export const changedHandover = z.strictObject({
  version: z.number().int().min(1),
  name: z.string().trim().min(1).max(120),
  message: z.string().trim().max(200).nullable(),
  second_candidate: z.boolean(),
  carry_over: z.boolean(),
});
export type ChangedHandover = z.output<typeof changedHandover>;

export const replan = z.strictObject({
  version: z.number().int().min(1),
  ...takers,
  rule: decision.prefault({}),
  keep_by_hand: z.boolean().default(true).openapi({
    description: 'what was given to somebody by hand stays theirs, even if they are no successor any more',
  }),
  dry_run: z.boolean().default(false),
});
export type Replan = z.output<typeof replan>;

export const schedule = z.strictObject({
  scheduled_for: z.iso.datetime().nullable().openapi({ description: 'null: a draft again, that goes out when told' }),
});

const person = z.object({ userid: z.string(), name: z.string().nullable() });

const summary = z.object({
  total: z.number(),
  external_contacts: z.number(),
  group_chats: z.number(),
  by_state: z.record(z.enum(itemStates), z.number()),
  by_errcode: z.array(
    z.object({
      errcode: z.number(),
      count: z.number(),
      advice: z.string().openapi({ description: 'a code: what a person can do about it' }),
    }),
  ),
  by_warning: z.record(z.string(), z.number()),
  by_successor: z.array(
    person.extend({
      external_contacts: z.number(),
      group_chats: z.number(),
      taken_over: z.number(),
      load: z.number().openapi({ description: 'how many external contacts they serve now' }),
      capacity: z.number().nullable(),
    }),
  ),
  without_successor: z.number(),
  calls: z.number().openapi({ description: 'calls to WeCom so far that submitted something' }),
  next_ask_at: instant.nullable(),
});
export type HandoverSummary = z.input<typeof summary>;

export const itemView = z
  .object({
    ...{ id: z.number().nullable(), kind: z.enum(itemKinds), state: z.enum(itemStates) },
    ...{ external_userid: z.string().nullable(), chat_id: z.string().nullable(), name: z.string() },
    ...{ from_userid: z.string(), from_name: z.string().nullable() },
    ...{ to_userid: z.string().nullable(), to_name: z.string().nullable(), second_userid: z.string().nullable() },
    ...{ because: z.array(z.string()), warnings: z.array(z.string()) },
    errcode: z.number().nullable(),
    reason: z.enum(failReasons).nullable(),
    advice: z.string().nullable().openapi({ description: 'a code: what a person can do about it' }),
    ...{ attempt: z.number(), not_before: instant.nullable(), submitted_at: instant.nullable() },
    ...{ takeover_at: instant.nullable(), settled_at: instant.nullable() },
    carry: z.enum(carryStates).nullable(),
  })
  .openapi('HandoverItem');
export type ItemView = z.input<typeof itemView>;

export const handoverView = z
  .object({
    ...{ id: z.string().nullable(), name: z.string(), state: z.enum(handoverStates), version: z.number() },
    dry_run: z.boolean(),
    from: z.array(person.extend({ departed_at: instant.nullable() })),
    ...{ message: z.string().nullable(), second_candidate: z.boolean(), carry_over: z.boolean() },
    rule: z.object({ distribution: z.enum(distributions), prefer: z.array(preference) }),
    successors: z
      .array(z.object({ userid: z.string(), capacity: z.number().nullable(), takes: z.array(z.string()) }))
      .openapi({ description: 'those who were named, in their order; not those who came with a department' }),
    departments: z.array(z.number()),
    ...{ scheduled_for: instant.nullable(), finding_id: z.number().nullable() },
    reverses_id: z.string().nullable().openapi({ description: 'the handover whose givers get back what is theirs' }),
    reversed_by: z
      .array(z.object({ id: z.string(), name: z.string(), state: z.enum(handoverStates) }))
      .openapi({ description: 'handovers that give this one back, newest first; not those that were cancelled' }),
    ...{ created_by: z.string(), created_at: instant, submitted_at: instant.nullable(), ended_at: instant.nullable() },
    summary,
    items: z.array(itemView).openapi({ description: 'of a dry run: the first 200, those with warnings first' }),
  })
  .openapi('Handover');
export type HandoverView = z.input<typeof handoverView>;

/** Of one handover only. */
const inFull = {
  ...({ items: true, summary: true, rule: true, successors: true, departments: true, reversed_by: true } as const),
};
export const listedHandover = handoverView.omit(inFull).extend({
  total: z.number(),
  by_state: z.record(z.enum(itemStates), z.number()),
});
export type ListedHandover = z.input<typeof listedHandover>;
export const handoverPage = page(listedHandover.openapi('ListedHandover'));
export const handoverQuery = listQuery({
  state: z.enum(handoverStates).optional(),
  userid: id.optional().openapi({ description: 'of a giver' }),
});
export type HandoverQuery = z.output<typeof handoverQuery>;

const itemFilter = {
  state: z.enum(itemStates).optional(),
  kind: z.enum(itemKinds).optional(),
  from_userid: id.optional(),
  to_userid: id.optional(),
  warning: z.string().max(32).optional(),
  errcode: z.coerce.number().int().optional(),
  without_successor: z.stringbool().optional(),
  q: z.string().trim().min(1).max(100).optional().openapi({ description: 'in the name' }),
};
export const itemQuery = listQuery(itemFilter);
export type ItemQuery = z.output<typeof itemQuery>;
export type ItemFilter = Omit<ItemQuery, 'limit' | 'cursor'>;
export const itemPage = page(itemView);

const named = {
  item_ids: z.array(z.number().int().positive()).max(mostItems).optional(),
  filter: z
    .strictObject({ ...itemFilter, errcode: z.number().int().optional(), without_successor: z.boolean().optional() })
    .optional(),
};
const isNamed = ({ item_ids, filter }: { item_ids?: unknown; filter?: unknown }): boolean =>
  (item_ids === undefined) !== (filter === undefined);
const nameThem = { message: 'Give item_ids or a filter', path: ['item_ids'] };

export const assignment = z
  .strictObject({ ...named, to_userid: id.nullable() })
  .refine(isNamed, nameThem)
  .openapi({ description: 'to_userid null: to nobody; such an item fails unless somebody is found' });
export type Assignment = z.output<typeof assignment>;

export const assignments = z.strictObject({
  changes: z.array(assignment).min(1).max(500).openapi({ description: 'carried out in order, all or none' }),
});

export const assigned = z.object({
  changed: z.number(),
  before: z
    .array(z.object({ item_id: z.number(), to_userid: z.string().nullable() }))
    .openapi({ description: 'what it takes to undo it' }),
});

export const removal = z.strictObject(named).refine(isNamed, nameThem);
export const removed = z.object({
  removed: z.number(),
  item_ids: z.array(z.number()).openapi({ description: 'what it takes to put them back' }),
});
export const restored = z.object({ restored: z.number() });

export const retry = z
  .strictObject({ ...named, to_userid: id.optional().openapi({ description: 'unless given: the same successor' }) })
  .refine(isNamed, nameThem);
export type Retry = z.output<typeof retry>;
export const retried = z.object({ retried: z.number() });

export const itemParam = z.strictObject({ id, item_id: z.coerce.number().int().positive() });

export const itemStory = itemView
  .extend({
    steps: z.array(
      z.object({
        ...{
          id: z.number(),
          kind: z.enum(stepKinds),
          to_userid: z.string().nullable(),
          to_name: z.string().nullable(),
        },
        ...{ errcode: z.number().nullable(), at: instant, actor: z.string().nullable() },
        actor_name: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  })
  .openapi('HandoverItemStory');
export type ItemStory = z.input<typeof itemStory>;
