import { groupBy } from '../../../../core/collections';
import type { Bonds } from './bonds';
import { type Candidate, roomOf } from './candidates';
import type { Because, Choice, Context, Mover, Preference, Rule } from './types';

/** What is known while a plan is made. */
export interface Ground {
  rule: Rule;
  givers: Context['givers'];
  bonds: Bonds;
  /** What was decided so far. */
  decided: ReadonlyMap<Mover, Choice>;
}

/** How well a candidate meets a preference, 0 when not at all. */
type Score = (candidate: Candidate) => number;

const scores: Record<Preference, (mover: Mover, left: readonly Candidate[], ground: Ground) => Score> = {
  together: (mover, left, ground) =>
    mover.kind === 'group_chat' ? withMembers(mover, ground) : withChats(mover, left, ground),

  previous_contact: (mover) => {
    return ({ userid }) => (mover.known_to.includes(userid) ? 2 : Number(mover.formerly_known_to.includes(userid)));
  },

  // Who takes certain tags only is kept free for them, if somebody else takes everything.
  tags: (mover) => {
    const tags = new Set(mover.tags);
    return ({ takes }) => (takes.some((tag) => tags.has(tag)) ? 2 : Number(takes.length === 0));
  },

  department: (mover, _, { givers }) => {
    const home = givers.get(mover.from)?.departments ?? [];
    return ({ departments }) => Number(departments.some((department) => home.includes(department)));
  },
};

/** Goes to whoever has or knows most of the members; of several, to one with room for all of them. */
function withMembers(chat: Mover, { bonds, decided, rule }: Ground): Score {
  const members = bonds.membersOf(chat);
  const known = rule.prefer.includes('previous_contact');
  const asked = members.flatMap((member) => {
    const choice = decided.get(member);
    if (choice) return choice.to ?? [];
    return known ? member.known_to : [];
  });
  const votes = groupBy(asked, (userid) => userid);
  const open = members.filter((member) => !decided.has(member)).length;
  return (candidate) => 2 * (votes.get(candidate.userid)?.length ?? 0) + Number(roomOf(candidate) > open);
}

/** Follows the largest of its group chats whose successor can take it. */
function withChats(contact: Mover, left: readonly Candidate[], { bonds, decided }: Ground): Score {
  const chosen = bonds.chatsOf(contact).map((chat) => decided.get(chat)?.to);
  const followed = chosen.find((to) => left.some(({ userid }) => userid === to));
  return ({ userid }) => Number(userid === followed);
}

/** Those who meet the preferences best, the more important one first, and which of these left somebody out. */
export function narrow(mover: Mover, eligible: readonly Candidate[], ground: Ground) {
  const because: Because[] = [];
  let left = eligible;
  for (const preference of ground.rule.prefer) {
    if (left.length < 2) break;
    const best = bestOf(left, scores[preference](mover, left, ground));
    if (best.length < left.length) because.push(preference);
    left = best;
  }
  return { left, because };
}

function bestOf(left: readonly Candidate[], score: Score): readonly Candidate[] {
  const scored = left.map(score);
  const most = Math.max(...scored);
  return left.filter((_, i) => scored[i] === most);
}
