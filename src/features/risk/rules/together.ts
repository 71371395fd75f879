import { minutes } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import type { Hit } from './hit';
import type { RuleAt } from './rules.store';

/**
 * What of a rule's hits makes a finding: each message by itself, or, for a rule with a window, what of a conversation
 * comes together within it. In whatever order it was said or became known, each hit is part of one finding.
 */
export function togetherOf({ settings: { definition } }: RuleAt, hits: readonly Hit[]): Hit[][] {
  const { window_minutes } = definition;
  if (window_minutes === 0) {
    return [...groupBy(hits, ({ message_id }) => message_id).values()].filter((own) => suffices(definition, own));
  }
  return [...groupBy(hits, ({ conversation_id }) => conversation_id).values()].flatMap((own) => {
    const inOrder = own.sort((a, b) => a.sent_at.getTime() - b.sent_at.getTime() || a.message_id - b.message_id);
    return windows(inOrder, minutes(window_minutes), (part) => suffices(definition, part));
  });
}

function windows(hits: readonly Hit[], length: number, isEnough: (part: readonly Hit[]) => boolean): Hit[][] {
  const found: Hit[][] = [];
  for (let first = 0; first < hits.length; ) {
    const end = (hits[first] as Hit).sent_at.getTime() + length;
    const part = hits.slice(first).filter(({ sent_at }) => sent_at.getTime() <= end);
    const enough = isEnough(part);
    if (enough) found.push(part);
    first += enough ? part.length : 1;
  }
  return found;
}

type Definition = RuleAt['settings']['definition'];

function suffices({ matchers, require, least }: Definition, hits: readonly Hit[]): boolean {
  const messages = new Set(hits.map(({ message_id }) => message_id)).size;
  const kinds = new Set(hits.map(({ matcher }) => matcher)).size;
  return messages >= least && (require === 'any' || kinds === matchers.length);
}

/** Whether it takes what was hidden: without its fuzzy hits it would be none, or nothing of it was open. */
export const isFuzzy = ({ settings: { definition } }: RuleAt, hits: readonly Hit[]): boolean =>
  !suffices(
    definition,
    hits.filter(({ fuzzy }) => !fuzzy),
  );
