/** What a verification of the archive may find. */
export const rowFaultKinds = [
  /** What is stored is not what came, or was opened. */
  'CONTENT',
  /** The hash beside it was changed. */
  'LEAF',
  /** The rows are not those that the root was made of, though each for itself looks sound. */
  'ROOT',
  'MISSING',
  'INSERTED',
  /** A row stands where another belongs. */
  'ORDER',
  /** A file is gone or is not what it was. */
  'BLOB',
  /** The chain of evidence says something else of the row, or is itself broken. */
  'CHAIN',
] as const;
export type RowFaultKind = (typeof rowFaultKinds)[number];

/** One row that is not as it must be. */
export interface RowFault {
  kind: RowFaultKind;
  table: string;
  id: number | string;
  detail: string;
}

/** What goes wrong is told as it is found. */
export type Found = (fault: RowFault) => void;

/** Says which messages are gone by right: a tombstone tells who purged them and why. */
export interface Purges {
  /** @returns those of the ids that were purged */
  purged(ids: readonly number[]): Promise<ReadonlySet<number>>;
}

/** How far and how long a check reads. */
export interface CheckOptions {
  /** What came after this id, which an earlier check saw; 0 for all. */
  after: number;
  found: Found;
  signal?: AbortSignal | undefined;
  /** Told how many rows were looked at since it was told last. */
  progress?: ((rows: number) => Promise<void>) | undefined;
}

/** What a check saw: how many rows, and up to which id. */
export interface Checked {
  rows: number;
  last: number;
}
