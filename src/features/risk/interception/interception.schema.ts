import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { interceptTypes, semanticsKinds } from './interception.entity';

/** As many people as WeCom takes for a rule. */
const mostPeople = 10_000;

const settings = {
  type: z.enum(interceptTypes).openapi({ description: 'block: warned and stopped; warn: warned only' }),
  semantics: z.array(z.enum(semanticsKinds)).max(semanticsKinds.length).default([]),
  userids: z.array(z.string().min(1).max(64)).max(mostPeople).default([]),
  department_ids: z.array(z.number().int().positive()).max(1000).default([]),
};
const isSomebody = ({ userids, department_ids }: { userids: string[]; department_ids: number[] }): boolean =>
  userids.length + department_ids.length > 0;
const forNobody = { message: 'Name people or departments', path: ['userids'] };

export const newInterception = z
  .strictObject({ list_id: z.string().min(1).max(36), ...settings })
  .refine(isSomebody, forNobody);
export type NewInterception = z.output<typeof newInterception>;

export const changedInterception = z
  .strictObject({ ...settings, version: z.number().int().min(1) })
  .refine(isSomebody, forNobody);
export type ChangedInterception = z.output<typeof changedInterception>;

const difference = z.object({
  field: z.enum(['gone', 'name', 'words', 'type', 'semantics', 'userids', 'departments']),
  added: z.array(z.string()).openapi({ description: 'what stands at WeCom and is not ours' }),
  removed: z.array(z.string()).openapi({ description: 'what is ours and no longer stands at WeCom' }),
});
export type Difference = z.input<typeof difference>;

const ruleView = z.object({
  ...{ part: z.number(), name: z.string(), rule_id: z.string().nullable() },
  differences: z.array(difference).openapi({ description: 'made at WeCom by somebody else since the last push' }),
});

export const interceptionView = z
  .object({
    ...{ id: z.string(), list_id: z.string(), list_name: z.string(), type: z.enum(interceptTypes) },
    ...{ semantics: z.array(z.enum(semanticsKinds)), userids: z.array(z.string()) },
    ...{ department_ids: z.array(z.number()), version: z.number() },
    state: z.enum(['waiting', 'pushed', 'removing']),
    pushed_at: instant.nullable(),
    left_out: z.number().openapi({ description: 'words that are too long for WeCom' }),
    ...{ created_at: instant, updated_at: instant },
  })
  .openapi('Interception');
export type InterceptionView = z.input<typeof interceptionView>;

export const openedInterception = interceptionView.extend({ rules: z.array(ruleView) }).openapi('OpenedInterception');
export type OpenedInterception = z.input<typeof openedInterception>;

export const interceptionQuery = listQuery({});
export type InterceptionQuery = z.output<typeof interceptionQuery>;

export const interceptionPage = page(
  z
    .object({
      rule_id: z.string().nullable(),
      name: z.string(),
      created_at: instant.nullable(),
      state: z.enum(['ours', 'foreign', 'missing', 'intended']).openapi({
        description: 'missing: ours, and no longer at WeCom; intended: not made yet',
      }),
      interception_id: z.string().nullable(),
    })
    .openapi('InterceptionRule'),
);
export type ListedRule = z.input<typeof interceptionPage>['items'][number];
