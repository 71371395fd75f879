import type { ItemOf, OpenedInterception, Run } from '../../../api';
import { detailOf, textOf } from '../../../lib/detail';

export type ListedRule = ItemOf<'/interception-rules'>;
export type OurRule = OpenedInterception['rules'][number];

/** Each interception of ours once: its words may fill several rules. */
export const oursIn = (rules: readonly ListedRule[]): string[] => [
  ...new Set(rules.flatMap(({ interception_id }) => interception_id ?? [])),
];

export const foreignIn = (rules: readonly ListedRule[]): ListedRule[] =>
  rules.filter(({ state }) => state === 'foreign');

/** How often somebody else touched a rule at WeCom. */
export const editsOf = (rules: readonly OurRule[]): number =>
  rules.reduce((sum, { differences }) => sum + differences.length, 0);

/** The last push of each. @param runs newest first */
export function lastPushes(runs: readonly Run[]): Map<string, Run> {
  const last = new Map<string, Run>();
  for (const run of runs) {
    const id = textOf(detailOf(run.params).interception_id);
    if (!last.has(id)) last.set(id, run);
  }
  return last;
}
