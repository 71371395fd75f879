import { hash } from 'node:crypto';
import fc from 'fast-check';
import { isProven, proofOf, rootOf } from '../../src/core/merkle';

const leafOf = (text: string | number): string => hash('sha256', `${text}`);
const leaves = (count: number) => Array.from({ length: count }, (_, i) => leafOf(i));

describe('A2 a root over many leaves', () => {
  it('each leaf is shown to belong to it, by few hashes', () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 31, 1000]) {
      const all = leaves(count);
      const root = rootOf(all);
      for (const [i, leaf] of all.entries()) {
        const proof = proofOf(all, i);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
        expect(isProven(leaf, proof, { root, count })).toBe(true);
      }
    }
  });

  it('a leaf that was changed, removed, added or swapped has another root', () => {
    const size = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (count, a, b) => {
        const all = leaves(count);
        const [i, j] = [a % count, b % count];
        const changed = all.with(i, leafOf('other'));
        const removed = all.toSpliced(i, 1);
        const added = all.toSpliced(i, 0, leafOf('new'));
        const twice = all.toSpliced(i, 0, all[i] as string);
        const swapped = all.with(i, all[j] as string).with(j, all[i] as string);
        const roots = [changed, removed, added, twice, ...(i === j ? [] : [swapped])].map(rootOf);
        return !roots.includes(rootOf(all)) && new Set(roots).size === roots.length;
      }),
    );
  });

  it('a way that leads from another leaf, or to another root, proves nothing', () => {
    const all = leaves(9);
    const root = rootOf(all);
    const proof = proofOf(all, 4);
    expect(isProven(all[3] as string, proof, { root, count: 9 })).toBe(false);
    expect(isProven(all[4] as string, proof, { root: rootOf(leaves(10)), count: 9 })).toBe(false);
    expect(isProven(all[4] as string, proof, { root, count: 8 })).toBe(false);
    expect(isProven(all[4] as string, proof.slice(1), { root, count: 9 })).toBe(false);
    expect(
      isProven(
        all[4] as string,
        proof.map((s) => ({ ...s, left: !s.left })),
        { root, count: 9 },
      ),
    ).toBe(false);
  });
});
