import type { FailReason } from './handovers.entity';

/** What a person can do about an item that did not arrive (wecom-contacts §15.5). */
export type Advice =
  | 'choose_another'
  | 'after_90_days'
  | 'read_again'
  | 'sync_directory'
  | 'log_in'
  | 'wait'
  | 'in_client'
  | 'look_in_wecom'
  | 'not_possible';

const byErrcode: Readonly<Record<number, Advice>> = {
  ...{ 40098: 'choose_another', 40099: 'choose_another', 40130: 'choose_another', 40143: 'choose_another' },
  ...{ 40128: 'after_90_days', 40100: 'wait', 40129: 'wait', 90507: 'wait', 40205: 'log_in' },
  ...{ 40096: 'read_again', 40131: 'read_again', 84061: 'read_again', 90501: 'not_possible', 90509: 'not_possible' },
  ...{ 40097: 'sync_directory', 90500: 'sync_directory', 90502: 'sync_directory' },
  ...{ 40003: 'sync_directory', 46004: 'sync_directory', 60111: 'sync_directory', 90503: 'in_client' },
};

const byReason: Readonly<Record<FailReason, Advice>> = {
  ...{
    no_successor: 'choose_another',
    successor_left: 'choose_another',
    in_another_handover: 'wait',
    no_result: 'look_in_wecom',
  },
  ...{ kept_failing: 'look_in_wecom', gone: 'not_possible' },
};

/** @returns null for whatever needs none */
export function adviceOf(item: { state: string; errcode: number | null; reason: FailReason | null }): Advice | null {
  if (item.state === 'refused' || item.state === 'over_limit') return 'choose_another';
  if (item.state !== 'failed') return null;
  if (item.reason !== null) return byReason[item.reason];
  return byErrcode[item.errcode ?? 0] ?? 'look_in_wecom';
}

/** It lies with the successor for certain, not with the giver: another may have more luck. */
export const successorsFault: readonly number[] = [40098, 40099, 40143];
