import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

export const wordCategories = [
  'private_payment',
  'private_contact',
  'off_book',
  'rebate',
  'competitor',
  'insult',
  'leaving',
  'overpromise',
  'complaint',
  'leak',
  'evasion',
  'red_line',
  'other',
] as const;

const settings = {
  name: z.string().trim().min(1).max(64),
  category: z.enum(wordCategories),
  enabled: z.boolean().default(true),
  words: z.array(z.string().trim().min(1).max(64)).min(1).max(5000),
};

export const newWordList = z.strictObject(settings);
export type NewWordList = z.output<typeof newWordList>;

export const changedWordList = z.strictObject({ ...settings, version: z.number().int().min(1) });
export type ChangedWordList = z.output<typeof changedWordList>;

export const wordListView = z
  .object({
    id: z.string(),
    name: z.string(),
    category: z.enum(wordCategories),
    enabled: z.boolean(),
    words: z.array(z.string()),
    version: z.number(),
    created_at: instant,
    updated_at: instant,
  })
  .openapi('WordList');
export type WordListView = z.input<typeof wordListView>;

export const wordListQuery = listQuery({});
export const wordLists = page(wordListView);

export const wordListVersions = page(
  z
    .object({
      ...{ version: z.number(), words: z.array(z.string()), created_at: instant },
      actor: z.string().openapi({ description: 'as the audit trail spells them; `start` came with the product' }),
      actor_name: z.string().nullable(),
    })
    .openapi('WordListVersion'),
);
export type WordListVersionView = z.input<typeof wordListVersions>['items'][number];

/** Messages sent from the first on, before the second. */
export const startWordScan = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export type StartWordScan = z.output<typeof startWordScan>;
