import { z } from 'zod';
import { fromUnix } from '../../core/clock';

/** A JSON object as WeCom sent it. */
export type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonObject = z.custom<JsonObject>(isObject, 'expected an object');

/** An id the row cannot do without. */
export const id = z.string().min(1);

const anything = z.unknown().optional();

const toText = (value: unknown): string => (typeof value === 'number' ? String(value) : '');
const toNumber = (value: unknown): number => (typeof value === 'string' && value !== '' ? Number(value) || 0 : 0);

/** Optional text. WeCom leaves out what is empty and now and then sends a number. */
export const text = anything.transform((v) => (typeof v === 'string' ? v : toText(v)));
/** Also for `next_cursor`, whose end is empty or missing. */
export const textOrNull = text.transform((v) => (v === '' ? null : v));
export const integer = anything.transform((v) => (typeof v === 'number' ? v : toNumber(v)));
/** Seconds since 1970 → an instant. Required: a relation without its time is no relation. */
export const instant = z.number().int().nonnegative().transform(fromUnix);

/** A list inside an entity: WeCom leaves empty ones out. Anything else that is not a list is a fault. */
export const list = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((v): z.output<S>[] => v ?? []);

/** Parses one entity and hands the view the JSON as it came, for mirrors that keep fields we do not know. */
export const entity = <S extends z.ZodType, T>(schema: S, view: (value: z.output<S>, raw: JsonObject) => T) =>
  jsonObject.transform((raw, context): T => {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return view(parsed.data, raw);
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });

/**
 * An answer whose point is the list `field`. WeCom may leave an empty list out, but says errcode 0 then: a body with
 * neither (a proxy's `{}`) is no answer, and must not read as "there are none".
 */
export const listAnswer = <S extends z.ZodRawShape>(field: keyof S & string, shape: S) =>
  jsonObject.refine((body) => 'errcode' in body || field in body, `neither errcode nor ${field}`).pipe(z.object(shape));

/** The cursor to send: WeCom wants none for the first page. */
export const cursorField = (cursor: string | null | undefined): { cursor?: string } => (cursor ? { cursor } : {});
