import { hash } from 'node:crypto';

/** One step from a leaf to the root: the neighbour, and whether it stands on the left. */
export interface Step {
  left: boolean;
  hash: string;
}

/** Two hashes become one. The leading byte keeps it from passing for a leaf, a link or a genesis (chain.ts). */
const joined = (left: string, right: string): string => hash('sha256', `\u0003${left}:${right}`);

/** The levels of the tree, leaves first. One without a neighbour goes up as it is. */
function levelsOf(leaves: readonly string[]): string[][] {
  const levels = [[...leaves]];
  for (let level = levels[0] as string[]; level.length > 1; level = levels.at(-1) as string[]) {
    levels.push(
      Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
        const [left, right] = [level[2 * i] as string, level[2 * i + 1]];
        return right === undefined ? left : joined(left, right);
      }),
    );
  }
  return levels;
}

/**
 * The one hash that fixes all leaves, their order and their number. The number belongs to it, so that a tree cannot
 * pose as one with fewer leaves.
 * @param leaves hashes in hexadecimal, at least one
 */
export const rootOf = (leaves: readonly string[]): string => sealed(leaves.length, levelsOf(leaves).at(-1)?.[0]);

const sealed = (count: number, top = ''): string => hash('sha256', `\u0004${count}:${top}`);

/** The way from leaf `index` to the root: with it, one leaf is shown to belong to a root without the others. */
export const proofOf = (leaves: readonly string[], index: number): Step[] => proverOf(leaves)(index);

/** The same for many leaves of one tree, which is made once. */
export function proverOf(leaves: readonly string[]): (index: number) => Step[] {
  const levels = levelsOf(leaves).slice(0, -1);
  return (index) => {
    const steps: Step[] = [];
    let at = index;
    for (const level of levels) {
      const left = at % 2 === 1;
      const neighbour = level[left ? at - 1 : at + 1];
      if (neighbour !== undefined) steps.push({ left, hash: neighbour });
      at = Math.floor(at / 2);
    }
    return steps;
  };
}

/** Whether a leaf belongs to a root of `count` leaves by this way. */
export function isProven(
  leaf: string,
  steps: readonly Step[],
  { root, count }: { root: string; count: number },
): boolean {
  const top = steps.reduce((at, step) => (step.left ? joined(step.hash, at) : joined(at, step.hash)), leaf);
  return sealed(count, top) === root;
}
