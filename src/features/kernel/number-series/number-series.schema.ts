import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

export const dateFormats = ['YYYY', 'YY', 'MM', 'DD'] as const;
export const resets = ['day', 'month', 'year', 'never'] as const;
export type Resets = (typeof resets)[number];

const part = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('text'),
      text: z.string().regex(/^[A-Za-z0-9._/-]{1,12}$/, 'expected 1 to 12 letters, digits or . _ / -'),
    }),
    z.strictObject({ kind: z.literal('date'), format: z.enum(dateFormats) }),
    z.strictObject({ kind: z.literal('counter'), width: z.number().int().min(1).max(10) }),
  ])
  .openapi('NumberPart');
export type Part = z.output<typeof part>;

/** Without these the same number would come again after a new beginning. */
const needed: Record<Resets, RegExp> = {
  never: /^/,
  year: /Y/,
  month: /^(?=.*Y)(?=.*M)/,
  day: /^(?=.*Y)(?=.*M)(?=.*D)/,
};

const pattern = z
  .strictObject({ parts: z.array(part).min(1).max(8), resets: z.enum(resets) })
  .superRefine(({ parts, resets: reset }, check) => {
    const counters = parts.filter(({ kind }) => kind === 'counter').length;
    if (counters !== 1) check.addIssue({ code: 'custom', path: ['parts'], message: 'expected one counter' });
    const dates = parts.map((one) => (one.kind === 'date' ? one.format : '')).join('');
    if (!needed[reset].test(dates)) {
      check.addIssue({
        code: 'custom',
        path: ['resets'],
        message: 'the parts must name the time after which it begins anew',
      });
    }
    if (longest(parts) > 32) check.addIssue({ code: 'custom', path: ['parts'], message: 'at most 32 characters' });
  });
export type Pattern = z.output<typeof pattern>;

const longest = (parts: readonly Part[]): number =>
  parts.reduce(
    (sum, one) => sum + (one.kind === 'text' ? one.text.length : one.kind === 'date' ? one.format.length : 10),
    0,
  );

export const patternBody = pattern;
export const changedSeries = pattern.safeExtend({ version: z.number().int().min(1) });
export type ChangedSeries = z.output<typeof changedSeries>;

export const seriesParam = z.strictObject({ key: z.string().min(1).max(64) });

export const seriesView = z
  .object({
    ...{ key: z.string(), parts: z.array(part), resets: z.enum(resets) },
    last_number: z.number().openapi({ description: 'of the counter' }),
    next: z.string().openapi({ description: 'what the next record would get today' }),
    ...{ version: z.number(), updated_at: instant },
  })
  .openapi('NumberSeries');
export type SeriesView = z.input<typeof seriesView>;

export const seriesQuery = listQuery({});
export const series = page(seriesView);

export const preview = z
  .object({ numbers: z.array(z.string()).openapi({ description: 'the next three' }) })
  .openapi('NumberPreview');
