import { createLogger, transports } from 'winston';
import type { Clock } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import { Jobs1763769600100 } from '../../src/db/migrations/1763769600100-jobs';
import { jobEntities } from '../../src/jobs';
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
  const opened = await openTestDatabase(jobEntities, clock);
  const runner = opened.db.source.createQueryRunner();
  await new Jobs1763769600100().up(runner);
  await runner.release();
  return opened;
}

/** Resolves when `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
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
