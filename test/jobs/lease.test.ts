import { sleep } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import { createLeases, LeaseLost, type Leases } from '../../src/jobs';
import { addEffect, createEffects, effects, openJobsDatabase, TestClock } from './support';

let clock: TestClock;
let db: Database;
let close: () => Promise<void>;
let leases: Leases;
beforeEach(async () => {
  clock = new TestClock();
  ({ db, close } = await openJobsDatabase(clock));
  leases = createLeases({ db });
});
afterEach(() => close());

test('of many who ask, one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => leases.acquire('pull', 30_000)));
  expect(answers.filter((lease) => lease !== null)).toHaveLength(1);
});

test('E2 the late holder of an expired lease writes nothing', async () => {
  await createEffects(db);
  const late = await leases.acquire('pull', 30_000);
  clock.advance(31_000);
  const heir = await leases.acquire('pull', 30_000);
  expect([late?.token, heir?.token]).toEqual([1, 2]);
  await expect(late?.step(() => addEffect(db, 1, 'late'))).rejects.toThrow(LeaseLost);
  await heir?.step(() => addEffect(db, 2, 'heir'));
  expect((await effects(db)).map(({ doer }) => doer)).toEqual(['heir']);
  expect(await late?.renew()).toBe(false);
  await late?.release();
  expect(await leases.acquire('pull', 30_000)).toBeNull();
});

test('a released lease is free at once and its token grows', async () => {
  const first = await leases.acquire('pull', 30_000);
  await first?.release();
  expect((await leases.acquire('pull', 30_000))?.token).toBe(2);
});

test('hold extends the lease while the work goes on and tells it when the lease is lost', async () => {
  let lost = false;
  const held = leases.hold('pull', 150, async (_, signal) => {
    for (let beat = 0; beat < 4; beat++) {
      await sleep(60);
      clock.advance(60);
      expect(await leases.acquire('pull', 150)).toBeNull();
    }
    clock.advance(1000);
    expect(await leases.acquire('pull', 60_000)).not.toBeNull();
    await sleep(10_000, signal);
    lost = signal.aborted;
  });
  expect(await held).toBe(true);
  expect(lost).toBe(true);
  expect(await leases.hold('pull', 150, async () => undefined)).toBe(false);
});
