import { z } from 'zod';
import { instant, listQuery, page, textLine } from '../../../http/schema';

const colors = ['gray', 'blue', 'teal', 'olive', 'brown', 'pink'] as const;

const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'expected 1 to 40 letters, digits, _ or -');
const version = z.number().int().min(1);

/** What an item has beside its labels; each key is one that somebody reads. */
const extra = z.strictObject({
  color: z.enum(colors).optional(),
  parent: code.optional().openapi({ description: 'code of the item that this one stands under' }),
  from: z.number().int().min(0).optional().openapi({ description: 'the least points of a grade' }),
  to: z.number().int().min(0).nullable().optional().openapi({ description: 'the most points; null: no end' }),
});
export type Extra = z.output<typeof extra>;

const fields = {
  label_zh: textLine(1, 60),
  label_en: textLine(0, 60).default('').openapi({ description: 'empty: the Chinese one serves' }),
  active: z.boolean().default(true),
  is_default: z.boolean().default(false),
  extra: extra.default({}),
};

export const newItem = z.strictObject({ code, ...fields, version });
export type NewItem = z.output<typeof newItem>;

export const changedItem = z.strictObject({
  ...fields,
  code: code.optional().openapi({ description: 'cannot be changed; may be sent back as it is' }),
  new_default: code.optional().openapi({ description: 'becomes the default in the place of this one' }),
  version,
});
export type ChangedItem = z.output<typeof changedItem>;

export const changedDictionary = z.strictObject({
  ...{ label_zh: textLine(1, 60), label_en: textLine(1, 60) },
  items: z
    .array(z.strictObject({ code, ...fields }))
    .max(1000)
    .openapi({ description: 'all of them, in their new order' }),
  version,
});
export type ChangedDictionary = z.output<typeof changedDictionary>;

export const removal = z.strictObject({
  version: z.coerce.number().int().min(1),
  replace_with: code.optional().openapi({ description: 'takes its place in every record' }),
});
export type Removal = z.output<typeof removal>;

export const dictionaryParam = z.strictObject({ code: z.string().min(1).max(64) });
export const itemParam = z.strictObject({ code: z.string().min(1).max(64), item: z.string().min(1).max(64) });

const itemView = z
  .object({
    ...{ code: z.string(), label_zh: z.string(), label_en: z.string(), position: z.number() },
    ...{ active: z.boolean(), is_default: z.boolean(), extra },
  })
  .openapi('DictionaryItem');
export type ItemView = z.output<typeof itemView>;

const about = {
  ...{ code: z.string(), label_zh: z.string(), label_en: z.string(), version: z.number(), updated_at: instant },
};
export const dictionaryView = z.object({ ...about, items: z.array(itemView) }).openapi('Dictionary');
export type DictionaryView = z.input<typeof dictionaryView>;

export const dictionaryQuery = listQuery({});
export const dictionaries = page(
  z
    .object({ ...about, items: z.number(), active: z.number().openapi({ description: 'items that may be chosen' }) })
    .openapi('DictionaryAbout'),
);
export type DictionaryAbout = z.input<typeof dictionaries>['items'][number];

export const itemQuery = listQuery({});
export const items = page(itemView);
