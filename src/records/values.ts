import { z } from 'zod';
import { normalPhone } from '../core/phone';
import { instant } from '../http/schema';
import type { Field, RecordType } from './record-type';
import { calendarDay, lineOfText, linesOfText } from './text';
import type { RecordView } from './views';

const phone = lineOfText(32).refine((text) => normalPhone(text) !== undefined, {
  message: 'Not a phone number',
  params: { rule: 'format' },
});
const userid = z.string().min(1).max(64);
const wholeNumber = ({ min = 0, max = Number.MAX_SAFE_INTEGER }: Field) => z.number().int().min(min).max(max);

/** What a client may send for a field. */
function inputOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'text':
    case 'key':
      return lineOfText(field.max ?? 200);
    case 'long_text':
      return linesOfText(field.max ?? 2000);
    case 'integer':
    case 'money':
      return wholeNumber(field);
    case 'day':
      return calendarDay;
    case 'instant':
      return z.iso.datetime({ offset: true }).transform((text) => new Date(text));
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(field.choices as [string, ...string[]]);
    case 'phone':
      return phone;
    case 'phones':
      return z.array(phone).max(10);
    case 'email':
      return lineOfText(200).pipe(z.email());
    case 'url':
      return lineOfText(500).pipe(z.url({ protocol: /^https?$/ }));
    case 'object':
      return field.shape ?? z.unknown();
    default:
      return field.type === 'staff' ? userid : z.string().min(1).max(64);
  }
}

const readOnly = z.unknown().superRefine((value, ctx) => {
  if (value !== undefined)
    ctx.addIssue({ code: 'custom', message: 'Set by the system', params: { rule: 'read_only' } });
});

const required = (schema: z.ZodType): z.ZodType =>
  schema.refine((value) => value !== '', { message: 'Must be there', params: { rule: 'required' } });

/** An empty text means the field is to be empty. */
const optional = (schema: z.ZodType): z.ZodType =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable());

/** What every body may hold besides its fields. */
const common = {
  /** Why it is made although there seems to be one already. */
  duplicate_reason: lineOfText(200).optional(),
};

const writable = (type: RecordType) => type.fields.filter((field) => !field.system);
const systemKeys = (type: RecordType): [string, z.ZodType][] =>
  [...type.fields.filter((field) => field.system).map(({ key }) => key), ...always].map((key) => [
    key,
    readOnly.optional(),
  ]);
const always = ['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at', 'deleted_by'];

/** The body of a create: every fault of every field in one answer. */
export const newRecord = (type: RecordType) =>
  z
    .strictObject({
      ...Object.fromEntries(
        writable(type).map((field) => [
          field.key,
          field.required ? required(inputOf(field)) : optional(inputOf(field)).optional(),
        ]),
      ),
      ...Object.fromEntries(systemKeys(type)),
      ...common,
    })
    .openapi(`New${nameOf(type)}`);

/** The body of a change: what it does not name stays as it is. */
export const changedRecord = (type: RecordType) =>
  z
    .strictObject({
      version: z.number().int().min(1),
      ...Object.fromEntries(
        writable(type).map((field) => [
          field.key,
          (field.required ? required(inputOf(field)) : optional(inputOf(field))).optional(),
        ]),
      ),
      ...Object.fromEntries(systemKeys(type)),
      ...common,
    })
    .openapi(`Changed${nameOf(type)}`);

/** What a client gets to see of a field; null where it is empty, or not for them. */
function outputOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'integer':
    case 'money':
      return z.number().nullable();
    case 'boolean':
      return z.boolean().nullable();
    case 'instant':
      return instant.nullable();
    case 'choice':
      return z.enum(field.choices as [string, ...string[]]).nullable();
    case 'phones':
      return z.array(z.string());
    case 'object':
      return z.unknown();
    default:
      return z.string().nullable();
  }
}

/** What stands beside a reference: the name behind the id. */
export const beside = ({ key, type }: Field): string[] => (type === 'staff' || type === 'record' ? [nameKey(key)] : []);

const nameFields = (field: Field): [string, z.ZodType][] => beside(field).map((key) => [key, z.string().nullable()]);

/** Beside `owner_userid` stands `owner_name`, beside `customer_id` stands `customer_name`. */
export const nameKey = (key: string): string => key.replace(/_(?:userid|id)$/, '_name');

export const recordView = (type: RecordType): z.ZodType<RecordView> =>
  z
    .object({
      id: z.string(),
      version: z.number().int(),
      ...Object.fromEntries(type.fields.flatMap((field) => [[field.key, outputOf(field)], ...nameFields(field)])),
      masked: z.array(z.string()).openapi({ description: 'fields that are shown in part, or not at all' }),
      created_at: instant,
      created_by: z.string(),
      updated_at: instant,
      updated_by: z.string(),
      deleted_at: instant.nullable(),
    })
    .openapi(nameOf(type)) as unknown as z.ZodType<RecordView>;

/** `customer` → `Customer`, for the API description. */
export const nameOf = ({ key }: Pick<RecordType, 'key'>): string =>
  key
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
