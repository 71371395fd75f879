import type { Mover, Rule, Successor } from './types';

/** A successor, and what the plan has given them so far. */
export interface Candidate extends Successor {
  /** Place in the order given. */
  place: number;
  given: number;
  /** Weight of what they serve, and of what they were given or stand by for. */
  carries: number;
}

export const candidatesOf = (successors: readonly Successor[]): Candidate[] =>
  successors.map((successor, place) => ({ ...successor, place, given: 0, carries: successor.load }));

export const roomOf = ({ capacity, given }: Candidate): number =>
  capacity === null ? Number.POSITIVE_INFINITY : capacity - given;

/** WeCom will hardly accept the others. */
const isSound = ({ follows, active, refused_with }: Successor): boolean => follows && active && refused_with === null;

/** Those whom a rule may choose: the sound ones, and only when there is none of them the rest of those who serve. */
export function eligible(candidates: readonly Candidate[], mover: Mover, except: string | null): Candidate[] {
  const open = candidates.filter(
    (one) => !one.only_by_hand && one.serving && one.userid !== mover.from && one.userid !== except && roomOf(one) >= 1,
  );
  const sound = open.filter(isSound);
  return sound.length > 0 ? sound : open;
}

/** Picks one of several between whom no preference decides. */
export type Distribute = (equals: readonly Candidate[]) => Candidate;

export function distributor(distribution: Rule['distribution']): Distribute {
  let last = -1;
  const by: Record<Rule['distribution'], Distribute> = {
    one: (equals) => equals[0] as Candidate,
    round_robin: (equals) => {
      const next = equals.find(({ place }) => place > last) ?? (equals[0] as Candidate);
      last = next.place;
      return next;
    },
    balanced: (equals) => equals.reduce((least, one) => (one.carries < least.carries ? one : least)),
  };
  return by[distribution];
}
