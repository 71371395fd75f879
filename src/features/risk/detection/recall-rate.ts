import { days } from '../../../core/clock';
import { isIn } from '../../../db/conditions';
import { toDate } from '../../../db/database';
import type { Ground, JudgedMessage } from './detector';

/** How often somebody takes messages back (violations §2.2 trap 16). */
export interface RecallRate {
  /** In the day up to the recall. */
  rate: number;
  /** On a day of the 30 before that. */
  usual: number;
}

/** Fewer a day are nothing, however seldom they were before. */
const fewest = 5;

export const isUnusual = ({ rate, usual }: RecallRate): boolean => rate >= fewest && rate > 3 * usual;

interface Row {
  userid: string;
  dedupe_key: string;
  occurred_at: unknown;
  features: string;
}

/**
 * Of members of staff, by what was found before and these recalls of theirs themselves.
 * @param recalls at least one
 */
export async function recallRates(
  recalls: readonly JudgedMessage[],
  { db }: Pick<Ground, 'db'>,
): Promise<(recall: JudgedMessage) => RecallRate> {
  const first = Math.min(...recalls.map(({ sent_at }) => sent_at.getTime()));
  const [byThem, ...who] = isIn('userid', [...new Set(recalls.map(({ sender }) => sender))]);
  const rows = await db.query<Row>(
    `SELECT userid, dedupe_key, occurred_at, features FROM finding
     WHERE detector = 'RECALL' AND occurred_at >= ? AND ${byThem}`,
    [new Date(first - days(31)), ...who],
  );
  // Told again, a recall is in both: by its key it is one.
  const times = new Map<string, { userid: string; at: number }>();
  for (const { userid, dedupe_key, occurred_at, features } of rows) {
    if (JSON.parse(features).by_staff !== false) times.set(dedupe_key, { userid, at: toDate(occurred_at).getTime() });
  }
  for (const { msgid, sender, sent_at } of recalls) {
    times.set(`RECALL:${msgid.slice(0, 150)}`, { userid: sender, at: sent_at.getTime() });
  }
  const all = [...times.values()];
  return ({ sender, sent_at }) => {
    const dayBefore = sent_at.getTime() - days(1);
    const own = all.filter(({ userid, at }) => userid === sender && at <= sent_at.getTime());
    const before = own.filter(({ at }) => at <= dayBefore && at > dayBefore - days(30));
    return { rate: own.filter(({ at }) => at > dayBefore).length, usual: Math.round((before.length / 30) * 100) / 100 };
  };
}
