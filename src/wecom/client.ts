import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { z } from 'zod';
import { seconds, type sleep } from '../core/clock';
import type { Vault } from '../core/vault';
import type { Database } from '../db/database';
import { createBreakers } from './breakers';
import { Budget, type BudgetOptions } from './budget';
import { errcode } from './error-codes';
import { isErrcode, tokenRefusal, WecomError, WecomUnreachable } from './errors';
import { createExchange, type Exchange, shapeOf } from './exchange';
import { type FetchedToken, TokenStore } from './token';
import type { CallMetrics, Log, WecomAppName, WecomCall, WecomClient } from './types';

/** How patient the client is. Tests make it less so. */
export interface ClientTuning extends BudgetOptions {
  connectMs?: number;
  responseMs?: number;
  /** First pause before a retry; it doubles, with jitter. */
  retryMs?: number;
  breakerFailures?: number;
  halfOpenMs?: number;
  wait?: typeof sleep;
}

export interface ClientDeps {
  /** `https://qyapi.weixin.qq.com`, or the sandbox. */
  baseUrl: string;
  /** Asked at every token. */
  corpId: () => string;
  /** Asked at every call, so that changed settings count at once. */
  secrets: (app: WecomAppName) => string | undefined;
  db: Database;
  vault: Vault;
  logger: Log;
  metrics?: CallMetrics | undefined;
  /** Told the Date header of every answer. */
  heard?: ((date: string) => void) | undefined;
  tuning?: ClientTuning | undefined;
}

const maxTries = 3;
/** 45033 also means "the same resource again and again", which waiting does not cure. */
const maxRounds = 10;

/** The client of one company: tokens, rate budget, circuit breakers, retries. */
export function createWecomClient(deps: ClientDeps) {
  const { db, vault, logger: log, tuning = {} } = deps;
  const exchange = createExchange({ baseUrl: deps.baseUrl, log, metrics: deps.metrics, heard: deps.heard, ...tuning });
  const budget = new Budget({ db, log, ...tuning });
  const breakers = createBreakers({
    failures: tuning.breakerFailures ?? 5,
    halfOpenMs: tuning.halfOpenMs ?? seconds(10),
  });
  const fetch = (app: WecomAppName) => fetchToken({ exchange, budget, deps }, app);
  const tokens = new TokenStore({ db, vault, log, secretOf: deps.secrets, fetch, wait: tuning.wait });
  const transient = retry(handleWhen(isTransient), {
    maxAttempts: maxTries - 1,
    backoff: new ExponentialBackoff({ initialDelay: tuning.retryMs ?? 300, maxDelay: seconds(5) }),
  });

  async function ask<T>({ path, method, body, signal, query, parse }: WecomCall<T>, token: string): Promise<T> {
    const sent = { path, method, body, signal, query: { access_token: token, ...query } };
    const answer = await breakers.run(path, () => exchange.send(sent));
    budget.worked(path);
    return shapeOf(path, answer, parse);
  }

  /** One request, with a place in the budget. */
  async function attempt<T>(call: WecomCall<T>): Promise<T> {
    const leave = await budget.enter({ api: call.path, ...call });
    try {
      const token = await tokens.get(call.app);
      return await ask(call, token).catch(async (error: unknown) => {
        if (isStaleToken(error)) await tokens.invalidate(call.app, token);
        // Before the place is given back: the next in the queue must find the block.
        await heed(budget, call.path, error);
        throw error;
      });
    } finally {
      leave();
    }
  }

  /** A token may die early (42001): the store fetches another, and the call goes out a second time. */
  const withFreshToken = <T>(call: WecomCall<T>): Promise<T> =>
    attempt(call).catch((error: unknown) => {
      if (isStaleToken(error)) return attempt(call);
      throw error;
    });

  /** A write is sent once: after a time-out nobody knows whether it arrived. */
  const withRetries = <T>(call: WecomCall<T>): Promise<T> =>
    call.idempotent === false ? withFreshToken(call) : transient.execute(() => withFreshToken(call), call.signal);

  async function call<T>(request: WecomCall<T>): Promise<T> {
    for (let round = 1; ; round++) {
      try {
        return await withRetries(request);
      } catch (error) {
        if (!mayGoOn(request, error, round)) throw error;
      }
    }
  }

  const client: WecomClient = { call };
  return { ...client, tokens, budget, close: exchange.close };
}

const isStaleToken = (error: unknown): boolean => error instanceof WecomError && error.class === 'token';

/** Codes of class `retry` that need minutes, or another cursor, not a second try. */
const notTransient = [41063, 41079, 50100];

const isTransient = (error: unknown): boolean =>
  (error instanceof WecomUnreachable && error.retryAfterMs === undefined) ||
  (error instanceof WecomError && error.class === 'retry' && !notTransient.includes(error.errcode));

const isOverLimit = (error: unknown, api: string): error is WecomError =>
  isErrcode(error, [errcode.overLimit, errcode.tooConcurrent]) && error.api === api;

/** Bulk and event work waits in the budget until the window ends, as long as it has patience; urgent work is told at once. */
const mayGoOn = ({ lane, path, patienceMs }: WecomCall<unknown>, error: unknown, round: number): boolean =>
  (lane === 'event' || lane === 'bulk') &&
  isOverLimit(error, path) &&
  (error.errcode === errcode.overLimit
    ? (error.retryAfterMs ?? 0) <= (patienceMs ?? Number.POSITIVE_INFINITY)
    : round < maxRounds);

/** Tells the budget what WeCom said of it. */
async function heed(budget: Budget, api: string, error: unknown): Promise<void> {
  if (!isOverLimit(error, api)) return;
  if (error.errcode === errcode.tooConcurrent) await budget.ease(api);
  else error.retryAfterMs = await budget.overLimit(api, error.errmsg);
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

interface Fetching {
  exchange: Exchange;
  budget: Budget;
  deps: ClientDeps;
}

/** gettoken has no place in the lanes: one caller at a time asks, and a fault makes the token store pause. */
async function fetchToken({ exchange, budget, deps }: Fetching, app: WecomAppName): Promise<FetchedToken> {
  const path = 'gettoken';
  const query = { corpid: deps.corpId(), corpsecret: deps.secrets(app) ?? '' };
  try {
    const answer = await exchange.send({ path, method: 'GET', query });
    const { access_token, expires_in } = shapeOf(path, answer, tokenAnswer);
    return { token: access_token, expiresIn: expires_in };
  } catch (error) {
    await heed(budget, path, error);
    throw error instanceof WecomError ? tokenRefusal(error) : error;
  }
}
