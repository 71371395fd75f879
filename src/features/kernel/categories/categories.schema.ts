import { z } from 'zod';
import { idParam, instant, listQuery, page, textLine } from '../../../http/schema';

export const kinds = ['customer', 'product', 'complaint', 'knowledge'] as const;
export type CategoryKind = (typeof kinds)[number];
export const deepest = 4;

const version = z.number().int().min(1);
const id = z.string().min(1).max(64);
const kind = z.enum(kinds);
const color = z.enum(['gray', 'blue', 'teal', 'olive', 'brown', 'pink']);

const fields = {
  name: textLine(1, 60),
  parent_id: id.nullable().default(null).openapi({ description: 'null: at the top' }),
  color: color.nullable().default(null),
  active: z.boolean().default(true),
  position: z
    .number()
    .int()
    .min(0)
    .optional()
    .openapi({ description: 'place among its siblings, from 0; else the last' }),
};

export const newCategory = z.strictObject({ kind, ...fields });
export type NewCategory = z.output<typeof newCategory>;

export const changedCategory = z.strictObject({ ...fields, version });
export type ChangedCategory = z.output<typeof changedCategory>;

export const removal = z.strictObject({
  version: z.coerce.number().int().min(1),
  replace_with: id.optional().openapi({ description: 'takes every record that is in it' }),
});
export type Removal = z.output<typeof removal>;

export const categoryParam = idParam;

export const categoryView = z
  .object({
    ...{ id, kind, parent_id: id.nullable(), name: z.string(), color: color.nullable(), position: z.number() },
    level: z.number().openapi({ description: `1 to ${deepest}` }),
    ...{ active: z.boolean(), is_default: z.boolean(), version: z.number(), updated_at: instant },
  })
  .openapi('Category');
export type CategoryView = z.input<typeof categoryView>;

export const categoryQuery = listQuery({ kind });
export type CategoryQuery = z.output<typeof categoryQuery>;
export const categories = page(categoryView);
