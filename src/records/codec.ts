import type { Vault } from '../core/vault';
import { type Row, toDate, type Value } from '../db/database';
import { columnOf, type Field, type RecordData, type RecordType, type Values } from './record-type';

/** The columns every record has, in the order they are written. */
export const baseColumns = [
  ...['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at', 'deleted_by'],
] as const;

export type Codec = ReturnType<typeof codecOf>;

/** Rows of one type to values and back: what is sealed stands in one column, bound to the record. */
export function codecOf(type: RecordType, vault: Vault) {
  const plain = type.fields.filter((field) => !field.sealed);
  const sealed = type.fields.filter((field) => field.sealed);
  const place = (id: string) => ({ table: type.table, column: 'sealed', id });

  function seal(values: Values, id: string): string | null {
    const kept = sealed.flatMap(({ key }) => (isEmpty(values[key]) ? [] : [[key, values[key]]]));
    return kept.length === 0 ? null : vault.seal(JSON.stringify(Object.fromEntries(kept)), place(id));
  }

  return {
    plain,
    sealed,
    /** All columns besides the common ones. */
    columns: [...plain.map(columnOf), 'sealed'],

    /** The values of `columns`. */
    toRow: (values: Values, id: string): Value[] => [
      ...plain.map((field) => stored(field, values[columnOf(field)])),
      seal(values, id),
    ],

    fromRow(row: Row): RecordData {
      const id = String(row.id);
      const opened: Values = row.sealed == null ? {} : JSON.parse(vault.open(String(row.sealed), place(id)));
      return {
        id,
        version: Number(row.version),
        owner_id: null,
        created_at: toDate(row.created_at),
        created_by: String(row.created_by),
        updated_at: toDate(row.updated_at),
        updated_by: String(row.updated_by),
        deleted_at: row.deleted_at == null ? null : toDate(row.deleted_at),
        deleted_by: row.deleted_by == null ? null : String(row.deleted_by),
        ...Object.fromEntries(plain.map((field) => [columnOf(field), read(field, row[columnOf(field)])])),
        ...Object.fromEntries(sealed.map(({ key }) => [key, opened[key] ?? null])),
      };
    },
  };
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isJson = ({ type }: Field): boolean => type === 'object' || type === 'phones';

function stored(field: Field, value: unknown): Value {
  if (isEmpty(value)) return null;
  return isJson(field) ? JSON.stringify(value) : (value as Value);
}

function read(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (isJson(field)) return JSON.parse(String(value));
  switch (field.type) {
    case 'integer':
    case 'money':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'instant':
      return toDate(value);
    default:
      return String(value);
  }
}
