import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

extendZodWithOpenApi(z);

/** An instant in an answer: ISO 8601, UTC. Takes what raw rows hold on either database. */
export const instant = z.iso.datetime();

/** The query of every list: `limit`, `cursor`, and the filters given. Unknown parameters are refused. */
export const listQuery = <S extends z.ZodRawShape>(filters: S) =>
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
    ...filters,
  });

/** What a list without filters is asked. */
export type ListQuery = z.infer<ReturnType<typeof listQuery<Record<never, never>>>>;

/** The answer of every list. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

export const idParam = z.strictObject({ id: z.string().min(1).max(64) });

/** A line as people type it: NFC, without outer or repeated spaces (crm-features §0.1). Control characters are refused. */
export const textLine = (min: number, max: number) =>
  z
    .string()
    .overwrite((text) => text.normalize('NFC').trim().replace(/ {2,}/g, ' '))
    .min(min)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'holds a control character');

/** ISO text of an instant, null where there is none. */
export const iso = (at: Date): string => at.toISOString();
export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;
