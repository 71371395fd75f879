import { shanghaiDay } from '../../../core/clock';
import type { Hit } from './hit';
import type { RuleAt } from './rules.store';
import { isFuzzy, togetherOf } from './together';

/** What a rule would have found, in numbers. */
export interface Tally {
  looked_at: number;
  found: number;
  fuzzy: number;
  by_day: Record<string, number>;
  by_staff: Record<string, number>;
  /** Messages, in the order of the matchers. */
  by_matcher: number[];
  examples: { message_id: number; userid: string | null }[];
}

const mostExamples = 50;

/** Counts what comes of hits. @param begun what was counted before */
export function createTally(rule: RuleAt, begun?: Tally) {
  const tally: Tally = begun ?? {
    ...{ looked_at: 0, found: 0, fuzzy: 0, by_day: {}, by_staff: {}, examples: [] },
    by_matcher: rule.settings.definition.matchers.map(() => 0),
  };
  const more = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  function count(part: readonly Hit[]): void {
    const last = part.at(-1) as Hit;
    const userid = part.find((hit) => hit.userid !== null)?.userid ?? null;
    tally.found++;
    if (isFuzzy(rule, part)) tally.fuzzy++;
    more(tally.by_day, shanghaiDay(last.sent_at));
    if (userid !== null) more(tally.by_staff, userid);
    if (tally.examples.length < mostExamples) tally.examples.push({ message_id: last.message_id, userid });
  }

  return {
    /** @param open hits from before that are part of nothing yet. @returns those that still are not */
    add(hits: readonly Hit[], open: readonly Hit[]): Hit[] {
      for (const { matcher } of hits) tally.by_matcher[matcher] = (tally.by_matcher[matcher] ?? 0) + 1;
      const all = [...open, ...hits];
      const parts = togetherOf(rule, all);
      for (const part of parts) count(part);
      const used = new Set(parts.flat());
      return all.filter((hit) => !used.has(hit));
    },

    now: (): Tally => tally,
  };
}
