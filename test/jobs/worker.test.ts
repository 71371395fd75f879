import { sleep } from '../../src/core/clock';
import type { JobHandler } from '../../src/jobs';
import { gate, jobs, until, useFleet } from './support';

const fleet = useFleet();

test('E1 twenty consumers complete what twenty producers add, and none starves', async () => {
  const completed: number[] = [];
  const handledBy = new Map<number, number>();
  for (let consumer = 0; consumer < 20; consumer++) {
    const handle: JobHandler['handle'] = async (job) => {
      await sleep(1);
      await job.commit(async () => undefined);
      completed.push(Number(job.payload.n));
      handledBy.set(consumer, (handledBy.get(consumer) ?? 0) + 1);
    };
    fleet.work([{ kind: 'task', handle }], { concurrency: 1 });
  }
  const produce = async (producer: number) => {
    for (let batch = 0; batch < 10; batch++) {
      await fleet.queue.add(jobs(20).map((job, n) => ({ ...job, payload: { n: producer * 200 + batch * 20 + n } })));
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, producer) => produce(producer)));
  await until(async () => completed.length >= 4000, 280_000);
  expect(new Set(completed).size).toBe(4000);
  expect(completed).toHaveLength(4000);
  expect(handledBy.size).toBe(20);
  expect(Math.min(...handledBy.values())).toBeGreaterThanOrEqual(20);
}, 300_000);

test('I5 jobs of one serial key never overlap and keep their order, whichever worker takes them', async () => {
  const running = new Set<unknown>();
  const order: Record<string, number[]> = { a: [], b: [], c: [] };
  const handle: JobHandler['handle'] = async ({ payload }) => {
    const key = String(payload.key);
    expect(running.has(key)).toBe(false);
    running.add(key);
    await sleep(2);
    order[key]?.push(Number(payload.n));
    running.delete(key);
  };
  for (let n = 0; n < 3; n++) fleet.work([{ kind: 'task', handle }]);
  const added = Array.from({ length: 60 }, (_, n) => ({ n, key: ['a', 'b', 'c'][n % 3] ?? '' }));
  await fleet.queue.add(added.map((payload) => ({ kind: 'task', lane: 'event', payload, serialKey: payload.key })));
  await until(fleet.allDone);
  for (const [rank, key] of ['a', 'b', 'c'].entries()) {
    expect(order[key]).toEqual(Array.from({ length: 20 }, (_, n) => n * 3 + rank));
  }
});

test('I5 a job that waits in backoff does not block later jobs of its key', async () => {
  const handled: number[] = [];
  fleet.work([
    {
      kind: 'task',
      async handle({ payload }) {
        if (payload.n === 0) throw Object.assign(new Error('later'), { retryAfterMs: 600_000 });
        handled.push(Number(payload.n));
      },
    },
  ]);
  await fleet.queue.add(jobs(3, { serialKey: 'one' }));
  await until(() => handled.length === 2);
  expect(handled).toEqual([1, 2]);
});

test('I7 an urgent job overtakes 5,000 bulk jobs, also while bulk work holds its slots', async () => {
  let bulk = 0;
  const urgent = gate();
  await fleet.queue.add(jobs(5000, { kind: 'bulk', lane: 'bulk' }));
  const slow = async () => {
    bulk++;
    await sleep(400);
  };
  fleet.work(
    [
      { kind: 'bulk', handle: slow },
      { kind: 'task', handle: async () => urgent.open() },
    ],
    { concurrency: 4 },
  );
  await until(() => bulk > 0);
  const addedAt = Date.now();
  await fleet.queue.add(jobs(1, { lane: 'urgent' }));
  await urgent.opened;
  expect(Date.now() - addedAt).toBeLessThan(3000);
  expect(bulk).toBeLessThan(100);
});

test('I7 bulk work leaves a slot to each lane before it', async () => {
  const finish = gate();
  const begun: string[] = [];
  const handler: JobHandler = {
    kind: 'task',
    async handle({ payload }) {
      begun.push(String(payload.lane));
      await finish.opened;
    },
  };
  fleet.work([handler], { concurrency: 5 });
  for (const lane of ['bulk', 'event', 'click', 'urgent'] as const) {
    await fleet.queue.add(jobs(9, { lane, payload: { lane } }));
    await until(() => begun.includes(lane));
    await sleep(50);
  }
  expect(begun).toEqual(['bulk', 'bulk', 'event', 'click', 'urgent']);
  finish.open();
});

test('a handler with a limit of its own never exceeds it', async () => {
  let now = 0;
  let most = 0;
  const handle = async () => {
    most = Math.max(most, ++now);
    await sleep(5);
    now--;
  };
  fleet.work([{ kind: 'task', concurrency: 2, handle }]);
  await fleet.queue.add(jobs(20));
  await until(fleet.allDone);
  expect(most).toBe(2);
});

test('F9 stop waits for what is under way and gives back what does not end', async () => {
  let started = 0;
  const handler: JobHandler = {
    kind: 'task',
    async handle({ payload }) {
      started++;
      await (payload.n === 0 ? sleep(100) : new Promise(() => undefined));
    },
  };
  const worker = fleet.work([handler]);
  await fleet.queue.add(jobs(2));
  await until(() => started === 2);
  await worker.stop({ graceMs: 300 });
  const [second, first] = (await fleet.queue.list({ limit: 2 })).items;
  expect(first).toMatchObject({ state: 'done' });
  expect(second).toMatchObject({ state: 'ready', attempts: 0 });
});
