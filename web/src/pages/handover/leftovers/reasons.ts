/** What somebody can do something about first. */
export const reasons = [
  ...(['no_handover', 'refused', 'over_limit', 'failed', 'planned', 'under_way'] as const),
  ...(['not_in_wecom_list', 'ended_as_missing', 'out_of_scope', 'half', 'left_over_a_year', 'not_movable'] as const),
] as const;
export type Why = (typeof reasons)[number];
export const kinds = ['external_contact', 'group_chat', 'subject'] as const;
type Kind = (typeof kinds)[number];

interface Summary {
  list_read_at: string | null;
  total: number;
  counts: { kind: Kind; why: Why; count: number }[];
}

/** Reasons there is something for, with how much of each kind. */
export const byReason = ({ counts }: Summary) =>
  reasons
    .map((why) => {
      const of = (kind: Kind) => counts.find((one) => one.why === why && one.kind === kind)?.count ?? 0;
      return { why, of, total: kinds.reduce((sum, kind) => sum + of(kind), 0) };
    })
    .filter(({ total }) => total > 0);

/** What WeCom says of unassigned customers is read every day: what is older proves nothing of today. */
const freshMs = 36 * 3_600_000;

/** clear: nothing is theirs, by a list that is fresh · unproved: nothing is known of, and nobody asked lately · held: something is */
export function verdictOf({ total, list_read_at }: Summary, now: Date): 'clear' | 'unproved' | 'held' {
  if (total > 0) return 'held';
  return list_read_at !== null && now.getTime() - Date.parse(list_read_at) < freshMs ? 'clear' : 'unproved';
}
