import { sleep } from '../../src/core/clock';
import { sideBySide } from '../../src/core/side-by-side';

test('works through all items in order, so many at a time', async () => {
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item);
    now += 1;
    most = Math.max(most, now);
    await sleep(item % 2 === 0 ? 1 : 5);
    now -= 1;
  });
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('after a failure nothing more begins, and what has begun ends before it is told', async () => {
  const ended: number[] = [];
  const all = sideBySide([1, 2, 3, 4, 5], 2, async (item) => {
    await sleep(item === 1 ? 1 : 10);
    if (item === 1) throw new Error('the first is at fault');
    ended.push(item);
  });
  await expect(all).rejects.toThrow('the first is at fault');
  expect(ended).toEqual([2]);
});
