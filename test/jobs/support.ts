import { createLogger, transports } from 'winston';
import type { Clock } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import {
  createJobQueue,
  createWorker,
  type JobHandler,
  type JobQueue,
  type JobWorker,
  jobEntities,
  type NewJob,
  type WorkerOptions,
} from '../../src/jobs';
import { openTestDatabase } from '../support/database';

export const silent = createLogger({ silent: true, transports: [new transports.Console()] });

/** A clock that stands until it is told to move. */
export class TestClock implements Clock {
  #at = new Date('2026-03-02T02:00:00.000Z').getTime();

  now(): Date {
    return new Date(this.#at);
  }

  advance(ms: number): void {
    this.#at += ms;
  }
}

export async function openJobsDatabase(clock?: Clock): Promise<{ db: Database; close(): Promise<void> }> {
  const { db, close } = await openTestDatabase(jobEntities, clock);
  return {
    db,
    async close() {
      // The database may serve another test, with the schema it had.
      await db.execute('DROP TABLE IF EXISTS effect');
      await close();
    },
  };
}

/** Resolves when `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A promise that is resolved from outside. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A table for what handlers do to the database. */
export const createEffects = (db: Database) =>
  db.execute('CREATE TABLE effect (job_id integer NOT NULL, doer varchar(32) NOT NULL)');

export const addEffect = (db: Database, job: number, doer: string) =>
  db.execute('INSERT INTO effect (job_id, doer) VALUES (?, ?)', [job, doer]);

export const effects = (db: Database) =>
  db.query<{ job_id: number; doer: string }>('SELECT job_id, doer FROM effect ORDER BY job_id, doer');

export const jobs = (count: number, job: Partial<NewJob> = {}): NewJob[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'task', lane: 'event', payload: { n }, ...job }));

/** A queue and any number of workers, on a fresh database and a standing clock for each test. */
class Fleet {
  clock = new TestClock();
  readonly #workers: JobWorker[] = [];
  #opened: { db: Database; close(): Promise<void> } | undefined;
  #queue: JobQueue | undefined;

  async open(): Promise<void> {
    this.clock = new TestClock();
    this.#opened = await openJobsDatabase(this.clock);
    this.#queue = createJobQueue({ db: this.db });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop({ graceMs: 100 })));
    await this.#opened?.close();
  }

  get db(): Database {
    if (!this.#opened) throw new Error('the fleet exists inside tests only');
    return this.#opened.db;
  }

  get queue(): JobQueue {
    if (!this.#queue) throw new Error('the fleet exists inside tests only');
    return this.#queue;
  }

  work(handlers: JobHandler[], options: Partial<WorkerOptions> = {}): JobWorker {
    const worker = createWorker({ db: this.db, queue: this.queue, handlers, logger: silent, ...options });
    this.#workers.push(worker);
    worker.start();
    return worker;
  }

  states = async () => (await this.queue.list({ limit: 200 })).items.map(({ state }) => state);
  allDone = async () => (await this.states()).every((state) => state === 'done');

  idle = async () => {
    const { ready, running } = await this.queue.counts();
    return ready + running === 0;
  };
}

/** Call once at the top of a test file. */
export function useFleet(): Fleet {
  const fleet = new Fleet();
  beforeEach(() => fleet.open());
  afterEach(() => fleet.close());
  return fleet;
}
