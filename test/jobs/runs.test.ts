import { sleep } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import {
  createJobQueue,
  createRuns,
  createWorker,
  type JobQueue,
  type JobWorker,
  LeaseLost,
  type RunContext,
  type RunDefinition,
  type RunEvent,
  type Runs,
} from '../../src/jobs';
import { type Candidate, createJobStore } from '../../src/jobs/job-store';
import { reap } from '../../src/jobs/settle';
import { addEffect, createEffects, effects, gate, openJobsDatabase, silent, TestClock, until } from './support';

type Params = { pages: number };
type Checkpoint = { page: number };
type Context = RunContext<Params, Checkpoint>;

let clock: TestClock;
let db: Database;
let close: () => Promise<void>;
let workers: JobWorker[];
beforeEach(async () => {
  clock = new TestClock();
  ({ db, close } = await openJobsDatabase(clock));
  await createEffects(db);
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop({ graceMs: 100 })));
  await close();
});

/** A process of its own: it shares nothing with the others but the database. */
function aProcess(
  execute: (ctx: Context) => Promise<unknown>,
  options: Partial<RunDefinition<Params, Checkpoint, unknown>> = {},
): { runs: Runs; queue: JobQueue; worker: JobWorker } {
  const queue = createJobQueue({ db });
  const runs = createRuns({ db, queue, logger: silent });
  runs.define<Params, Checkpoint, unknown>('copy', { execute, ...options });
  // One at a time: a process that counts for dead, and is not, must not take its own run again.
  const worker = createWorker({ db, queue, handlers: runs.handlers(), logger: silent, concurrency: 1 });
  workers.push(worker);
  return { runs, queue, worker };
}

/** Copies page after page, each in the transaction of its checkpoint. */
const copyPages =
  (doer: string, before: (page: number) => Promise<void> = async () => undefined) =>
  async (ctx: Context) => {
    const { pages } = ctx.params;
    for (let page = (ctx.checkpoint?.page ?? 0) + 1; page <= pages; page++) {
      await before(page);
      await ctx.save({ page }, { done: page, total: pages, phase: 'copying' }, async () => {
        await addEffect(db, page, doer);
      });
    }
    return { copied: pages };
  };

const collect = async (events: AsyncGenerator<RunEvent>): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};
const finished = async (runs: Runs, id: string) => !['queued', 'running'].includes((await runs.get(id)).state);

test('a run is queued, executed and keeps its result', async () => {
  const { runs, worker } = aProcess(copyPages('one'));
  const queued = await runs.start('copy', { pages: 3 }, 'admin');
  expect(queued).toEqual({
    id: queued.id,
    kind: 'copy',
    state: 'queued',
    progress: { done: 0, total: 0 },
    phase: null,
    params: { pages: 3 },
    result: null,
    error: null,
    requested_by: 'admin',
    created_at: '2026-03-02T02:00:00.000Z',
    started_at: null,
    finished_at: null,
  });
  worker.start();
  await until(() => finished(runs, queued.id));
  expect(await runs.get(queued.id)).toMatchObject({
    state: 'succeeded',
    progress: { done: 3, total: 3 },
    phase: 'copying',
    result: { copied: 3 },
    finished_at: '2026-03-02T02:00:00.000Z',
  });
});

test('E6 a killed run is resumed from its checkpoint; no page twice, progress never back, the late write refused', async () => {
  const killed = gate();
  const reached = gate();
  const late: unknown[] = [];
  const first = aProcess((ctx) =>
    copyPages('first', async (page) => {
      if (page !== 6) return;
      reached.open();
      await killed.opened;
    })(ctx).catch((error) => {
      late.push(error);
      throw error;
    }),
  );
  const { id } = await first.runs.start('copy', { pages: 10 }, 'admin');
  first.worker.start();
  await reached.opened;
  clock.advance(31_000);
  const second = aProcess(async (ctx) => {
    await ctx.progress({ done: 1, total: 10 });
    return copyPages('second')(ctx);
  });
  const watched = collect(second.runs.watch(id));
  second.worker.start();
  const events = await watched;
  killed.open();
  await until(() => late.length === 1);
  expect(late[0]).toBeInstanceOf(LeaseLost);
  expect((await effects(db)).map(({ job_id, doer }) => `${job_id} ${doer}`)).toEqual([
    ...[1, 2, 3, 4, 5].map((page) => `${page} first`),
    ...[6, 7, 8, 9, 10].map((page) => `${page} second`),
  ]);
  const progress = events.map(({ run }) => run.progress.done);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress[0]).toBe(5);
  expect(events.at(-1)?.run).toMatchObject({ state: 'succeeded', progress: { done: 10, total: 10 } });
});

test('E6 a shutdown interrupts a run at once and another process goes on', async () => {
  const first = aProcess(copyPages('first', () => sleep(20)));
  const { id } = await first.runs.start('copy', { pages: 50 }, 'admin');
  first.worker.start();
  await until(async () => (await first.runs.get(id)).progress.done >= 3);
  const stoppedAt = Date.now();
  await first.worker.stop({ graceMs: 10_000 });
  expect(Date.now() - stoppedAt).toBeLessThan(2000);
  const { state, progress } = await first.runs.get(id);
  expect(state).toBe('queued');
  const second = aProcess(copyPages('second'));
  second.worker.start();
  await until(() => finished(second.runs, id));
  const pages = await effects(db);
  expect(pages.map(({ job_id }) => job_id)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  expect(pages.filter(({ doer }) => doer === 'first')).toHaveLength(progress.done);
});

test.each(['the same process', 'another process'])('E6 cancel from %s takes effect within 2 s', async (where) => {
  const executing = aProcess(async (ctx) => {
    await copyPages('first')({ ...ctx, params: { pages: 2 } } as Context);
    await sleep(60_000, ctx.signal);
    await ctx.save({ page: 3 }, { done: 3, total: 3 }, async () => void (await addEffect(db, 3, 'late')));
  });
  const asking = where === 'the same process' ? executing : aProcess(copyPages('never'));
  const { id } = await executing.runs.start('copy', { pages: 2 }, 'admin');
  executing.worker.start();
  await until(async () => (await asking.runs.get(id)).progress.done === 2);
  const askedAt = Date.now();
  await asking.runs.cancel(id);
  await until(async () => (await asking.runs.get(id)).state === 'cancelled', 5000);
  expect(Date.now() - askedAt).toBeLessThan(2000);
  expect(await effects(db)).toHaveLength(2);
  expect(await asking.runs.cancel(id)).toMatchObject({ state: 'cancelled' });
});

test('E6 a queued run is cancelled at once and never executed', async () => {
  let executed = false;
  const { runs, queue, worker } = aProcess(async () => {
    executed = true;
  });
  const { id } = await runs.start('copy', { pages: 1 }, 'admin');
  expect(await runs.cancel(id)).toMatchObject({ state: 'cancelled' });
  worker.start();
  await until(async () => (await queue.list({ state: 'done', limit: 1 })).items.length === 1);
  expect(executed).toBe(false);
});

test('fails after five failures without progress; a checkpoint starts the count again', async () => {
  let calls = 0;
  const { runs, queue, worker } = aProcess(async (ctx) => {
    if (++calls === 4) await ctx.save({ page: 1 }, { done: 1, total: 2 });
    throw new Error(`failure ${calls}`);
  });
  const { id } = await runs.start('copy', { pages: 2 }, 'admin');
  worker.start();
  await until(async () => {
    clock.advance(300_000);
    queue.wake();
    return finished(runs, id);
  });
  expect(await runs.get(id)).toMatchObject({ state: 'failed', error: 'failure 8', progress: { done: 1, total: 2 } });
  expect(calls).toBe(8);
});

/** Asks for no pause, so that the clock may stand. */
const atOnce = (text: string) => Object.assign(new Error(text), { retryAfterMs: 0 });

/** Until the run ends, or was tried so often that it never will. */
const endOf = async ({ runs, queue }: { runs: Runs; queue: JobQueue }, id: string, tries: () => number) => {
  await until(async () => {
    queue.wake();
    return tries() > 60 || finished(runs, id);
  });
  return runs.get(id);
};

test('a run that works through its first part again at every try, and fails at the same place, gives up', async () => {
  let calls = 0;
  const copying = aProcess(async (ctx) => {
    calls += 1;
    for (const page of [1, 2, 3]) await ctx.save({ page }, { done: calls * 10 + page, total: 1000 });
    throw atOnce('page 4 does not go');
  });
  const { id } = await copying.runs.start('copy', { pages: 9 }, 'admin');
  copying.worker.start();
  const run = await endOf(copying, id, () => calls);
  expect(run).toMatchObject({ state: 'failed', error: 'page 4 does not go', progress: { done: 53 } });
  expect(calls).toBe(5);
});

test.each([
  [2, 'succeeded'],
  [3, 'failed'],
])(
  'a run whose checkpoints never repeat is forgiven 49 failures, not 50: after 48 it needs %i tries, %s',
  async (needed, state) => {
    let calls = 0;
    const copying = aProcess(async (ctx) => {
      await ctx.save({ page: ++calls }, { done: calls, total: needed });
      if (calls < needed) throw atOnce('once more');
    });
    const { id } = await copying.runs.start('copy', { pages: needed }, 'admin');
    await db.execute('UPDATE run SET failures_in_all = 48 WHERE id = ?', [id]);
    copying.worker.start();
    expect(await endOf(copying, id, () => calls)).toMatchObject({ state });
    expect(calls).toBe(2);
  },
);

test('eight killed workers do not end a run', async () => {
  const { runs, worker } = aProcess(copyPages('last'));
  const { id } = await runs.start('copy', { pages: 1 }, 'admin');
  const store = createJobStore(db);
  const handlers = new Map(runs.handlers().map((handler) => [handler.kind, handler]));
  for (let kill = 0; kill < 8; kill++) {
    const openings = { kinds: ['run.copy'], firstLane: 0, lastLane: 3, room: 1, partial: false, window: 1 };
    const claim = { ...openings, admit: (list: Candidate[]) => list, owner: 'dead', leaseMs: 1000 };
    expect((await store.claim(claim)).jobs).toHaveLength(1);
    clock.advance(2000);
    expect(await reap({ db, store, logger: silent }, handlers)).toBe(1);
  }
  worker.start();
  await until(() => finished(runs, id));
  expect(await runs.get(id)).toMatchObject({ state: 'succeeded' });
});

test('an exclusive kind runs once at a time', async () => {
  const finish = gate();
  const { runs, worker } = aProcess(() => finish.opened, { exclusive: true });
  const { id } = await runs.start('copy', { pages: 1 }, 'admin');
  const second = runs.start('copy', { pages: 1 }, 'admin');
  await expect(second).rejects.toMatchObject({ code: 'run.in_progress', status: 409, details: { id } });
  finish.open();
  worker.start();
  await until(() => finished(runs, id));
  expect(await runs.start('copy', { pages: 1 }, 'admin')).toMatchObject({ state: 'queued' });
});

test('a watcher goes on from the last event it saw and ends when it is told to', async () => {
  const { runs, worker } = aProcess(copyPages('one'));
  const { id } = await runs.start('copy', { pages: 4 }, 'admin');
  worker.start();
  const all = await collect(runs.watch(id));
  const ids = all.map((event) => event.id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  const last = all.at(-1);
  expect(await collect(runs.watch(id, { since: (last?.id ?? 0) - 1 }))).toEqual([last]);
  expect(await collect(runs.watch(id, { since: last?.id ?? 0 }))).toEqual([]);
  const waiting = await runs.start('copy', { pages: 1 }, 'admin');
  await worker.stop();
  const left = new AbortController();
  const watching = collect(runs.watch(waiting.id, { signal: left.signal }));
  left.abort();
  expect((await watching).length).toBeLessThanOrEqual(1);
});

test('lists newest first by kind and state, and purges what ended long ago', async () => {
  const { runs } = aProcess(copyPages('one'));
  const first = await runs.start('copy', { pages: 1 }, 'admin');
  const second = await runs.start('copy', { pages: 2 }, 'admin');
  await runs.cancel(first.id);
  const page = await runs.list({ kind: 'copy', limit: 1 });
  expect(page.items.map(({ id }) => id)).toEqual([second.id]);
  const rest = await runs.list({ kind: 'copy', limit: 1, cursor: page.next_cursor ?? '' });
  expect(rest).toMatchObject({ items: [{ id: first.id }], next_cursor: null });
  expect((await runs.list({ state: 'queued', limit: 9 })).items.map(({ id }) => id)).toEqual([second.id]);
  clock.advance(1000);
  expect(await runs.purge(clock.now())).toBe(1);
  await expect(runs.get(first.id)).rejects.toMatchObject({ code: 'run.not_found', status: 404 });
});
