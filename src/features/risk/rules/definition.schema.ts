import { z } from 'zod';
import { identifierClasses, qrClasses } from './engine';

const word = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((text) => /[\p{L}\p{N}]/u.test(text), { message: 'holds no letter, digit or ideograph' });
const words = z.array(word).max(5000).default([]);
const allowed = z.array(z.string().trim().min(1).max(128)).max(500).default([]);

const wordMatcher = z
  .strictObject({
    kind: z.literal('words'),
    lists: z.array(z.string().min(1).max(36)).max(50).default([]).openapi({ description: 'ids of word lists' }),
    words,
    fuzzy: z.boolean().default(true).openapi({ description: 'hidden forms too; they weigh one step less' }),
  })
  .refine((matcher) => matcher.lists.length + matcher.words.length > 0, { message: 'names no word', path: ['words'] });

const fileMatcher = z
  .strictObject({
    kind: z.literal('file'),
    names: z.array(word).max(500).default([]).openapi({ description: 'parts of a name' }),
    md5s: z
      .array(z.string().regex(/^[\da-f]{32}$/))
      .max(500)
      .default([]),
  })
  .refine((matcher) => matcher.names.length + matcher.md5s.length > 0, { message: 'names no file', path: ['names'] });

const matcher = z.discriminatedUnion('kind', [
  wordMatcher,
  z.strictObject({ kind: z.literal('pattern'), pattern: z.string().min(1).max(500) }),
  z.strictObject({ kind: z.literal('identifier'), classes: z.array(z.enum(identifierClasses)).min(1), allowed }),
  z.strictObject({ kind: z.literal('qr'), classes: z.array(z.enum(qrClasses)).min(1), allowed }),
  z.strictObject({ kind: z.literal('card'), allowed }),
  z.strictObject({ kind: z.literal('link'), allowed }),
  z.strictObject({ kind: z.literal('mini_program'), allowed }),
  z.strictObject({
    kind: z.literal('red_packet'),
    least: z.number().int().min(1).openapi({ description: 'in fen' }),
    direction: z.enum(['sent', 'received', 'any']).default('any').openapi({ description: 'by staff' }),
  }),
  fileMatcher,
]);
export type RuleMatcher = z.output<typeof matcher>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const hours = z
  .strictObject({
    when: z.enum(['in', 'out']),
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).openapi({ description: '1 is Monday' }),
    ...{ from: timeOfDay, to: timeOfDay },
  })
  .refine(({ from, to }) => from < to, { message: 'ends before it begins', path: ['to'] })
  .openapi({ description: 'Shanghai time' });
export type Hours = z.output<typeof hours>;

const conditions = z.strictObject({
  said_by: z.enum(['staff', 'external', 'anyone']).default('staff'),
  chat: z.enum(['single', 'group', 'any']).default('any'),
  outsiders_only: z.boolean().default(true).openapi({ description: 'only where somebody from outside takes part' }),
  hours: hours.nullable().default(null),
  departments: z.array(z.number().int()).max(200).default([]).openapi({ description: 'with all below them' }),
  tags: z.array(z.string().min(1).max(64)).max(200).default([]).openapi({ description: 'corp tags of the customer' }),
  staff_excepted: z.array(z.string().min(1).max(64)).max(500).default([]),
});
export type Conditions = z.output<typeof conditions>;

/** What a rule looks for, and where. */
export const ruleDefinition = z
  .strictObject({
    matchers: z.array(matcher).min(1).max(20),
    require: z.enum(['any', 'all']).default('any'),
    window_minutes: z
      .number()
      .int()
      .min(0)
      .max(1440)
      .default(0)
      .openapi({ description: 'within which all of it happens in one conversation; 0: in one message' }),
    least: z.number().int().min(1).max(100).default(1).openapi({ description: 'messages within the window' }),
    exclusions: words,
    conditions: conditions.prefault({}),
  })
  .refine(({ least, window_minutes }) => least === 1 || window_minutes > 0, {
    message: 'several messages need a window',
    path: ['window_minutes'],
  })
  .openapi('RuleDefinition');
export type RuleDefinition = z.output<typeof ruleDefinition>;
