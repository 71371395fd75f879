import { sleep } from '../../src/core/clock';
import { type JobHandler, LeaseLost } from '../../src/jobs';
import { addEffect, createEffects, effects, gate, jobs, until, useFleet } from './support';

const fleet = useFleet();
beforeEach(() => createEffects(fleet.db));

test('E2 a worker that slept through its lease is barred: one effect, by the one who took over', async () => {
  const asleep = gate();
  const late: unknown[] = [];
  const held = gate();
  const sleeper = fleet.work([
    {
      kind: 'task',
      async handle(job) {
        held.open();
        await asleep.opened;
        await job.commit(() => addEffect(fleet.db, job.id, 'sleeper')).catch((error) => late.push(error));
        throw late[0];
      },
    },
  ]);
  await fleet.queue.add(jobs(1));
  await held.opened;
  const stopped = sleeper.stop({ graceMs: 20_000 });
  fleet.clock.advance(31_000);
  const inherited = gate();
  const refused = gate();
  fleet.work([
    {
      kind: 'task',
      async handle(job) {
        inherited.open();
        await refused.opened;
        await job.commit(() => addEffect(fleet.db, job.id, 'heir'));
      },
    },
  ]);
  await inherited.opened;
  asleep.open();
  await stopped;
  expect(late[0]).toBeInstanceOf(LeaseLost);
  expect(await effects(fleet.db)).toEqual([]);
  refused.open();
  await until(fleet.allDone);
  expect((await effects(fleet.db)).map(({ doer }) => doer)).toEqual(['heir']);
  expect((await fleet.queue.list({ limit: 1 })).items).toMatchObject([{ state: 'done', attempts: 1 }]);
});

test('E2 a lost lease aborts the signal at the next heart-beat', async () => {
  const aborted = gate();
  fleet.work(
    [
      {
        kind: 'task',
        async handle(job) {
          job.signal.addEventListener('abort', aborted.open);
          await fleet.db.execute("UPDATE job SET token = token + 1, state = 'ready', lease_owner = NULL, run_at = ?", [
            new Date('2100-01-01'),
          ]);
          await aborted.opened;
        },
      },
    ],
    { leaseSeconds: 0.3 },
  );
  await fleet.queue.add(jobs(1));
  await aborted.opened;
  await sleep(50);
  expect(await fleet.states()).toEqual(['ready']);
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
  fleet.work([handler], { leaseSeconds: 1 });
  await fleet.queue.add(jobs(1));
  await until(() => tries === 1);
  for (let second = 0; second < 4; second++) {
    await sleep(700);
    fleet.clock.advance(700);
  }
  finish.open();
  await until(fleet.allDone);
  expect(tries).toBe(1);
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
      await addEffect(fleet.db, job.id, 'parked');
    },
  };
  fleet.work([handler]);
  await fleet.queue.add(jobs(300));
  await until(async () => {
    fleet.clock.advance(300_000);
    fleet.queue.wake();
    return (await fleet.queue.counts()).parked === 3;
  });
  const parked = (await fleet.queue.list({ state: 'parked', limit: 10 })).items;
  expect(parked).toMatchObject(parked.map(() => ({ attempts: 8, error: expect.stringContaining('poison') })));
  expect([7, 107, 207].map((n) => tries.get(n))).toEqual([8, 8, 8]);
  expect((await effects(fleet.db)).map(({ doer }) => doer)).toEqual(['parked', 'parked', 'parked']);
  expect(await fleet.queue.counts()).toEqual({ ready: 0, running: 0, parked: 3, oldest_ready_seconds: null });
  cured = true;
  for (const { id } of parked) await fleet.queue.retry(id);
  await until(fleet.idle);
  expect((await fleet.queue.counts()).parked).toBe(0);
  expect((await fleet.queue.list({ state: 'done', limit: 200 })).items).toHaveLength(200);
});

test('I8 a permanent error parks at once, and a failing hook leaves nothing half parked', async () => {
  let hooks = 0;
  fleet.work([
    {
      kind: 'task',
      handle: async () => Promise.reject(Object.assign(new Error('never'), { permanent: true })),
      async onParked() {
        await addEffect(fleet.db, 1, 'half');
        if (++hooks === 1) throw new Error('hook failed');
      },
    },
  ]);
  await fleet.queue.add(jobs(1));
  await until(() => hooks === 1);
  await sleep(20);
  expect(await fleet.states()).toEqual(['running']);
  expect(await effects(fleet.db)).toEqual([]);
  await until(async () => {
    fleet.clock.advance(31_000);
    return (await fleet.queue.counts()).parked === 1;
  });
  expect(await effects(fleet.db)).toHaveLength(1);
});

test('a deferred job comes back without a counted try', async () => {
  const attempts: number[] = [];
  fleet.work([
    {
      kind: 'task',
      async handle(job) {
        attempts.push(job.attempt);
        if (attempts.length < 12) job.defer(0);
      },
    },
  ]);
  await fleet.queue.add(jobs(1));
  await until(async () => {
    fleet.queue.wake();
    return fleet.allDone();
  });
  expect(attempts).toEqual(Array(12).fill(1));
});

test('one failing commit takes nothing of its neighbours with it', async () => {
  const together = gate();
  let waiting = 0;
  fleet.work([
    {
      kind: 'task',
      async handle(job) {
        if (++waiting === 5) together.open();
        await together.opened;
        await job.commit(async () => {
          await addEffect(fleet.db, Number(job.payload.n), 'done');
          if (job.payload.n === 2) throw Object.assign(new Error('bad'), { permanent: true });
        });
      },
    },
  ]);
  await fleet.queue.add(jobs(5));
  await until(fleet.idle);
  expect((await effects(fleet.db)).map(({ job_id }) => job_id)).toEqual([0, 1, 3, 4]);
  expect((await fleet.queue.list({ state: 'parked', limit: 5 })).items).toMatchObject([{ payload: { n: 2 } }]);
});

test('F2 the worker outlives a database that is away', async () => {
  const query = jest.spyOn(fleet.db, 'query').mockRejectedValue(new Error('connection lost'));
  let handled = 0;
  fleet.work([{ kind: 'task', handle: async () => void handled++ }]);
  await until(() => query.mock.calls.length >= 2);
  query.mockRestore();
  await fleet.queue.add(jobs(3));
  await until(() => handled === 3);
  expect(handled).toBe(3);
});
