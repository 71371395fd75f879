import { z } from 'zod';
import { allOf, anyOf, type Condition, isIn } from '../db/conditions';
import { containing, type Value } from '../db/database';
import { dayOf, lastDayOf, periodOf } from './periods';
import { recordError } from './record.errors';
import { columnOf, type Field } from './record-type';

export const operators = [
  ...(['eq', 'ne', 'in', 'nin', 'lt', 'lte', 'gt', 'gte', 'between'] as const),
  ...(['contains', 'starts', 'empty', 'filled', 'within'] as const),
] as const;
type Operator = (typeof operators)[number];

interface Term {
  field: string;
  op: Operator;
  value?: unknown;
}
export type Filter = Term | { and: Filter[] } | { or: Filter[] };

const term = z.strictObject({ field: z.string().max(64), op: z.enum(operators), value: z.unknown().optional() });
const node: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    term as z.ZodType<Term>,
    z.strictObject({ and: z.array(node).min(1).max(30) }),
    z.strictObject({ or: z.array(node).min(1).max(30) }),
  ]),
);

const mostTerms = 60;
const deepest = 5;

/** `{"and":[{"field","op","value"},{"or":[…]}]}`. @throws record.bad_filter, with the place of the fault */
export function parseFilter(text: string): Filter {
  const found = node.safeParse(jsonIn(text));
  if (!found.success) throw recordError('bad_filter', [{ path: 'filter', rule: 'format', message: 'Not a filter' }]);
  if (depthOf(found.data) > deepest || sizeOf(found.data) > mostTerms) throw badFilter('filter', 'max');
  return found.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const partsOf = (filter: Filter): Filter[] | undefined =>
  'and' in filter ? filter.and : 'or' in filter ? filter.or : undefined;
const depthOf = (filter: Filter): number => 1 + Math.max(0, ...(partsOf(filter) ?? []).map(depthOf));
const sizeOf = (filter: Filter): number => partsOf(filter)?.reduce((sum, part) => sum + sizeOf(part), 0) ?? 1;

export const badFilter = (path: string, rule: string, message = 'This cannot be asked of the field') =>
  recordError('bad_filter', [{ path, rule, message }]);

/** What a filter is read with. */
export interface FilterContext {
  alias: string;
  now: Date;
  /** The field of a key, when the viewer may ask for it. @throws record.field_forbidden */
  field(key: string): Field | undefined;
  /** For a field that is sealed: what the record's lookup holds for a value; undefined when there is none. */
  lookup(field: Field, value: string): Condition | undefined;
}

/** @throws record.bad_filter, field_forbidden */
export function conditionOf(filter: Filter, context: FilterContext, path = 'filter'): Condition {
  if ('and' in filter) {
    const { where, params } = allOf(filter.and.map((part, i) => conditionOf(part, context, `${path}.and.${i}`)));
    return [`(${where})`, ...params];
  }
  if ('or' in filter) return anyOf(filter.or.map((part, i) => conditionOf(part, context, `${path}.or.${i}`)));
  const field = context.field(filter.field);
  if (!field) throw badFilter(`${path}.field`, 'unknown', 'There is no such field');
  if (field.sealed) return sealedTerm(field, filter, { context, path });
  return plainTerm(field, filter, { context, path });
}

interface At {
  context: FilterContext;
  path: string;
}

function sealedTerm(field: Field, { op, value }: Term, { context, path }: At): Condition {
  const found = op === 'eq' && typeof value === 'string' ? context.lookup(field, value) : undefined;
  if (!found) throw badFilter(path, 'operator', 'A sealed field is found by its whole value only');
  return found;
}

const comparisons: Partial<Record<Operator, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const texts = new Set(['text', 'long_text', 'email', 'url', 'phone', 'phones']);
const ordered = new Set(['integer', 'money', 'day', 'instant']);

function plainTerm(field: Field, term: Term, { context, path }: At): Condition {
  const column = `${context.alias}.${columnOf(field)}`;
  const one = (value: unknown): Value => boundValue(field, value, `${path}.value`);
  const many = (): Value[] => {
    if (!Array.isArray(term.value) || term.value.length > 200) throw badFilter(`${path}.value`, 'format');
    return term.value.map(one);
  };
  const among = (values: Value[]): Condition =>
    field.type === 'staff' ? staffIn(column, values) : isIn(column, values);
  switch (term.op) {
    case 'empty':
      return [`${column} IS NULL`];
    case 'filled':
      return [`${column} IS NOT NULL`];
    case 'eq':
      return among([one(term.value)]);
    case 'in':
      return among(many());
    case 'ne':
    case 'nin':
      return notAmong(column, among(term.op === 'ne' ? [one(term.value)] : many()));
    case 'contains':
    case 'starts':
      return like(field, term, { column, path });
    case 'within':
      return within(field, term, { column, path, now: context.now });
    default:
      return compared(field, term, { column, path, one, many });
  }
}

const notAmong = (column: string, [sql, ...params]: Condition): Condition => [
  `(${column} IS NULL OR NOT (${sql}))`,
  ...params,
];

const staffIn = (column: string, userids: Value[]): Condition => {
  const [sql, ...params] = isIn('s.userid', userids);
  return [`${column} IN (SELECT s.id FROM staff s WHERE ${sql})`, ...params];
};

function like(field: Field, { op, value }: Term, { column, path }: { column: string; path: string }): Condition {
  if (!texts.has(field.type) || typeof value !== 'string' || !value.trim() || value.length > 100) {
    throw badFilter(path, 'operator');
  }
  const pattern = containing(value.trim());
  return [`LOWER(${column}) LIKE ? ESCAPE '!'`, op === 'starts' ? pattern.slice(1) : pattern];
}

interface Span {
  column: string;
  path: string;
  now: Date;
}

function within(field: Field, { value }: Term, { column, path, now }: Span): Condition {
  const period = typeof value === 'string' ? periodOf(value, now) : undefined;
  if (!period) throw badFilter(`${path}.value`, 'format');
  if (field.type === 'instant') return [`(${column} >= ? AND ${column} < ?)`, period.from, period.to];
  if (field.type === 'day') return [`(${column} >= ? AND ${column} <= ?)`, dayOf(period.from), lastDayOf(period)];
  throw badFilter(path, 'operator');
}

interface Compared {
  column: string;
  path: string;
  one: (value: unknown) => Value;
  many: () => Value[];
}

function compared(field: Field, { op, value }: Term, { column, path, one, many }: Compared): Condition {
  if (!ordered.has(field.type)) throw badFilter(path, 'operator');
  if (op !== 'between') return [`${column} ${comparisons[op]} ?`, one(value)];
  const [from, to, ...rest] = many();
  if (from === undefined || to === undefined || rest.length > 0) throw badFilter(`${path}.value`, 'format');
  return [`(${column} >= ? AND ${column} <= ?)`, from, to];
}

type Read = (value: unknown) => Value | undefined;
const wholeNumber: Read = (value) => (Number.isSafeInteger(value) ? (value as number) : undefined);
const text: Read = (value) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
const moment: Read = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined;
const readers: Partial<Record<Field['type'], Read>> = {
  integer: wholeNumber,
  money: wholeNumber,
  instant: moment,
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
};

function boundValue({ type }: Field, value: unknown, path: string): Value {
  const read = (readers[type] ?? text)(value);
  if (read === undefined) throw badFilter(path, 'format');
  return read;
}
