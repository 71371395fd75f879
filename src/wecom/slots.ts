import type { Lane } from './types';

const lanes = ['welcome', 'click', 'event', 'bulk'] as const;

interface Waiter {
  grant(): void;
}

/**
 * Places for calls of one API at one time, given to the most urgent lane first. Bulk work never takes the last
 * place, so urgent work does not wait behind a full bulk window.
 */
export class Slots {
  #inFlight = 0;
  #bulk = 0;
  readonly #queues: Record<Lane, Set<Waiter>> = {
    welcome: new Set(),
    click: new Set(),
    event: new Set(),
    bulk: new Set(),
  };

  /** @param limit how many calls at once; asked each time, for it changes */
  constructor(private readonly limit: () => number) {}

  /** Waits for a place. @returns what gives it back. @throws the reason of the signal when it is aborted first */
  enter(lane: Lane, signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        this.#queues[lane].delete(waiter);
        reject(signal?.reason);
      };
      const waiter = {
        grant: () => {
          signal?.removeEventListener('abort', leave);
          resolve(this.#take(lane));
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queues[lane].add(waiter);
      this.#admit();
    });
  }

  #admit(): void {
    for (const lane of lanes) {
      for (const waiter of this.#queues[lane]) {
        if (!this.#fits(lane)) break;
        this.#queues[lane].delete(waiter);
        waiter.grant();
      }
    }
  }

  #fits(lane: Lane): boolean {
    const limit = this.limit();
    return this.#inFlight < limit && (lane !== 'bulk' || this.#bulk < Math.max(1, limit - 1));
  }

  #take(lane: Lane): () => void {
    const bulk = Number(lane === 'bulk');
    this.#inFlight++;
    this.#bulk += bulk;
    let given = true;
    return () => {
      if (!given) return;
      given = false;
      this.#inFlight--;
      this.#bulk -= bulk;
      this.#admit();
    };
  }
}
