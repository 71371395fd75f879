import type { Condition } from '../../../db/conditions';
import { toDateOrNull, type Value } from '../../../db/database';
import type { FailReason, HandoverItem, ItemKind, ItemState, StepKind } from './handovers.entity';

/** An item with the userids behind its ids. */
export interface Item extends HandoverItem {
  from_userid: string;
  to_userid: string | null;
  /** When the giver left; null while they serve. */
  departed_at: Date | null;
}

export interface NewItem {
  kind: ItemKind;
  subject_id: string;
  from_staff_id: string;
  to_staff_id: string | null;
  second_staff_id: string | null;
  because: readonly string[];
  warnings: readonly string[];
}

/** What becomes of an item, and the line that says so. */
export interface Outcome {
  state: ItemState;
  step: StepKind;
  errcode?: number | undefined;
  reason?: FailReason | undefined;
  takeoverAt?: Date | null | undefined;
  askAt?: Date | undefined;
  notBefore?: Date | undefined;
  /** Counts as one of the times that WeCom was asked. */
  counts?: true | undefined;
  /** The successor from now on. */
  to?: string | undefined;
  detail?: object | undefined;
}

/** A call that items go out with. */
export interface Submitted {
  id: number;
  toStaffId: string;
  resigned: boolean;
}

/** Who or what brought it about. */
export interface Cause {
  callId?: number | undefined;
  actor?: string | undefined;
}

/** Giver and subject. */
export const pairKey = ({ from_staff_id, kind, subject_id }: NewItem): string =>
  `${from_staff_id}:${kind}:${subject_id}`;

/** Of `i` in `h`: not what was left out of a draft, which is kept there until it goes out. */
export const isInPlan: Condition = ["(h.state NOT IN ('draft', 'scheduled') OR i.state <> 'cancelled')"];

/** On the way: nobody else may submit the same. */
export const openStates: readonly ItemState[] = ['submitted', 'unknown', 'waiting'];
export const finalStates: readonly ItemState[] = ['taken_over', 'refused', 'over_limit', 'failed', 'cancelled'];

/** What becomes of the columns. */
export function assignments(outcome: Outcome, now: Date): { set: string; params: Value[] } {
  const { state, errcode = null, reason = null, askAt = null, notBefore = null, takeoverAt, to } = outcome;
  const sets: Condition[] = [
    ['state = ?, errcode = ?, reason = ?, ask_at = ?, not_before = ?', state, errcode, reason, askAt, notBefore],
    [openStates.includes(state) ? 'active_key = pair_key' : 'active_key = NULL'],
    ['settled_at = ?, updated_at = ?', finalStates.includes(state) ? now : null, now],
    ['attempt = attempt + ?', outcome.counts ? 1 : 0],
  ];
  if (takeoverAt !== undefined) sets.push(['takeover_at = ?', takeoverAt]);
  if (to !== undefined) sets.push(['to_staff_id = ?, second_staff_id = NULL', to]);
  return { set: sets.map(([set]) => set).join(', '), params: sets.flatMap(([, ...params]) => params) };
}

/** A row as a query gives it. */
export const toItem = (row: Item): Item => ({
  ...row,
  ...{ id: Number(row.id), attempt: Number(row.attempt), carry_tries: Number(row.carry_tries) },
  call_id: row.call_id === null ? null : Number(row.call_id),
  errcode: row.errcode === null ? null : Number(row.errcode),
  resigned: row.resigned === null ? null : Boolean(row.resigned),
  ...{ not_before: toDateOrNull(row.not_before), submitted_at: toDateOrNull(row.submitted_at) },
  ...{ takeover_at: toDateOrNull(row.takeover_at), ask_at: toDateOrNull(row.ask_at) },
  ...{ settled_at: toDateOrNull(row.settled_at), carry_at: toDateOrNull(row.carry_at) },
  departed_at: toDateOrNull(row.departed_at),
});
