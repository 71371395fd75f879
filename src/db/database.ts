import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { type Clock, sleep, systemClock } from '../core/clock';
import type { Dialect } from './columns';

export type Value = string | number | bigint | boolean | Date | Buffer | null;
export type Row = Record<string, unknown>;

/** The one door to the data: reads through `em` and `query`, writes inside `transact`. */
export class Database {
  readonly dialect: Dialect;
  readonly #open = new AsyncLocalStorage<EntityManager>();
  readonly #line = new Line();
  #clockOffset = 0;

  constructor(
    readonly source: DataSource,
    private readonly clock: Clock = systemClock,
  ) {
    this.dialect = source.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
  }

  get em(): EntityManager {
    return this.#open.getStore() ?? this.source.manager;
  }

  /** Whether the caller stands inside `transact`. */
  get inTransaction(): boolean {
    return this.#open.getStore() !== undefined;
  }

  /**
   * Runs `work` atomically; a nested call joins the open transaction. On SQLite, where transactions stand in line, an
   * `urgent` one goes first: somebody waits for its answer. After a deadlock `work` runs again, so it must touch nothing
   * but this database.
   */
  transact<T>(work: (em: EntityManager) => Promise<T>, { urgent = false } = {}): Promise<T> {
    const open = this.#open.getStore();
    if (open) return work(open);
    const inside = (em: EntityManager) => this.#open.run(em, () => work(em));
    // SQLite has one connection: without a line, neighbours would share a transaction.
    if (this.dialect === 'sqlite') return this.#line.join(() => this.source.transaction(inside), urgent);
    // Who waited for a lock must then see what the other wrote; MySQL's own default would show an older state.
    return retryDeadlocks(() => this.source.transaction('READ COMMITTED', inside));
  }

  /** Rows of a SELECT. Instants come as `Date` on MySQL and as text on SQLite: pass them through `toDate`. */
  query<T extends object = Row>(sql: string, params: Value[] = []): Promise<T[]> {
    return this.em.query(sql, params.map(this.bind));
  }

  /** Runs one INSERT, UPDATE or DELETE, in a transaction of its own when none is open. @returns rows affected */
  execute(sql: string, params: Value[] = []): Promise<number> {
    return this.transact(async (em) => {
      const runner = em.queryRunner as QueryRunner;
      const { affected } = await runner.query(sql, params.map(this.bind), true);
      return affected ?? 0;
    });
  }

  /** The database's clock, which leases go by (F7); measured against the process clock by `measureClock`. */
  now(): Date {
    return new Date(this.clock.now().getTime() + this.#clockOffset);
  }

  /**
   * Empties the write-ahead log of SQLite, where what was overwritten in the database itself stands a while longer (S23).
   * @returns false when a reader was in the way: try again later
   */
  async emptyLog(): Promise<boolean> {
    if (this.dialect !== 'sqlite') return true;
    const empty = () => this.source.query('PRAGMA wal_checkpoint(TRUNCATE)') as Promise<{ busy: number }[]>;
    const [row] = await this.#line.join(empty, false);
    return row?.busy === 0;
  }

  /** @returns how many milliseconds the database's clock is ahead of the process's */
  async measureClock(): Promise<number> {
    if (this.dialect === 'sqlite') return 0;
    const before = this.clock.now().getTime();
    const [row] = await this.query<{ at: Date }>('SELECT UTC_TIMESTAMP(3) AS at');
    const middle = (before + this.clock.now().getTime()) / 2;
    this.#clockOffset = Math.round((row?.at.getTime() ?? middle) - middle);
    return this.#clockOffset;
  }

  /** What a driver wants for a value: SQLite has neither dates nor booleans. */
  readonly bind = (value: Value): Value => {
    if (this.dialect === 'mysql') return value;
    if (value instanceof Date) return toSqlInstant(value);
    return typeof value === 'boolean' ? Number(value) : value;
  };
}

/** One after the other; what is urgent goes before all that waits. */
class Line {
  readonly #urgent: (() => Promise<void>)[] = [];
  readonly #waiting: (() => Promise<void>)[] = [];
  #busy = false;

  join<T>(run: () => Promise<T>, urgent: boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      // Bound, so that each runs in the context of whoever asked for it.
      const turn = AsyncLocalStorage.bind(() => run().then(resolve, reject));
      (urgent ? this.#urgent : this.#waiting).push(turn);
      if (!this.#busy) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    for (let next = this.#next(); next; next = this.#next()) await next();
    this.#busy = false;
  }

  #next(): (() => Promise<void>) | undefined {
    return this.#urgent.shift() ?? this.#waiting.shift();
  }
}

const deadlock = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

async function retryDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 5 || !deadlock.has(String((error as { code?: string }).code))) throw error;
      await sleep(attempt * 20 * Math.random());
    }
  }
}

/** Texts of the last instants: rows that are written together share most of theirs. */
const instantTexts = new Map<number, string>();

/** `YYYY-MM-DD HH:MM:SS.mmm` in UTC, the text SQLite keeps and sorts. */
export function toSqlInstant(at: Date): string {
  const known = instantTexts.get(at.getTime());
  if (known) return known;
  const iso = at.toISOString();
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
  if (instantTexts.size === 10_000) instantTexts.clear();
  instantTexts.set(at.getTime(), text);
  return text;
}

/** An instant of a raw row in the text SQLite keeps, to the byte, whatever the driver made of it. */
export const instantText = (value: unknown): string => (value instanceof Date ? toSqlInstant(value) : String(value));

/** An instant as a raw row holds it. */
export function toDate(value: unknown): Date {
  return value instanceof Date ? value : new Date(`${String(value).replace(' ', 'T')}Z`);
}

export const toDateOrNull = (value: unknown): Date | null => (value == null ? null : toDate(value));

/** `?, ?, ?` for a list of values. */
export const placeholders = (count: number): string => Array(count).fill('?').join(', ');

/** The pattern of `LIKE ? ESCAPE '!'` for lower-cased text that contains `part`. */
export const containing = (part: string): string => `%${part.toLowerCase().replace(/[%_!]/g, '!$&')}%`;
