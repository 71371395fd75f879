import type { components } from '../api/schema';

type Schemas = components['schemas'];

export type RecordType = Schemas['RecordType'];
export type RecordField = Schemas['RecordField'];

/** A record as its viewer may see it: its fields, and what every record has. */
export interface RecordRow extends Record<string, unknown> {
  id: string;
  version: number;
  /** Fields that are shown in part, or not at all. */
  masked: string[];
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

export interface RecordChange {
  id: number;
  at: string;
  actor: string;
  actor_name?: string | null;
  kind: string;
  reason: string | null;
  /** `[before, after]`; `***` where only that it changed may be known. */
  changes: Record<string, unknown>;
}

/** Values of fields, as the API takes them. */
export type Values = Record<string, unknown>;

/** Beside `owner_userid` stands `owner_name`, beside `customer_id` stands `customer_name`. */
export const nameKey = (key: string): string => key.replace(/_(?:userid|id)$/, '_name');

export const textOf = (record: RecordRow, key: string): string => {
  const value = record[key];
  return typeof value === 'string' ? value : '';
};
