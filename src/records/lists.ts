import { looksLikePhone, normalPhone } from '../core/phone';
import { allOf, anyOf, type Condition } from '../db/conditions';
import { containing, type Row } from '../db/database';
import type { Viewer } from '../http/permissions';
import { assertAskable } from './access';
import { badFilter, conditionOf, type FilterContext, parseFilter } from './filter';
import { after, cursorOf, type Order, orderBy, orderOf } from './listing';
import { columnOf, type Field, fieldOf, type RecordData, type RecordType } from './record-type';
import type { ServiceDeps } from './records';
import type { RecordStore } from './store';

/** What a list is asked; besides these, one value for each plain filter of the type. */
export interface RecordQuery {
  limit: number;
  cursor?: string | undefined;
  sort?: string | undefined;
  q?: string | undefined;
  filter?: string | undefined;
  deleted?: boolean | undefined;
  [plain: string]: unknown;
}

interface Deps extends Pick<ServiceDeps, 'db' | 'scopes' | 'keys'> {
  store: RecordStore;
}

const alias = 't';

/** The lists of one type: inside the viewer's scope, in any order it has, filtered by anything they may see. */
export function createRecordLists(type: RecordType, { db, scopes, keys, store }: Deps) {
  const lookup = (field: Field, value: string): Condition | undefined => {
    const normal = field.type === 'phone' || field.type === 'phones' ? normalPhone(value) : undefined;
    return normal ? keys.foundBy(type, `${alias}.id`, [{ kind: 'phone', value: normal }]) : undefined;
  };

  const context = (viewer: Viewer): FilterContext => ({
    ...{ alias, now: db.now(), lookup },
    field(key) {
      const field = fieldOf(type, key) ?? marks.find((mark) => mark.key === key);
      if (field) assertAskable(viewer, field);
      return field;
    },
  });

  /** By name, by code, by a phone number or its last four digits (CUS-05, CON-03). */
  function like(q: string): Condition {
    const text = q.trim();
    if (!/[\p{L}\p{N}]/u.test(text)) throw badFilter('q', 'format', 'Say at least one letter or digit');
    const title: Condition = [`LOWER(${alias}.${type.title}) LIKE ? ESCAPE '!'`, containing(text)];
    const code: Condition[] = type.series ? [[`${alias}.code = ?`, text.toUpperCase()]] : [];
    const numbers = numbersIn(text);
    const byNumber = numbers.length > 0 ? [keys.foundBy(type, `${alias}.id`, numbers)] : [];
    return anyOf([title, ...code, ...byNumber]);
  }

  function asked(query: RecordQuery, viewer: Viewer): Condition[] {
    const conditions: Condition[] = [[`${alias}.deleted_at IS ${query.deleted ? 'NOT NULL' : 'NULL'}`]];
    if (query.q) conditions.push(like(query.q));
    if (query.filter) conditions.push(conditionOf(parseFilter(query.filter), context(viewer)));
    const plain = plainFilters(type).filter(({ key }) => query[key] !== undefined);
    for (const { key } of plain) {
      conditions.push(conditionOf({ field: key, op: 'in', value: String(query[key]).split(',') }, context(viewer)));
    }
    return conditions;
  }

  async function within(viewer: Viewer): Promise<Condition[]> {
    const { read } = await scopes.of(type, viewer, alias);
    return read ? [read.isWide ? read.probe : read.enter] : [];
  }

  return {
    async page(query: RecordQuery, viewer: Viewer): Promise<{ records: RecordData[]; next_cursor: string | null }> {
      const order: Order = orderOf(type, query.sort ?? '-updated_at');
      const conditions = [...asked(query, viewer), ...(await within(viewer))];
      if (query.cursor !== undefined) conditions.push(after(order, query.cursor, alias));
      const { where, params } = allOf(conditions);
      const rows = await db.query<Row>(
        `SELECT ${alias}.* FROM ${type.table} ${alias} WHERE ${where} ORDER BY ${orderBy(order, alias)} LIMIT ?`,
        [...params, query.limit + 1],
      );
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const more = rows.length > query.limit && last;
      return {
        records: shown.map(store.codec.fromRow),
        next_cursor: more ? cursorOf(order, last[order.column], String(last.id)) : null,
      };
    },

    async count(query: RecordQuery, viewer: Viewer): Promise<number> {
      const { where, params } = allOf([...asked(query, viewer), ...(await within(viewer))]);
      const sql = `SELECT COUNT(*) AS count FROM ${type.table} ${alias} WHERE ${where}`;
      const [row] = await db.query<{ count: unknown }>(sql, params);
      return Number(row?.count ?? 0);
    },
  };
}

/** What somebody who types this may mean by it: a whole number, or the end of one. */
function numbersIn(text: string): { kind: string; value: string }[] {
  if (/^\d{4}$/.test(text)) return [{ kind: 'last4', value: text }];
  const number = looksLikePhone(text) ? normalPhone(text) : undefined;
  return number === undefined ? [] : [{ kind: 'phone', value: number }];
}

/** What every record can be filtered by besides its own fields. */
const marks: readonly Field[] = [
  { key: 'created_at', type: 'instant' },
  { key: 'updated_at', type: 'instant' },
];

const plainTypes = new Set(['choice', 'dictionary', 'staff', 'record']);

/** Fields a list takes as parameters of their own: `?state=new,assigned`. */
export const plainFilters = (type: RecordType): Field[] =>
  type.fields.filter((field) => !field.sealed && plainTypes.has(field.type) && columnOf(field) !== 'id');
