import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const ruleFields = {
  name: z.string().trim().min(1).max(100),
  ground: z.string().trim().min(4).max(255).openapi({ description: 'the law, or the rule of the company' }),
  years: z.number().int().min(1).max(100),
  department_id: z.number().int().positive().nullable().default(null),
  kind: z.enum(['single', 'group']).nullable().default(null),
  type: z.string().min(1).max(64).nullable().default(null),
  active: z.boolean().default(true),
};
export const newRule = z.strictObject(ruleFields);
export const changedRule = newRule.extend({ version: z.number().int() });
/** What two agree on: without an id a new rule. */
export const rulePayload = z.union([newRule, changedRule.extend({ id: z.string().min(1).max(36) })]);
export type NewRule = z.output<typeof newRule>;
export type RulePayload = z.output<typeof rulePayload>;

export const ruleView = z
  .object({
    ...{ id: z.string(), name: z.string(), ground: z.string(), years: z.number() },
    ...{ department_id: z.number().nullable(), kind: z.enum(['single', 'group']).nullable() },
    ...{ type: z.string().nullable(), active: z.boolean(), version: z.number() },
    ...{ created_at: instant, updated_at: instant },
  })
  .openapi('RetentionRule');
export type RuleView = z.input<typeof ruleView>;
export const ruleList = page(ruleView);

export const startRetention = z.strictObject({
  dry_run: z.boolean().openapi({ description: 'only counts; otherwise a second person must agree' }),
});
export const purgePayload = z.strictObject({
  dry_run: z.literal(false),
  as_of: z.iso.datetime().openapi({ description: 'the day that counts: what expires later stays' }),
});
export type PurgePayload = z.output<typeof purgePayload>;

export const purgeView = z
  .object({
    ...{ id: z.string(), at: instant, cause: z.enum(['retention', 'erasure']), ground: z.string() },
    ...{ asked_by: z.string(), asked_by_name: z.string().nullable() },
    ...{ approved_by: z.string().nullable(), approved_by_name: z.string().nullable(), run_id: z.string().nullable() },
    ...{ count: z.number(), ids_sha256: z.string() },
  })
  .openapi('ArchivePurge');
export type PurgeView = z.input<typeof purgeView>;
export const purgeQuery = listQuery({ run_id: z.string().max(36).optional() });
export type PurgeQuery = z.output<typeof purgeQuery>;
export const purgePage = page(purgeView);

export const erasureView = z
  .object({
    external_userid: z.string(),
    state: z.enum(['queued', 'purged', 'restricted']).openapi({ description: 'restricted: a hold keeps some of it' }),
    ...{ reason: z.string(), asked_by: z.string(), approved_by: z.string().nullable(), asked_at: instant },
    ...{ updated_at: instant, purged: z.number(), held: z.number() },
  })
  .openapi('ArchiveErasure');
export type ErasureView = z.input<typeof erasureView>;
export const erasureQuery = listQuery({ state: z.enum(['queued', 'purged', 'restricted']).optional() });
export type ErasureQuery = z.output<typeof erasureQuery>;
export const erasurePage = page(erasureView);
