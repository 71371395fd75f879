import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { DetectorCode, Severity } from '../findings';
import { ruleDefinition } from './definition.schema';

/** Under which code its findings stand. */
export const families = ['FEIDAN', 'PRIVATE_PAYMENT', 'CONTENT_RULE'] as const satisfies readonly DetectorCode[];
/** Least first. */
export const severities = ['lead', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];

/** What it is about (violations §4.3). */
const ruleCategories = [
  'private_payment',
  'private_contact',
  'off_book',
  'rebate',
  'competitor',
  'overpromise',
  'insult',
  'complaint',
  'leak',
  'evasion',
  'leaving',
  'red_line',
  'other',
] as const;

export const ruleStates = ['draft', 'on', 'off'] as const;
export type RuleState = (typeof ruleStates)[number];

const settings = {
  name: z.string().trim().min(1).max(64),
  family: z.enum(families),
  category: z.enum(ruleCategories),
  severity: z.enum(severities),
  definition: ruleDefinition,
};

export const newRule = z.strictObject(settings);
export type RuleSettings = z.output<typeof newRule>;

export const changedRule = z.strictObject({ ...settings, version: z.number().int().min(1) });
export type ChangedRule = z.output<typeof changedRule>;

export const ruleQuery = listQuery({ state: z.enum(ruleStates).optional(), family: z.enum(families).optional() });
export type RuleQuery = z.output<typeof ruleQuery>;

export const ruleView = z
  .object({
    ...{ id: z.string(), state: z.enum(ruleStates), version: z.number() },
    live_version: z
      .number()
      .nullable()
      .openapi({ description: 'the one that is judged by while the rule is on; a newer one waits for its dry run' }),
    ...settings,
    ...{ created_at: instant, updated_at: instant },
  })
  .openapi('Rule');
export type RuleView = z.input<typeof ruleView>;
export const rulePage = page(ruleView);

export const ruleVersions = page(
  z
    .object({
      ...{ version: z.number(), ...settings, created_at: instant },
      actor: z.string().openapi({ description: 'as the audit trail spells them; `start` came with the product' }),
      actor_name: z.string().nullable(),
    })
    .openapi('RuleVersion'),
);
export type RuleVersionView = z.input<typeof ruleVersions>['items'][number];

export const switchedRule = z.strictObject({ state: z.enum(['on', 'off']), version: z.number().int().min(1) });
export type SwitchedRule = z.output<typeof switchedRule>;

/** Messages sent from the first on, before the second. */
export const startRuleScan = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), { message: 'ends before it begins', path: ['to'] });
export type StartRuleScan = z.output<typeof startRuleScan>;

export const dryRunParam = z.strictObject({ id: z.string().min(1).max(64), run: z.string().min(1).max(64) });

/** What the rule would have found. Staff whom the viewer may not judge are left out. */
export const dryRunView = z
  .object({
    run: runView,
    version: z.number(),
    result: z
      .object({
        ...{ looked_at: z.number(), found: z.number(), fuzzy: z.number() },
        by_day: z.array(z.object({ day: z.string(), found: z.number() })),
        by_staff: z.array(z.object({ userid: z.string(), found: z.number() })),
        by_matcher: z.array(z.number()).openapi({ description: 'messages, in the order of the matchers' }),
        examples: z
          .array(z.object({ message_id: z.string(), conversation_id: z.string() }))
          .openapi({ description: 'the first 50' }),
      })
      .nullable(),
  })
  .openapi('RuleDryRun');
export type DryRunView = z.input<typeof dryRunView>;
