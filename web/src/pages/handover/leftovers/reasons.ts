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

/** What nobody can move any more, or never could: named, and not waited for. */
const excepted: readonly Why[] = ['ended_as_missing', 'half', 'left_over_a_year'];

export const exceptionsIn = ({ counts }: Pick<Summary, 'counts'>): number =>
  counts.filter(({ why }) => excepted.includes(why)).reduce((sum, { count }) => sum + count, 0);

/** held: something is theirs that can be moved · unproved: nothing is known of, and nobody asked lately · excepted: only what nobody can move · clear: nothing, by a list that is fresh */
export function verdictOf(summary: Summary, now: Date): 'clear' | 'excepted' | 'unproved' | 'held' {
  const { total, list_read_at } = summary;
  if (total > exceptionsIn(summary)) return 'held';
  const isFresh = list_read_at !== null && now.getTime() - Date.parse(list_read_at) < freshMs;
  if (!isFresh) return 'unproved';
  return total > 0 ? 'excepted' : 'clear';
}
