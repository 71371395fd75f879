type Reason = 'without_seat' | 'disagreed' | 'unknown';

const reasons = ['without_seat', 'disagreed', 'unknown'] as const satisfies readonly Reason[];

/** Why relations are not seen, most first; reasons that hold for none are left out. */
export const blindSpots = (coverage: Record<Reason, number>): { reason: Reason; count: number }[] =>
  reasons
    .map((reason) => ({ reason, count: coverage[reason] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
