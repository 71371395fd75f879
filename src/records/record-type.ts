import type { z } from 'zod';
import type { GrantablePermission } from '../http/permissions';
import type { GuardedField } from '../http/roles';

/**
 * `key`: an id or a code that tells nothing of a person by itself. `money`: whole minor units in the currency the record names. `day`: a calendar date `YYYY-MM-DD`. `staff`: the API says the
 * userid, the column holds our id. `record`: the id of another record. `phones`: several numbers. `object`: JSON of a shape
 * of its own.
 */
export type FieldType =
  | ('text' | 'key' | 'long_text' | 'integer' | 'money' | 'day' | 'instant' | 'boolean' | 'choice' | 'dictionary')
  | ('staff' | 'record' | 'phone' | 'phones' | 'email' | 'url' | 'object');

/** One field of a record, as forms, lists, filters, imports and the history know it. */
export interface Field {
  /** In the API, and of the column too unless `column` says otherwise. */
  key: string;
  column?: string;
  type: FieldType;
  required?: true;
  /** Of a text its signs, of a number the greatest value. */
  max?: number;
  min?: number;
  choices?: readonly string[];
  /** Whose items it takes. */
  dictionary?: string;
  /** The type of record it points to. */
  of?: string;
  /** What an `object` looks like. */
  shape?: z.ZodType;
  /** Stands in no column of its own: sealed with the others that are personal (crm-features §3, classes P and S). */
  sealed?: true;
  /** Who sees it is settled by the roles' field rules. */
  guard?: GuardedField;
  /** Set by the product: whoever sends it is refused (`read_only`). */
  system?: true;
  /** Lists can be ordered by it; a column that is never null unless `nullable`. */
  sort?: 'always_there' | 'nullable';
}

/** Of an object of the CRM everything that all of them have follows from this (ADR 0031). */
export interface RecordType {
  /** The word for it in the history, in search and among collaborators: `customer`. */
  key: string;
  /** Its address below /api/v1. */
  path: string;
  table: string;
  /** The field that names a record to people. */
  title: string;
  fields: readonly Field[];
  /** What hangs on a customer is seen by whoever sees that customer as its owner. */
  customer?: 'customer_id';
  /** In which states it is closed business, which keeps its owner when they leave. */
  closed?: { column: string; values: readonly string[] };
  /** Which number series `code` comes from. */
  series?: string;
  can: {
    read: GrantablePermission;
    write: GrantablePermission;
    /** Whoever has it sees every record, whatever their reach. */
    all?: GrantablePermission;
  };
}

/** A record as the product works with it: API keys, instants as `Date`, money and counts as numbers, nothing sealed. */
export type Values = Record<string, unknown>;

export interface RecordData extends Values {
  id: string;
  version: number;
  owner_id: string | null;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
  deleted_at: Date | null;
  deleted_by: string | null;
}

/** A value that only one living record may have, or by which records are found. Stored as a keyed hash. */
export interface Key {
  kind: string;
  value: string;
  /** The field it comes from, for the fault. */
  path: string;
}

export const columnOf = ({ key, column }: Pick<Field, 'key' | 'column'>): string => column ?? key;

export const fieldOf = (type: Pick<RecordType, 'fields'>, key: string): Field | undefined =>
  type.fields.find((field) => field.key === key);
