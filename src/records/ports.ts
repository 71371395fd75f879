import type { Condition } from '../db/conditions';
import type { Viewer } from '../http/permissions';
import type { FieldAccess, GuardedField } from '../http/roles';
import type { Key, RecordData, RecordType, Values } from './record-type';

/** Which records of one type a viewer sees. null: no limit. */
export interface RecordScope {
  /** In two wordings, as `kernel/scope` explains: one leads to the rows, the other asks of each. */
  read: { enter: Condition; probe: Condition; isWide: boolean } | null;
  /** Those they may change as well. */
  edit: Condition | null;
  field(path: GuardedField, ownerIds: readonly string[]): Promise<(ownerId: string) => FieldAccess>;
}

export interface RecordScopes {
  /** @param alias of the type's table in the statement */
  of(type: RecordType, viewer: Viewer, alias: string): Promise<RecordScope>;
}

export interface StaffName {
  userid: string;
  name: string | null;
}

export interface StaffDirectory {
  /** Our id. @throws http.validation */
  idOf(userid: string, path: string): Promise<string>;
  names(ids: readonly string[]): Promise<Map<string, StaffName>>;
}

/** Who writes. Without a viewer it is the product itself, which may do everything. */
export interface Writer {
  actor: string;
  viewer?: Viewer;
  address?: string | undefined;
}

export interface Draft {
  id: string;
  /** What will be stored; rules may set fields of it. */
  values: Values;
  /** As it is stored now; null for a new one. */
  before: RecordData | null;
  by: Writer;
}

/** What a feature adds to its type. All of it runs inside the transaction of the write and touches nothing but the database. */
export interface RecordRules {
  /** Derives what is derived, and refuses what must not be. @throws http.validation, or a fault of the feature */
  check?(draft: Draft): Promise<void>;
  /** After it was written, a change that changed nothing excepted. */
  stored?(record: RecordData, draft: Draft): Promise<void>;
  /** Values that only one living record may have. */
  claims?(values: Values): Key[];
  /** What else it is found by. */
  lookups?(values: Values): Key[];
  /** How many of each kind hang on it: with any, it is not deleted. */
  dependents?(id: string): Promise<Record<string, number>>;
}
