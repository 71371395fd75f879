import type { Database } from '../../src/db/database';
import { createJobQueue, type JobQueue, type NewJob } from '../../src/jobs';
import { openJobsDatabase, TestClock } from './support';

let clock: TestClock;
let db: Database;
let close: () => Promise<void>;
let queue: JobQueue;
beforeEach(async () => {
  clock = new TestClock();
  ({ db, close } = await openJobsDatabase(clock));
  queue = createJobQueue({ db });
});
afterEach(() => close());

const job = (n: number, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'task',
  lane: 'event',
  payload: { n },
  ...more,
});

test('jobs vanish with the transaction they were added in', async () => {
  const adding = db.transact(async () => {
    await queue.add([job(1)]);
    throw new Error('roll back');
  });
  await expect(adding).rejects.toThrow('roll back');
  expect((await queue.list({ limit: 10 })).items).toEqual([]);
});

test('a dedupe key is not added twice while it waits', async () => {
  await queue.add([job(1, { dedupeKey: 'a' }), job(2, { dedupeKey: 'b' }), job(3)]);
  await queue.add([job(4, { dedupeKey: 'a' }), job(5)]);
  const waiting = (await queue.list({ limit: 10 })).items.map(({ payload }) => payload.n);
  expect(waiting).toEqual([5, 3, 2, 1]);
  await db.execute("UPDATE job SET dedupe_key = NULL, state = 'running' WHERE dedupe_key = ?", ['a']);
  await queue.add([job(6, { dedupeKey: 'a' })]);
  expect((await queue.list({ limit: 1 })).items).toMatchObject([{ payload: { n: 6 } }]);
});

test('a payload that is no list of ids is refused', async () => {
  await expect(queue.add([job(1, { payload: { text: 'x'.repeat(2000) } })])).rejects.toThrow(RangeError);
});

test('lists by state and kind, newest first, page by page', async () => {
  await queue.add([job(1), job(2, { kind: 'other' }), job(3), job(4, { lane: 'urgent' })]);
  const first = await queue.list({ kind: 'task', state: 'ready', limit: 2 });
  expect(first.items).toMatchObject([{ payload: { n: 4 }, lane: 'urgent', state: 'ready' }, { payload: { n: 3 } }]);
  const rest = await queue.list({ kind: 'task', limit: 2, cursor: first.next_cursor ?? '' });
  expect(rest).toMatchObject({
    items: [{ payload: { n: 1 }, created_at: '2026-03-02T02:00:00.000Z' }],
    next_cursor: null,
  });
});

test('counts what waits and how long', async () => {
  await queue.add([job(1), job(2, { runAt: new Date(clock.now().getTime() + 60_000) })]);
  clock.advance(42_000);
  expect(await queue.counts()).toEqual({ ready: 2, running: 0, parked: 0, oldest_ready_seconds: 42 });
});

test('only a parked job can be retried', async () => {
  await queue.add([job(1)]);
  const [{ id } = { id: 0 }] = (await queue.list({ limit: 1 })).items;
  await expect(queue.retry(id)).rejects.toMatchObject({ code: 'job.not_parked', status: 409 });
});

test('purges old done jobs in chunks and nothing else', async () => {
  await queue.add(Array.from({ length: 2500 }, (_, n) => job(n)));
  await db.execute("UPDATE job SET state = 'done', finished_at = ?", [clock.now()]);
  clock.advance(60_000);
  await queue.add([job(1), job(2)]);
  await db.execute("UPDATE job SET state = 'done', finished_at = ? WHERE state = 'ready' AND payload = ?", [
    clock.now(),
    '{"n":1}',
  ]);
  expect(await queue.purge(new Date(clock.now().getTime() - 1000))).toBe(2500);
  expect((await queue.list({ limit: 10 })).items.map(({ state }) => state)).toEqual(['ready', 'done']);
});
