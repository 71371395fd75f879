import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { days, hours, minutes, seconds, shanghaiDay, sleep } from '../core/clock';
import type { Database } from '../db/database';
import { type Blocks, createBlocks } from './blocks';
import { errcode } from './error-codes';
import { WecomError } from './errors';
import { Slots } from './slots';
import type { Lane, Log } from './types';

export interface BudgetOptions {
  /** Calls of one API at once in this process. WeCom publishes no number; a handful passes. */
  concurrency?: number | undefined;
  /** Calls of one API in this process; WeCom allows a company 10,000 a minute (path/90454). */
  ratePerMinute?: number | undefined;
  wait?: typeof sleep | undefined;
}

export interface BudgetDeps extends BudgetOptions {
  db: Database;
  log: Log;
}

/** A place asked for: which API, how urgent, and what gives it up. */
export interface Entry {
  api: string;
  lane: Lane;
  signal?: AbortSignal | undefined;
  patienceMs?: number | undefined;
}

const easedMs = seconds(60);
/** Someone waits in front of the screen: rather tell them than let them wait longer than this. */
const urgentWaitMs = seconds(2);
/** Logs may be asked for 600 times a minute (path/100178). */
const securityPerSecond = 10;

/**
 * The rate budget per API, shared by the lanes: calls at once, calls a minute, and the blocks WeCom asked for, which
 * hold for all processes (F5). Nothing is dropped: bulk and event work waits, urgent work is told at once.
 */
export class Budget {
  readonly #log: Log;
  readonly #wait: typeof sleep;
  readonly #concurrency: number;
  readonly #blocks: Blocks;
  readonly #perSecond: RateLimiterMemory;
  readonly #callsPerSecond: number;
  readonly #slots = new Map<string, Slots>();
  readonly #strikes = new Map<string, number>();
  readonly #now: () => number;

  constructor({ db, log, concurrency = 4, ratePerMinute = 9000, wait = sleep }: BudgetDeps) {
    this.#log = log;
    this.#wait = wait;
    this.#concurrency = concurrency;
    this.#blocks = createBlocks(db, log);
    this.#callsPerSecond = Math.max(1, Math.floor(ratePerMinute / 60));
    this.#perSecond = new RateLimiterMemory({ points: this.#callsPerSecond, duration: 1 });
    this.#now = () => db.now().getTime();
  }

  /**
   * Waits for a place: blocks, then calls at once, then calls a second. @returns what gives the place back
   * @throws WecomError 45009 for `welcome`, `click` and whoever has less patience while a block is in force; the reason
   * of the signal
   */
  async enter(entry: Entry): Promise<() => void> {
    for (;;) {
      await this.#passBlock(entry);
      const leave = await this.#slotsOf(entry.api).enter(entry.lane, entry.signal);
      try {
        await this.#passRate(entry);
        // The block may have come while this call stood in the queue.
        if (this.#blockedFor(entry.api) <= 0) return leave;
      } catch (error) {
        leave();
        throw error;
      }
      leave();
    }
  }

  /** No call of this API before `until`, in any process. */
  async block(api: string, until: Date, reason: string): Promise<void> {
    this.#log.warn('WeCom asks us to wait', { api, until, reason });
    await this.#blocks.set(api, { blockedUntil: until.getTime() }, reason);
  }

  /**
   * After 45009: no call until the window ends. WeCom does not say which window it was, so a block that did not
   * help is followed by a longer one. @returns milliseconds until calls may go on
   */
  async overLimit(api: string, errmsg: string): Promise<number> {
    if (this.#blockedFor(api) <= 0) {
      const strike = (this.#strikes.get(api) ?? 0) + 1;
      this.#strikes.set(api, strike);
      const end = Math.max(windowEnd(errmsg, this.#now()), this.#now() + strikeMs(strike));
      await this.block(api, new Date(end), String(errcode.overLimit));
    }
    return this.#blockedFor(api);
  }

  /** After 45033: half as many calls at once for a minute, after a short pause of random length. */
  async ease(api: string): Promise<void> {
    const pause = 250 + Math.random() * 750;
    const eased = { blockedUntil: this.#now() + pause, easedUntil: this.#now() + easedMs };
    this.#log.warn('WeCom asks for fewer calls at once', { api });
    await this.#blocks.set(api, eased, String(errcode.tooConcurrent));
  }

  /** A call went through: the window is over. */
  worked(api: string): void {
    this.#strikes.delete(api);
  }

  async #passBlock({ api, lane, signal, patienceMs }: Entry): Promise<void> {
    const mostMs = patienceMs ?? (lane === 'welcome' || lane === 'click' ? urgentWaitMs : Number.POSITIVE_INFINITY);
    for (;;) {
      await this.#blocks.refresh();
      const left = this.#blockedFor(api);
      if (left <= 0) return;
      if (left > mostMs) throw blockedError(api, left);
      await this.#wait(Math.min(left, minutes(1)), signal);
      signal?.throwIfAborted();
    }
  }

  async #passRate({ api, signal }: Entry): Promise<void> {
    for (;;) {
      const rejected = await this.#perSecond.consume(api, this.#costOf(api)).then(() => undefined, asRejection);
      if (!rejected) return;
      await this.#wait(rejected.msBeforeNext, signal);
      signal?.throwIfAborted();
    }
  }

  /** A call counts for as many as WeCom allows of others in its place. */
  #costOf(api: string): number {
    return api.startsWith('security/') ? Math.max(1, Math.floor(this.#callsPerSecond / securityPerSecond)) : 1;
  }

  #blockedFor(api: string): number {
    return this.#blocks.of(api).blockedUntil - this.#now();
  }

  #slotsOf(api: string): Slots {
    const found = this.#slots.get(api) ?? new Slots(() => this.#limitOf(api));
    this.#slots.set(api, found);
    return found;
  }

  #limitOf(api: string): number {
    const eased = this.#now() < this.#blocks.of(api).easedUntil;
    return eased ? Math.max(1, Math.floor(this.#concurrency / 2)) : this.#concurrency;
  }
}

/** The limiter rejects with its own object; anything else is a fault. */
function asRejection(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}

const strikeMs = (strike: number): number => (strike === 1 ? minutes(1) : minutes(strike === 2 ? 5 : 15));

/** The end of the window that WeCom's words hint at: minute unless they say hour, day or month. */
function windowEnd(errmsg: string, now: number): number {
  const words = errmsg.split(/,\s*hint/i, 1)[0] ?? '';
  if (/\bmonth|月/i.test(words)) return now + days(30);
  if (/\bday|daily|天|日/i.test(words)) return Date.parse(`${shanghaiDay(new Date(now + days(1)))}T00:00:00+08:00`);
  return now + (/\bhour|小时/i.test(words) ? hours(1) : minutes(1));
}

const blockedError = (api: string, left: number): WecomError =>
  new WecomError({ errcode: errcode.overLimit, errmsg: 'still blocked, not asked', api }, left);
