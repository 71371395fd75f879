import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { errcode } from './error-codes';
import { isErrcode, WecomMalformed, WecomUnreachable } from './errors';

export interface BreakerOptions {
  /** Failures in a row that open the circuit. */
  failures: number;
  /** Milliseconds until one call may try again. */
  halfOpenMs: number;
}

/** Only what says that WeCom itself is unwell; a refusal is an answer. */
const unwell = handleWhen(
  (error) =>
    (error instanceof WecomUnreachable && !(error instanceof WecomMalformed)) || isErrcode(error, [errcode.busy]),
);

/** A circuit breaker per API, so that one bad API keeps nothing else waiting (F4). */
export function createBreakers({ failures, halfOpenMs }: BreakerOptions) {
  const breakers = new Map<string, CircuitBreakerPolicy>();

  function breakerOf(api: string): CircuitBreakerPolicy {
    const found =
      breakers.get(api) ??
      circuitBreaker(unwell, { halfOpenAfter: halfOpenMs, breaker: new ConsecutiveBreaker(failures) });
    breakers.set(api, found);
    return found;
  }

  return {
    /** @throws WecomUnreachable at once while the circuit is open */
    async run<T>(api: string, work: () => Promise<T>): Promise<T> {
      try {
        return await breakerOf(api).execute(work);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new WecomUnreachable(api, 'the circuit is open', { retryAfterMs: halfOpenMs });
      }
    },
  };
}
