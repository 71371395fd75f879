import { days } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { Departure } from './departure.entity';

/** From then on WeCom moves nothing of a leaver any more (contacts §15.2). */
const yearMs = days(365);

export const lastMove = (departedAt: Date): Date => new Date(departedAt.getTime() + yearMs);
/** Whoever left before cannot be inherited from. */
export const yearAgo = (now: Date): Date => new Date(now.getTime() - yearMs);

/** Why nothing of a departure can be moved at all; null when it can. */
export function movesNoMore(db: Pick<Database, 'now'>, { state, departed_at }: Departure) {
  if (state === 'returned' || state === 'called_off') return 'over';
  return departed_at !== null && departed_at < yearAgo(db.now()) ? 'left_over_a_year' : null;
}
