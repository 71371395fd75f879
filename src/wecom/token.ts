import { seconds, sleep } from '../core/clock';
import { newId } from '../core/ids';
import type { Vault } from '../core/vault';
import type { Database } from '../db/database';
import { adviceFor } from './advice';
import { WecomError, WecomFault, WecomNotConfigured, WecomUnreachable } from './errors';
import { createTokenRows, fingerprint, type StoredToken, type TokenRows } from './token-rows';
import type { Log } from './types';

export interface FetchedToken {
  token: string;
  /** Seconds. */
  expiresIn: number;
}

export interface TokenStoreDeps<K extends string> {
  db: Database;
  vault: Vault;
  log: Log;
  /** The secret a token is made from: another secret, another token. */
  secretOf: (key: K) => string | undefined;
  /** Asks WeCom. Called by one process at a time. */
  fetch: (key: K) => Promise<FetchedToken>;
  wait?: typeof sleep | undefined;
}

interface Failure {
  error: unknown;
  secret: string;
  until: number;
}

/** Refresh at this part of the life, while the old token still works. */
const freshPart = 0.9;
const leaseMs = seconds(45);
const pollMs = 50;
const failurePauseMs = seconds(1);
/** A token that is refused again and again is not stale; fetching more would only exhaust gettoken. */
const dropsPerMinute = 10;

const refreshAt = ({ fetchedAt, expiresAt }: StoredToken): number =>
  fetchedAt.getTime() + (expiresAt.getTime() - fetchedAt.getTime()) * freshPart;

/**
 * One token per key, kept sealed in the database and in memory, fetched by one caller of one process at a time (F6).
 * A restart goes on with the stored token.
 */
export class TokenStore<K extends string> {
  readonly #owner = newId();
  readonly #rows: TokenRows;
  readonly #wait: typeof sleep;
  readonly #kept = new Map<K, StoredToken>();
  readonly #flights = new Map<K, Promise<string>>();
  readonly #drops = new Map<K, Promise<unknown>>();
  readonly #dropTimes = new Map<K, number[]>();
  readonly #failures = new Map<K, Failure>();

  constructor(private readonly deps: TokenStoreDeps<K>) {
    this.#rows = createTokenRows(deps.db, deps.vault, deps.log);
    this.#wait = deps.wait ?? sleep;
  }

  /**
   * A token that works as far as is known.
   * @throws WecomError of class `configuration` for a wrong secret, kept for 10 minutes without asking again
   */
  async get(key: K): Promise<string> {
    const secret = this.#secret(key);
    const kept = this.#kept.get(key);
    if (kept?.secret === secret && this.#now() < refreshAt(kept)) return kept.token;
    const failure = this.#failures.get(key);
    if (failure?.secret === secret && this.#now() < failure.until) return this.#meanwhile(failure, kept);
    const flight = this.#flights.get(key) ?? this.#renew(key, secret).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  /** Drops the token that WeCom refused; one fetched by somebody else in the meantime stays. */
  async invalidate(key: K, token: string): Promise<void> {
    const kept = this.#kept.get(key);
    if (kept?.token === token && this.#mayDrop(key)) {
      this.#kept.delete(key);
      const drop = this.#rows.expire(key, kept.generation).finally(() => this.#drops.delete(key));
      this.#drops.set(key, drop);
    }
    await this.#drops.get(key);
  }

  /** Drops a token that somebody doubts and that is older than `ms`; at any rate what another process fetched counts. */
  async dropOlder(key: K, ms: number): Promise<void> {
    this.#kept.delete(key);
    const { fetchedAt, generation } = await this.#rows.read(key);
    if (this.#now() - fetchedAt.getTime() > ms) await this.#rows.expire(key, generation);
  }

  /** Forgets token and failure, after the settings changed. */
  async reset(key: K): Promise<void> {
    this.#failures.delete(key);
    this.#kept.delete(key);
    const { generation } = await this.#rows.read(key);
    await this.#rows.expire(key, generation);
  }

  /** Takes the token another process fetched, or fetches it, or waits for the one who does. */
  async #renew(key: K, secret: string): Promise<string> {
    await this.#drops.get(key);
    const giveUpAt = this.#now() + leaseMs;
    while (this.#now() < giveUpAt) {
      const row = await this.#rows.read(key);
      const usable = row.secret === secret && row.token !== '';
      if (usable && this.#now() < refreshAt(row)) return this.#keep(key, row);
      const lease = { owner: this.#owner, until: new Date(this.#now() + leaseMs) };
      if (await this.#rows.lease(key, row.generation, lease)) return this.#fetch(key, secret, row);
      // Somebody refreshes early: the old token still does.
      if (usable && this.#now() < row.expiresAt.getTime()) return row.token;
      await this.#wait(pollMs);
    }
    throw new WecomUnreachable('gettoken', 'another process did not get a token in time');
  }

  async #fetch(key: K, secret: string, old: StoredToken): Promise<string> {
    try {
      const { token, expiresIn } = await this.deps.fetch(key);
      const fetchedAt = this.deps.db.now();
      const fresh = { token, secret, fetchedAt, expiresAt: new Date(fetchedAt.getTime() + seconds(expiresIn)) };
      if (!(await this.#rows.store(key, this.#owner, fresh))) return token;
      return this.#keep(key, { ...fresh, generation: old.generation + 1 });
    } catch (error) {
      await this.#rows.release(key, this.#owner).catch(() => undefined);
      return this.#failed(key, error, { secret, old });
    }
  }

  #keep(key: K, stored: StoredToken): string {
    this.#failures.delete(key);
    this.#kept.set(key, stored);
    return stored.token;
  }

  #failed(key: K, error: unknown, { secret, old }: { secret: string; old: StoredToken }): string {
    const wrong = error instanceof WecomFault && error.class === 'configuration';
    const pause = (error instanceof WecomFault && error.retryAfterMs) || failurePauseMs;
    this.#failures.set(key, { error, secret, until: this.#now() + pause });
    if (wrong) {
      this.#kept.delete(key);
      this.#report(key, error);
    }
    if (!wrong && old.secret === secret) this.#kept.set(key, old);
    return this.#meanwhile({ error, secret }, this.#kept.get(key));
  }

  /** While no new token can be had, the old one does until it expires. */
  #meanwhile({ error, secret }: Pick<Failure, 'error' | 'secret'>, kept: StoredToken | undefined): string {
    if (kept?.secret === secret && this.#now() < kept.expiresAt.getTime()) return kept.token;
    throw error;
  }

  #report(key: K, error: WecomFault): void {
    const code = error instanceof WecomError ? error.errcode : undefined;
    const advice = code === undefined ? undefined : adviceFor(code)?.en;
    this.deps.log.error('WeCom refuses the settings of an application', { app: key, errcode: code, advice });
  }

  /** Applications whose settings WeCom refuses at the moment. */
  refused(): { app: K; errcode: number | undefined }[] {
    return [...this.#failures].flatMap(([app, { error }]) =>
      error instanceof WecomFault && error.class === 'configuration'
        ? [{ app, errcode: error instanceof WecomError ? error.errcode : undefined }]
        : [],
    );
  }

  #mayDrop(key: K): boolean {
    const minuteAgo = this.#now() - seconds(60);
    const recent = (this.#dropTimes.get(key) ?? []).filter((at) => at > minuteAgo);
    if (recent.length >= dropsPerMinute) return false;
    this.#dropTimes.set(key, [...recent, this.#now()]);
    return true;
  }

  #secret(key: K): string {
    const secret = this.deps.secretOf(key);
    if (!secret) throw new WecomNotConfigured(key);
    return fingerprint(secret);
  }

  #now(): number {
    return this.deps.db.now().getTime();
  }
}
