/** What a verification may find. */
export const faultKinds = [
  /** The row is not what was sealed. */
  'changed',
  /** The row is gone. */
  'deleted',
  /** The row was never sealed, and nobody announced it. */
  'inserted',
  /** Two links name the same row. */
  'duplicate',
  /** The link does not follow from the one before it. */
  'link',
  /** Links are missing. */
  'gap',
  /** The chain ends before a signed statement says it did. */
  'tail_missing',
  /** A signed statement names another link: the chain was made anew. */
  'rebuilt',
  /** Links that a checkpoint must cover have none. */
  'unsigned',
  'signature',
  'unknown_key',
  'unknown_stream',
  'unknown_form',
  /** A checkpoint or anchor does not follow the one before it. */
  'order',
  'unreadable',
  /** An anchor that a witness holds is gone from the folder, or was changed there. */
  'anchor_missing',
  /** What a witness holds is not what its name says. */
  'copy_changed',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  n?: number;
  stream?: string;
  row_id?: number;
  detail?: string;
}

/** Beyond this they are only counted. */
const mostListed = 1000;

export class Faults {
  readonly listed: Fault[] = [];
  count = 0;

  add(fault: Fault): void {
    this.count += 1;
    if (this.listed.length < mostListed) this.listed.push(fault);
  }
}
