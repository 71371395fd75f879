import { createTask } from 'node-cron';
import { sleep } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import { createScheduler, type ScheduledWork, type Scheduler, scheduled } from '../../src/jobs';
import { latestDueSlot } from '../../src/jobs/due-slot';
import { createScheduleStore } from '../../src/jobs/schedule-store';
import { openJobsDatabase, silent, until } from './support';

let db: Database;
let close: () => Promise<void>;
let schedulers: Scheduler[];
beforeEach(async () => {
  ({ db, close } = await openJobsDatabase());
  schedulers = [];
});
afterEach(async () => {
  await Promise.all(schedulers.map((scheduler) => scheduler.stop({ graceMs: 100 })));
  await close();
});

async function start(...tasks: ScheduledWork[]): Promise<Scheduler> {
  const scheduler = createScheduler({ db, tasks, logger: silent, sweepSeconds: 0.1 });
  schedulers.push(scheduler);
  await scheduler.start();
  return scheduler;
}

const everySecond = '* * * * * *';
const daily = '0 3 * * *';
const aSecond = 1000;
const aDay = 86_400 * aSecond;

const setWatermark = async (name: string, at: Date) => {
  await createScheduleStore(db).introduce(name);
  await db.execute('UPDATE schedule SET last_slot = ? WHERE name = ?', [at, name]);
};

test('E5 three schedulers fire each slot once', async () => {
  const slots: string[] = [];
  const task = () =>
    scheduled('tick', {
      cron: everySecond,
      about: 'Ticks',
      run: async ({ at }) => {
        slots.push(at.toISOString());
      },
    });
  for (let n = 0; n < 3; n++) await start(task());
  await until(() => slots.length >= 3);
  expect(slots).toEqual([...new Set(slots)].sort());
});

test('E5 the latest missed slot is caught up once in the fleet', async () => {
  await setWatermark('nightly', new Date(Date.now() - 3 * aDay));
  const slots: Date[] = [];
  const task = () =>
    scheduled('nightly', { cron: daily, about: 'Nightly', run: async ({ at }) => void slots.push(at) });
  const [scheduler] = await Promise.all([start(task()), start(task()), start(task())]);
  await until(async () => (await scheduler.list())[0]?.last_finished_at != null);
  await sleep(300);
  expect(slots).toHaveLength(1);
  expect(slots[0]?.getTime()).toBeGreaterThan(Date.now() - aDay);
  expect(slots[0]?.toISOString()).toMatch(/T19:00:00\.000Z$/);
});

test('E5 the slot of a dead process is taken over once, and not for ever', async () => {
  await setWatermark('nightly', new Date(Date.now() - 3 * aDay));
  const slot = latestDueSlot(
    createTask(daily, () => undefined, { timezone: 'Asia/Shanghai' }),
    new Date(0),
    new Date(),
  );
  const store = createScheduleStore(db);
  const claim = { name: 'nightly', slot: slot ?? new Date(), leaseMs: -1 };
  expect(await store.claim({ ...claim, owner: 'dead', leaseMs: 60_000 })).toBe(true);
  expect(await store.claim({ ...claim, owner: 'early' })).toBe(false);
  await db.execute('UPDATE schedule SET lease_until = ?', [new Date(Date.now() - 1)]);
  expect(await store.claim({ ...claim, owner: 'heir' })).toBe(true);
  expect(await store.claim({ ...claim, owner: 'third' })).toBe(false);
});

test('a task seen for the first time owes nothing, and a failure is shown and not repeated', async () => {
  let calls = 0;
  const scheduler = await start(
    scheduled('nightly', { cron: daily, about: 'Nightly', run: async () => void calls++ }),
    scheduled('broken', {
      cron: everySecond,
      about: 'Fails',
      run: async () => Promise.reject(new Error('no luck')),
    }),
  );
  await until(async () => (await scheduler.list())[1]?.last_error === 'no luck');
  expect(calls).toBe(0);
  const [nightly] = await scheduler.list();
  expect(nightly).toMatchObject({ name: 'nightly', cron: daily, about: 'Nightly', last_started_at: null });
  expect(nightly?.next_at).toMatch(/T19:00:00\.000Z$/);
});

test('one slot of a task at a time in the whole fleet', async () => {
  let now = 0;
  let most = 0;
  let calls = 0;
  const task = () =>
    scheduled('slow', {
      cron: everySecond,
      about: 'Takes longer than its period',
      run: async () => {
        most = Math.max(most, ++now);
        calls++;
        await sleep(1500);
        now--;
      },
    });
  await Promise.all([start(task()), start(task())]);
  await until(() => calls >= 2);
  expect(most).toBe(1);
});

test.each([
  ['0 3 * * *', '2026-03-01T19:00:00.000Z'],
  ['*/10 * * * *', '2026-03-02T02:00:00.000Z'],
  ['30 8 * * 1', '2026-03-02T00:30:00.000Z'],
  ['0 0 1 * *', '2026-02-28T16:00:00.000Z'],
  ['0 0 L 2 *', '2026-02-27T16:00:00.000Z'],
])('the latest due slot of %s', (cron, expected) => {
  const task = createTask(cron, () => undefined, { timezone: 'Asia/Shanghai' });
  const now = new Date('2026-03-02T02:05:00.000Z');
  expect(latestDueSlot(task, new Date(0), now)?.toISOString()).toBe(expected);
  expect(latestDueSlot(task, new Date(expected), now)).toBeNull();
});
