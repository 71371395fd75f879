import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from 'winston';
import { sleep } from '../../../../src/core/clock';
import type { NewInboxEvent } from '../../../../src/features/relations/inbox/arrival';
import { InboxEvent } from '../../../../src/features/relations/inbox/inbox.entity';
import { createInboxStore } from '../../../../src/features/relations/inbox/inbox.store';
import { createSpoolDrain, openSpool, type Spool } from '../../../../src/features/relations/inbox/spool';
import { createInboxWriter } from '../../../../src/features/relations/inbox/writer';
import { createJobQueue, jobEntities } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';

const logger = createLogger({ silent: true });

const event = (n: number): NewInboxEvent => ({
  digest: `digest-${String(n).padStart(36, '0')}`,
  receiver: 'agent',
  event: 'change_external_contact',
  change_type: 'edit_external_contact',
  userid: 'li',
  external_userid: `wm${n % 7}`,
  chat_id: null,
  stale: false,
  occurred_at: new Date('2026-03-01T00:00:00Z'),
  received_at: new Date('2026-03-01T00:00:01Z'),
  body: 'sealed',
  error: null,
  urgent: false,
});
const events = (count: number): NewInboxEvent[] => Array.from({ length: count }, (_, n) => event(n));

const open = async () => {
  const { db, close } = await openTestDatabase([InboxEvent, ...jobEntities]);
  const store = createInboxStore({ db, queue: createJobQueue({ db }) });
  const digests = async (): Promise<string[]> =>
    (await db.query<{ digest: string }>('SELECT digest FROM inbox_event ORDER BY id')).map((row) => row.digest);
  const jobs = async (): Promise<number> => (await db.query('SELECT id FROM job')).length;
  return { db, store, digests, jobs, close };
};
type Opened = Awaited<ReturnType<typeof open>>;

let at: Opened;
let folder: string;
let spool: Spool | undefined;
beforeEach(async () => {
  at = await open();
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(async () => {
  spool?.close();
  spool = undefined;
  await at.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A store that can be cut off. */
function failing(store: Opened['store']) {
  const door = { open: true, hangs: false };
  const insert: Opened['store']['insert'] = async (rows) => {
    if (door.hangs) await new Promise(() => undefined);
    if (!door.open) throw new Error('the database is away');
    return store.insert(rows);
  };
  return { door, store: { ...store, insert } };
}

test('I1 success is said only when the row can be read from elsewhere', async () => {
  const writer = createInboxWriter({ store: at.store, spool: undefined, logger });
  await Promise.all(
    events(50).map(async (one) => {
      await writer.accept(one);
      expect(await at.store.byDigest(one.digest)).toMatchObject({ state: 'pending' });
    }),
  );
  expect(await at.jobs()).toBe(50);
});

test('I1 nothing is said while the transaction is still open', async () => {
  let commit: () => void = () => undefined;
  const slow = { ...at.store, insert: () => new Promise<void>((resolve) => (commit = resolve)) };
  const writer = createInboxWriter({ store: slow, spool: undefined, logger });
  let said = false;
  const accepted = writer.accept(event(1)).then(() => (said = true));
  await sleep(100);
  expect(said).toBe(false);
  commit();
  await accepted;
  expect(said).toBe(true);
});

test('I3 without database or spool a callback is never acknowledged, and given up within 4.5 s', async () => {
  const { door, store } = failing(at.store);
  door.open = false;
  const writer = createInboxWriter({ store, spool: undefined, logger });
  const began = performance.now();
  const outcomes = await Promise.allSettled(events(5).map(writer.accept));
  expect(outcomes.map((o) => o.status)).toEqual(Array(5).fill('rejected'));
  expect(performance.now() - began).toBeLessThan(4500);
  expect(await at.digests()).toEqual([]);
});

test('I3 a database that comes back within the patience of the platform is enough', async () => {
  const { door, store } = failing(at.store);
  door.open = false;
  const writer = createInboxWriter({ store, spool: undefined, logger });
  const accepted = Promise.all(events(5).map(writer.accept));
  await sleep(500);
  door.open = true;
  await accepted;
  expect(await at.digests()).toHaveLength(5);
});

test('I4 1 to 5 deliveries at once through three processes leave one row and one job', async () => {
  const writers = [1, 2, 3].map(() => createInboxWriter({ store: at.store, spool: undefined, logger }));
  const deliveries = events(60).flatMap((one, n) =>
    Array.from({ length: 1 + (n % 5) }, (_, i) => writers[(n + i) % 3]?.accept(one)),
  );
  await Promise.all(deliveries.sort(() => 0.5 - Math.random()));
  expect(new Set(await at.digests()).size).toBe(60);
  expect(await at.digests()).toHaveLength(60);
});

describe('I9 the spool', () => {
  test('accepts while the database is away or hangs, and hands over in order, without doubles', async () => {
    spool = openSpool(folder, logger);
    if (!spool) throw new Error('SQLite is not built here');
    const { door, store } = failing(at.store);
    const writer = createInboxWriter({ store, spool, logger });
    await writer.accept(event(0));
    door.open = false;
    for (const one of events(20).slice(1)) await writer.accept(one);
    expect(spool.depth()).toBe(19);
    expect(await at.digests()).toHaveLength(1);
    door.hangs = true;
    await sleep(1100);
    await writer.accept(event(20));
    expect(spool.depth()).toBe(20);

    Object.assign(door, { open: true, hangs: false });
    await store.insert([event(3)]);
    const drain = createSpoolDrain({ spool, insert: store.insert, logger });
    drain.start();
    for (const end = Date.now() + 5000; spool.depth() > 0 && Date.now() < end; ) await sleep(20);
    expect(spool.depth()).toBe(0);
    const expected = [0, 3, ...Array.from({ length: 20 }, (_, i) => i + 1).filter((n) => n !== 3)];
    expect(await at.digests()).toEqual(expected.map((n) => event(n).digest));
    expect(await at.jobs()).toBe(21);
    await drain.stop();
    spool = undefined;
  });

  test('survives the process: what it holds is there again, with its dates', async () => {
    openSpool(folder, logger)?.add([event(1), event(2)]);
    spool = openSpool(folder, logger);
    expect(spool?.oldest(10).map((row) => row.event)).toEqual([event(1), event(2)]);
  });
});
