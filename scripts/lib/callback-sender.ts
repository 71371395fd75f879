import { Agent, request } from 'undici';
import { sleep } from '../../src/core/clock';
import { type Callback, seal } from './callbacks';

/** As WeCom: so long is waited for an answer, so often tried in all. */
const patienceMs = 5000;
const maxTries = 3;
const retryDelayMs = 200;
const tickMs = 20;

interface Options {
  /** Where the server listens. */
  url: string;
  next(): Callback;
  /** The share that is sent twice at once. */
  duplicates?: number;
}

/** A sender in WeCom's manner that keeps its own list of what was acknowledged. */
export class CallbackSender {
  /** Digests of callbacks that were answered `success`. */
  readonly acknowledged = new Set<string>();
  /** Digests of all that was sent. */
  readonly sent = new Set<string>();
  /** How long acknowledgements took, ms. */
  readonly latencies: number[] = [];
  readonly #agent = new Agent({ connections: 128, connect: { timeout: patienceMs } });
  readonly #flying = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: Options) {}

  /** Sends at this pace, whether anyone answers or not. */
  start(perSecond: number): void {
    const began = performance.now();
    let due = 0;
    this.#timer = setInterval(() => {
      const wanted = ((performance.now() - began) / 1000) * perSecond;
      for (; due < wanted; due++) this.#send();
    }, tickMs);
  }

  /** Resolves when the last answer has come or is given up. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#flying);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#agent.destroy();
  }

  #send(): void {
    const callback = this.options.next();
    this.sent.add(callback.digest);
    const copies = Math.random() < (this.options.duplicates ?? 0) ? 2 : 1;
    for (let n = 0; n < copies; n++) {
      const flight = this.#deliver(callback).finally(() => this.#flying.delete(flight));
      this.#flying.add(flight);
    }
  }

  async #deliver({ plaintext, digest }: Callback): Promise<void> {
    for (let tries = 1; tries <= maxTries; tries++) {
      if (tries > 1) await sleep(retryDelayMs);
      const began = performance.now();
      const answer = await this.#post(plaintext).catch(() => undefined);
      if (answer === undefined) continue;
      if (answer === 'success') {
        this.acknowledged.add(digest);
        this.latencies.push(performance.now() - began);
      }
      return;
    }
  }

  async #post(plaintext: string): Promise<string> {
    const { path, body } = seal(plaintext);
    const answer = await request(`${this.options.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      dispatcher: this.#agent,
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await answer.body.text();
    return answer.statusCode === 200 ? text : String(answer.statusCode);
  }
}

/** @param share 0.5 for the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
