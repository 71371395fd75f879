import { sleep } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import {
  createJobQueue,
  createWorker,
  type JobHandler,
  type JobQueue,
  type JobWorker,
  LeaseLost,
  type NewJob,
  type WorkerOptions,
} from '../../src/jobs';
import { addEffect, createEffects, effects, gate, openJobsDatabase, silent, TestClock, until } from './support';

let clock: TestClock;
let db: Database;
let close: () => Promise<void>;
let queue: JobQueue;
let workers: JobWorker[];

beforeEach(async () => {
  clock = new TestClock();
  ({ db, close } = await openJobsDatabase(clock));
  await createEffects(db);
  queue = createJobQueue({ db });
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop({ graceMs: 100 })));
  await close();
});

function work(handlers: JobHandler[], options: Partial<WorkerOptions> = {}): JobWorker {
  const worker = createWorker({ db, queue, handlers, logger: silent, ...options });
  workers.push(worker);
  worker.start();
  return worker;
}

const jobs = (count: number, job: Partial<NewJob> = {}): NewJob[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'task', lane: 'event', payload: { n }, ...job }));
const stateOf = async () => (await queue.list({ limit: 200 })).items.map(({ state }) => state);
const idle = async () => {
  const { ready, running } = await queue.counts();
  return ready + running === 0;
};
const allDone = async () => (await stateOf()).every((state) => state === 'done');

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
    work([{ kind: 'task', handle }], { concurrency: 1 });
  }
  const produce = async (producer: number) => {
    for (let batch = 0; batch < 10; batch++) {
      await queue.add(jobs(20).map((job, n) => ({ ...job, payload: { n: producer * 200 + batch * 20 + n } })));
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, producer) => produce(producer)));
  await until(async () => completed.length >= 4000, 100_000);
  expect(new Set(completed).size).toBe(4000);
  expect(completed).toHaveLength(4000);
  expect(handledBy.size).toBe(20);
  expect(Math.min(...handledBy.values())).toBeGreaterThanOrEqual(20);
}, 120_000);

test('E2 a worker that slept through its lease is barred: one effect, by the one who took over', async () => {
  const asleep = gate();
  const late: unknown[] = [];
  const held = gate();
  const sleeper = work([
    {
      kind: 'task',
      async handle(job) {
        held.open();
        await asleep.opened;
        await job.commit(() => addEffect(db, job.id, 'sleeper')).catch((error) => late.push(error));
        throw late[0];
      },
    },
  ]);
  await queue.add(jobs(1));
  await held.opened;
  const stopped = sleeper.stop({ graceMs: 20_000 });
  clock.advance(31_000);
  const inherited = gate();
  const refused = gate();
  work([
    {
      kind: 'task',
      async handle(job) {
        inherited.open();
        await refused.opened;
        await job.commit(() => addEffect(db, job.id, 'heir'));
      },
    },
  ]);
  await inherited.opened;
  asleep.open();
  await stopped;
  expect(late[0]).toBeInstanceOf(LeaseLost);
  expect(await effects(db)).toEqual([]);
  refused.open();
  await until(allDone);
  expect((await effects(db)).map(({ doer }) => doer)).toEqual(['heir']);
  expect((await queue.list({ limit: 1 })).items).toMatchObject([{ state: 'done', attempts: 1 }]);
});

test('E2 a lost lease aborts the signal at the next heart-beat', async () => {
  const aborted = gate();
  work(
    [
      {
        kind: 'task',
        async handle(job) {
          job.signal.addEventListener('abort', aborted.open);
          await db.execute("UPDATE job SET token = token + 1, state = 'ready', lease_owner = NULL, run_at = ?", [
            new Date('2100-01-01'),
          ]);
          await aborted.opened;
        },
      },
    ],
    { leaseSeconds: 0.3 },
  );
  await queue.add(jobs(1));
  await aborted.opened;
  await sleep(50);
  expect(await stateOf()).toEqual(['ready']);
});

test('E2 the heart-beat keeps a long job with its worker', async () => {
  const finish = gate();
  let tries = 0;
  const handler: JobHandler = {
    kind: 'task',
    handle() {
      tries++;
      return finish.opened;
    },
  };
  work([handler], { leaseSeconds: 1 });
  await queue.add(jobs(1));
  await until(() => tries === 1);
  for (let second = 0; second < 4; second++) {
    await sleep(700);
    clock.advance(700);
  }
  finish.open();
  await until(allDone);
  expect(tries).toBe(1);
});

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
  for (let n = 0; n < 3; n++) work([{ kind: 'task', handle }]);
  const added = Array.from({ length: 60 }, (_, n) => ({ n, key: ['a', 'b', 'c'][n % 3] ?? '' }));
  await queue.add(added.map((payload) => ({ kind: 'task', lane: 'event', payload, serialKey: payload.key })));
  await until(allDone);
  for (const [rank, key] of ['a', 'b', 'c'].entries()) {
    expect(order[key]).toEqual(Array.from({ length: 20 }, (_, n) => n * 3 + rank));
  }
});

test('I5 a job that waits in backoff does not block later jobs of its key', async () => {
  const handled: number[] = [];
  work([
    {
      kind: 'task',
      async handle({ payload }) {
        if (payload.n === 0) throw Object.assign(new Error('later'), { retryAfterMs: 600_000 });
        handled.push(Number(payload.n));
      },
    },
  ]);
  await queue.add(jobs(3, { serialKey: 'one' }));
  await until(() => handled.length === 2);
  expect(handled).toEqual([1, 2]);
});

test('I7 an urgent job overtakes 5,000 bulk jobs, also while bulk work holds its slots', async () => {
  let bulk = 0;
  const urgent = gate();
  await queue.add(jobs(5000, { kind: 'bulk', lane: 'bulk' }));
  const slow = async () => {
    bulk++;
    await sleep(400);
  };
  work(
    [
      { kind: 'bulk', handle: slow },
      { kind: 'task', handle: async () => urgent.open() },
    ],
    { concurrency: 4 },
  );
  await until(() => bulk > 0);
  const addedAt = Date.now();
  await queue.add(jobs(1, { lane: 'urgent' }));
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
  work([handler], { concurrency: 5 });
  for (const lane of ['bulk', 'event', 'click', 'urgent'] as const) {
    await queue.add(jobs(9, { lane, payload: { lane } }));
    await until(() => begun.includes(lane));
    await sleep(50);
  }
  expect(begun).toEqual(['bulk', 'bulk', 'event', 'click', 'urgent']);
  finish.open();
});

test('I8 poison is parked after eight tries and can be replayed, the rest is done', async () => {
  const tries = new Map<number, number>();
  let cured = false;
  const handler: JobHandler = {
    kind: 'task',
    async handle({ payload }) {
      const n = Number(payload.n);
      tries.set(n, (tries.get(n) ?? 0) + 1);
      if (n % 100 === 7 && !cured) throw new Error(`poison ${n}`);
    },
    onParked: async (payload, error, job) => {
      expect(error).toBe(`poison ${payload.n}`);
      await addEffect(db, job.id, 'parked');
    },
  };
  work([handler]);
  await queue.add(jobs(300));
  await until(async () => {
    clock.advance(300_000);
    queue.wake();
    return (await queue.counts()).parked === 3;
  });
  const parked = (await queue.list({ state: 'parked', limit: 10 })).items;
  expect(parked).toMatchObject(parked.map(() => ({ attempts: 8, error: expect.stringContaining('poison') })));
  expect([7, 107, 207].map((n) => tries.get(n))).toEqual([8, 8, 8]);
  expect((await effects(db)).map(({ doer }) => doer)).toEqual(['parked', 'parked', 'parked']);
  expect(await queue.counts()).toEqual({ ready: 0, running: 0, parked: 3, oldest_ready_seconds: null });
  cured = true;
  for (const { id } of parked) await queue.retry(id);
  await until(idle);
  expect((await queue.counts()).parked).toBe(0);
  expect((await queue.list({ state: 'done', limit: 200 })).items).toHaveLength(200);
});

test('I8 a permanent error parks at once, and a failing hook leaves nothing half parked', async () => {
  let hooks = 0;
  work([
    {
      kind: 'task',
      handle: async () => Promise.reject(Object.assign(new Error('never'), { permanent: true })),
      async onParked() {
        await addEffect(db, 1, 'half');
        if (++hooks === 1) throw new Error('hook failed');
      },
    },
  ]);
  await queue.add(jobs(1));
  await until(() => hooks === 1);
  await sleep(20);
  expect(await stateOf()).toEqual(['running']);
  expect(await effects(db)).toEqual([]);
  await until(async () => {
    clock.advance(31_000);
    return (await queue.counts()).parked === 1;
  });
  expect(await effects(db)).toHaveLength(1);
});

test('a deferred job comes back without a counted try', async () => {
  const attempts: number[] = [];
  work([
    {
      kind: 'task',
      async handle(job) {
        attempts.push(job.attempt);
        if (attempts.length < 12) job.defer(0);
      },
    },
  ]);
  await queue.add(jobs(1));
  await until(async () => {
    queue.wake();
    return allDone();
  });
  expect(attempts).toEqual(Array(12).fill(1));
});

test('one failing commit takes nothing of its neighbours with it', async () => {
  const together = gate();
  let waiting = 0;
  work([
    {
      kind: 'task',
      async handle(job) {
        if (++waiting === 5) together.open();
        await together.opened;
        await job.commit(async () => {
          await addEffect(db, Number(job.payload.n), 'done');
          if (job.payload.n === 2) throw Object.assign(new Error('bad'), { permanent: true });
        });
      },
    },
  ]);
  await queue.add(jobs(5));
  await until(idle);
  expect((await effects(db)).map(({ job_id }) => job_id)).toEqual([0, 1, 3, 4]);
  expect((await queue.list({ state: 'parked', limit: 5 })).items).toMatchObject([{ payload: { n: 2 } }]);
});

test('a handler with a limit of its own never exceeds it', async () => {
  let now = 0;
  let most = 0;
  const handle = async () => {
    most = Math.max(most, ++now);
    await sleep(5);
    now--;
  };
  work([{ kind: 'task', concurrency: 2, handle }]);
  await queue.add(jobs(20));
  await until(allDone);
  expect(most).toBe(2);
});

test('F2 the worker outlives a database that is away', async () => {
  const query = jest.spyOn(db, 'query').mockRejectedValue(new Error('connection lost'));
  let handled = 0;
  work([{ kind: 'task', handle: async () => void handled++ }]);
  await until(() => query.mock.calls.length >= 2);
  query.mockRestore();
  await queue.add(jobs(3));
  await until(() => handled === 3);
  expect(handled).toBe(3);
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
  const worker = work([handler]);
  await queue.add(jobs(2));
  await until(() => started === 2);
  await worker.stop({ graceMs: 300 });
  const [second, first] = (await queue.list({ limit: 2 })).items;
  expect(first).toMatchObject({ state: 'done' });
  expect(second).toMatchObject({ state: 'ready', attempts: 0 });
});
