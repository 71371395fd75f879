import { cached } from '../../src/core/cached';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('callers that come while it loads share one load, and later ones its answer', async () => {
  let loads = 0;
  const read = cached(async () => ++loads, { ms: 60_000 });
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  expect(await read()).toBe(1);
});

test('an answer is kept no longer than asked for', async () => {
  let loads = 0;
  const read = cached(async () => ++loads, { ms: 20 });
  await read();
  await pause(40);
  expect(await read()).toBe(2);
});

test('a failure is told to everybody who waited, and not kept', async () => {
  let loads = 0;
  const read = cached(
    async () => {
      if (++loads === 1) throw new Error('away');
      return loads;
    },
    { ms: 60_000 },
  );
  const both = await Promise.allSettled([read(), read()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read()).toBe(2);
});

test('a dear answer is kept longer, so that loading takes no more than its share of the time', async () => {
  let loads = 0;
  const read = cached(
    async () => {
      await pause(50);
      return ++loads;
    },
    { ms: 1, share: 0.01 },
  );
  await read();
  await pause(100);
  expect(await read()).toBe(1);
});
