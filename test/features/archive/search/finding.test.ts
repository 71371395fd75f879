import { type Candidates, walk } from '../../../../src/features/archive/search/finding';
import { windowOf } from '../../../../src/features/archive/search/windows';

/** Some in each of several windows, in one of them more than a page, in some none. */
const known = [3, 70, 40_000, 40_001, 140_000, ...Array.from({ length: 25 }, (_, n) => 200_000 + 7 * n), 330_000];
const newestFirst = [...known].sort((a, b) => b - a);

const candidates: Candidates = async ({ from, below, limit }) => {
  expect(windowOf(from)).toBe(windowOf(below - 1));
  return newestFirst.filter((id) => id >= from && id < below).slice(0, limit);
};

async function pages(limit: number, isHit: (id: number) => boolean) {
  const found: number[] = [];
  let looks = 0;
  let next: number | null = 340_000;
  while (next !== null) {
    const page: Awaited<ReturnType<typeof walk<number>>> = await walk<number>({
      ...{ candidates, limit, atOnce: limit + 1, below: next, without: new Set([windowOf(140_000)]) },
      async confirm(ids) {
        looks += 1;
        return ids.filter(isHit).map((id) => ({ id, hit: id }));
      },
    });
    expect(page.hits.length).toBeLessThanOrEqual(limit);
    found.push(...page.hits.map(({ id }) => id));
    next = page.next;
  }
  return { found, looks };
}

describe('AR8 the way back through the windows', () => {
  it.each([1, 2, 5, 10, 50])('gives every hit once, the newest first, %i to a page', async (limit) => {
    const even = (id: number): boolean => id % 2 === 0;
    const { found } = await pages(limit, even);
    expect(found).toEqual(newestFirst.filter((id) => even(id) && id !== 140_000));
  });

  it('looks at few candidates of many windows together', async () => {
    expect((await pages(50, () => true)).looks).toBe(1);
  });
});
