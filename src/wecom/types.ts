import type { z } from 'zod';
import type { WecomAppName } from '../../config';

export type { WecomAppName };

/** Who gets the rate budget first, in this order: a welcome, a person who clicked, an event, bulk work. */
export type Lane = 'welcome' | 'click' | 'event' | 'bulk';

/** How urgent a call is, and what gives it up. */
export interface CallOptions {
  lane: Lane;
  signal?: AbortSignal | undefined;
  /**
   * How long it waits for the end of a block (45009). Unless given: bulk and event work however long, urgent work not at
   * all. Who would have to wait longer is told so at once.
   */
  patienceMs?: number | undefined;
}

export interface WecomCall<T> extends CallOptions {
  app: WecomAppName;
  method: 'GET' | 'POST';
  /** Below `/cgi-bin/`; also the key of the rate budget and of the circuit breaker. */
  path: string;
  query?: Record<string, string | number>;
  body?: object;
  /** What the answer must look like. An answer that does not fit is a fault, never an empty list. */
  parse: z.ZodType<T>;
  /** Whether the call may be sent again after it may have arrived. Default true: say false for writes. */
  idempotent?: boolean;
}

/** The one way to WeCom. */
export interface WecomClient {
  /** @throws WecomError when WeCom refuses, WecomUnreachable or WecomMalformed when there is no usable answer */
  call<T>(call: WecomCall<T>): Promise<T>;
}

/** Counts every call by API and outcome (`ok`, an errcode, `unreachable`, `malformed`, `open`). */
export interface CallMetrics {
  count(api: string, outcome: string): void;
}

/** The part of the logger used here. */
export interface Log {
  warn(message: string, meta?: object): unknown;
  error(message: string, meta?: object): unknown;
}
