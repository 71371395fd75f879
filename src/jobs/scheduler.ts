import { type Logger as CronLogger, createTask, type ScheduledTask } from 'node-cron';
import { minutes, seconds, sleep } from '../core/clock';
import { faultText, messageOf } from '../core/errors';
import { failpoint } from '../core/failpoints';
import { randomToken } from '../core/ids';
import type { Logger } from '../core/logger';
import { type Database, toDateOrNull } from '../db/database';
import { latestDueSlot } from './due-slot';
import { createScheduleStore, type ScheduleStore, type SlotClaim } from './schedule-store';

export interface Slot {
  /** The nominal time, equal in every process. */
  at: Date;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** Work by the clock. Usually it only starts a run or adds jobs. */
export interface ScheduledWork {
  name: string;
  /** Five fields, or six with seconds first; Shanghai time. */
  cron: string;
  about: string;
  run(slot: Slot): Promise<unknown>;
}

export const scheduled = (name: string, work: Omit<ScheduledWork, 'name'>): ScheduledWork => ({ name, ...work });

export interface ScheduleView {
  name: string;
  cron: string;
  about: string;
  next_at: string | null;
  last_slot: string | null;
  last_started_at: string | null;
  last_finished_at: string | null;
  last_error: string | null;
}

export interface Scheduler {
  /** Starts the clock and catches up the latest missed slot of each task, once in the fleet (E5). */
  start(): Promise<void>;
  /** No new slots; interrupts what runs and waits for it up to `graceMs`. */
  stop(options?: { graceMs?: number }): Promise<void>;
  list(): Promise<ScheduleView[]>;
}

export interface SchedulerOptions {
  db: Database;
  tasks: ScheduledWork[];
  logger: Logger;
  /** How often missed slots, and slots of dead processes, are looked for; defaults to 15. */
  sweepSeconds?: number;
  /** How long a slot stays with a process that gives no sign of life; defaults to 60. */
  leaseSeconds?: number;
}

const timezone = 'Asia/Shanghai';

/** Each slot fires once in the whole fleet, at most one slot of a task at a time; a failed slot is not repeated. */
export const createScheduler = (options: SchedulerOptions): Scheduler => new FleetScheduler(options);

interface Entry {
  work: ScheduledWork;
  task: ScheduledTask;
}

class FleetScheduler implements Scheduler {
  readonly #owner = randomToken(16);
  readonly #store: ScheduleStore;
  readonly #entries: Entry[];
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly options: SchedulerOptions) {
    this.#store = createScheduleStore(options.db);
    this.#entries = options.tasks.map((work) => ({ work, task: this.#task(work) }));
  }

  async start(): Promise<void> {
    for (const { work } of this.#entries) await this.#store.introduce(work.name);
    for (const { task } of this.#entries) await task.start();
    this.#sweeping = this.#sweepUntilStopped();
  }

  async stop({ graceMs = 10_000 }: { graceMs?: number } = {}): Promise<void> {
    this.#stop.abort();
    for (const { task } of this.#entries) await task.destroy();
    await this.#sweeping;
    await Promise.race([Promise.all(this.#running), sleep(graceMs)]);
  }

  async list(): Promise<ScheduleView[]> {
    const rows = new Map((await this.#store.all()).map((row) => [row.name, row]));
    return this.#entries.map(({ work: { name, cron, about }, task }) => {
      const row = rows.get(name);
      const iso = (at: unknown) => toDateOrNull(at)?.toISOString() ?? null;
      return {
        name,
        cron,
        about,
        next_at: task.getNextRuns(1)[0]?.toISOString() ?? null,
        last_slot: iso(row?.last_slot),
        last_started_at: iso(row?.last_started_at),
        last_finished_at: iso(row?.last_finished_at),
        last_error: row?.last_error ?? null,
      };
    });
  }

  /** node-cron keeps the time; the coordinator claims the slot, whose nominal time ends the key it is asked with. */
  #task(work: ScheduledWork): ScheduledTask {
    const slotOf = (key: string) => new Date(key.slice(-'2000-01-01T00:00:00.000Z'.length));
    return createTask(work.cron, ({ date }) => this.#run(work, date), {
      name: work.name,
      timezone,
      noOverlap: true,
      distributed: true,
      runCoordinator: { shouldRun: (key) => this.#claim(work, slotOf(key)) },
      missedExecutionTolerance: minutes(1),
      suppressMissedWarning: true,
      logger: cronLogger(this.options.logger),
    });
  }

  #slot({ name }: ScheduledWork, slot: Date): SlotClaim {
    return { name, slot, owner: this.#owner, leaseMs: seconds(this.options.leaseSeconds ?? 60) };
  }

  async #claim(work: ScheduledWork, slot: Date): Promise<boolean> {
    if (this.#stop.signal.aborted) return false;
    const claimed = await this.#store.claim(this.#slot(work, slot));
    if (claimed) failpoint('schedule.claimed');
    return claimed;
  }

  async #run(work: ScheduledWork, slot: Date): Promise<void> {
    const running = this.#execute(work, slot);
    this.#running.add(running);
    await running;
    this.#running.delete(running);
  }

  /** Never rejects. */
  async #execute(work: ScheduledWork, at: Date): Promise<void> {
    const claim = this.#slot(work, at);
    const heartbeat = setInterval(() => void this.#store.extend(claim).catch(() => undefined), claim.leaseMs / 3);
    try {
      await this.#store.finish(claim, await this.#fault(work, at));
    } catch (error) {
      this.options.logger.warn('the end of a scheduled task could not be recorded', {
        task: work.name,
        slot: at,
        error,
      });
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** @returns why the task failed, or null */
  async #fault(work: ScheduledWork, at: Date): Promise<string | null> {
    try {
      await work.run({ at, signal: this.#stop.signal });
      return null;
    } catch (error) {
      this.options.logger.error('a scheduled task failed', { task: work.name, slot: at, error });
      return faultText(error);
    }
  }

  async #sweepUntilStopped(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      for (const entry of this.#entries) await this.#catchUp(entry);
      await sleep(seconds(this.options.sweepSeconds ?? 15), this.#stop.signal);
    }
  }

  async #catchUp({ work, task }: Entry): Promise<void> {
    try {
      const watermark = await this.#store.watermark(work.name);
      const slot = watermark && latestDueSlot(task, watermark, this.options.db.now());
      if (slot && (await this.#claim(work, slot))) void this.#run(work, slot);
    } catch (error) {
      this.options.logger.warn('missed slots could not be looked for', { task: work.name, error });
    }
  }
}

const cronLogger = (logger: Logger): CronLogger => ({
  info: (message) => void logger.debug(message),
  warn: (message) => void logger.debug(message),
  error: (message, error) => void logger.error('node-cron', { message: messageOf(message), error }),
  debug: (message) => void logger.debug(messageOf(message)),
});
