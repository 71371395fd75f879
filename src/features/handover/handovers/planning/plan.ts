import { type Bonds, bondsOf } from './bonds';
import { type Candidate, candidatesOf, type Distribute, distributor, eligible } from './candidates';
import { type Ground, narrow } from './preferring';
import type { Because, Choice, Context, Mover, Rule, Successor } from './types';
import { warningsOf } from './warnings';

/**
 * Who gets whom, why, and what to think of before. One choice for each mover, in their order; the same input gives the
 * same plan.
 *
 * What is given by hand is given first, even over capacity, but only to one of the successors and never to the giver:
 * else nobody gets it. The rest goes by rule, within capacity, never to somebody who left. When what belongs together
 * shall stay so, each group chat is decided with its members, the largest first.
 */
export function plan(
  movers: readonly Mover[],
  successors: readonly Successor[],
  rule: Rule,
  context: Context,
): Choice[] {
  const candidates = candidatesOf(successors);
  const bonds = bondsOf(movers);
  const decided = new Map<Mover, Choice>();
  const ground: Ground = { rule, givers: context.givers, bonds, decided };
  const distribute = distributor(rule.distribution);

  function decide(mover: Mover, { to, because }: Found): void {
    if (to) give(to, mover);
    const warnings = warningsOf(mover, to, context);
    decided.set(mover, { mover, to: to?.userid ?? null, because, warnings, second: null });
  }

  const choose = (mover: Mover, except: string | null = null): Found =>
    find(mover, eligible(candidates, mover, except), { ...ground, distribute });

  for (const mover of movers) {
    const key = handKeys(mover).find((one) => Object.hasOwn(rule.by_hand, one));
    if (key !== undefined) decide(mover, byHand(mover, candidates, rule.by_hand[key]));
  }
  for (const mover of inOrder(movers, bonds, rule)) if (!decided.has(mover)) decide(mover, choose(mover));
  // After all, so that a second choice has the room that is really left.
  return movers.map((mover) => {
    const choice = decided.get(mover) as Choice;
    const second = choice.to === null ? null : choose(mover, choice.to).to;
    if (second) second.carries += mover.weight;
    return { ...choice, second: second?.userid ?? null };
  });
}

interface Found {
  to: Candidate | null;
  because: Because[];
}

function give(to: Candidate, mover: Mover): void {
  to.given++;
  to.carries += mover.weight;
}

/** Of one giver only goes before of whoever gives it. */
export const handKeys = ({ from, id }: Pick<Mover, 'from' | 'id'>): string[] => [`${from} ${id}`, id];

function byHand(mover: Mover, candidates: readonly Candidate[], named: string | undefined): Found {
  const to = candidates.find(({ userid }) => userid === named && userid !== mover.from);
  return to ? { to, because: ['by_hand'] } : { to: null, because: ['by_hand', 'none_fits'] };
}

const decidedBy = { one: 'only_one', round_robin: 'next_in_turn', balanced: 'least_loaded' } as const;

function find(mover: Mover, from: readonly Candidate[], ground: Ground & { distribute: Distribute }): Found {
  const [only] = from;
  if (!only) return { to: null, because: ['none_fits'] };
  if (from.length === 1) return { to: only, because: ['only_one'] };
  const { left, because } = narrow(mover, from, ground);
  if (left.length === 1) return { to: left[0] ?? null, because };
  return { to: ground.distribute(left), because: [...because, decidedBy[ground.rule.distribution]] };
}

/** A group chat draws its members along. */
function inOrder(movers: readonly Mover[], { chats, membersOf }: Bonds, { prefer }: Rule): Iterable<Mover> {
  if (!prefer.includes('together')) return movers;
  return new Set([...chats.flatMap((chat) => [chat, ...membersOf(chat)]), ...movers]);
}
