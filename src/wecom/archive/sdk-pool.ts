import { sleep } from '../../core/clock';
import type { Request } from './protocol';
import { SdkGone, type SdkProcess, type SdkProcessOptions, startSdkProcess } from './sdk-process';

interface Seat {
  /** Running, or on its way. */
  process: Promise<SdkProcess> | undefined;
  running: SdkProcess | undefined;
  /** Requests it was given and has not answered. */
  busy: number;
  /** How often in a row it died or did not start. */
  deaths: number;
  notBefore: number;
}

interface PoolOptions extends SdkProcessOptions {
  /** Requests a child is given at once. Default 1; with more, it has the next one while this process is at something else. */
  depth?: number;
}

const longestPause = 60_000;

/** Children of one kind of work: started when first needed, and started again with growing pauses. */
export function createSdkPool(size: number, { depth = 1, ...options }: PoolOptions) {
  const seats = Array.from(
    { length: size },
    (): Seat => ({ process: undefined, running: undefined, busy: 0, deaths: 0, notBefore: 0 }),
  );
  const queue: ((seat: Seat) => void)[] = [];

  /** The one that has least to do; the first of them, so that no child is started before it is needed. */
  function take(): Promise<Seat> {
    const seat = seats.reduce((least, one) => (one.busy < least.busy ? one : least));
    if (seat.busy >= depth) return new Promise((resolve) => queue.push(resolve));
    seat.busy++;
    return Promise.resolve(seat);
  }

  function giveBack(seat: Seat): void {
    const next = queue.shift();
    if (next) next(seat);
    else seat.busy--;
  }

  async function begin(seat: Seat): Promise<SdkProcess> {
    const pause = seat.notBefore - Date.now();
    if (pause > 0) await sleep(pause);
    try {
      seat.running = await startSdkProcess(options);
      return seat.running;
    } catch (error) {
      died(seat);
      seat.process = undefined;
      throw error;
    }
  }

  function processOf(seat: Seat): Promise<SdkProcess> {
    if (seat.running?.isGone()) {
      seat.running = undefined;
      seat.process = undefined;
    }
    seat.process ??= begin(seat);
    return seat.process;
  }

  function died(seat: Seat): void {
    seat.deaths++;
    // One death may be the fault of what it was given: only who dies of the next as well has to wait.
    const pause = seat.deaths === 1 ? 0 : 50 * 2 ** seat.deaths;
    seat.notBefore = Date.now() + Math.min(longestPause, pause);
  }

  return {
    size,

    /** @throws SdkFault what the library says; SdkGone when the child died or hung, of this or of what came before it */
    async ask(request: Request, withinMs: number) {
      const seat = await take();
      try {
        const child = await processOf(seat);
        const answer = await child.ask(request, withinMs);
        seat.deaths = 0;
        return answer;
      } catch (error) {
        if (error instanceof SdkGone && error.wasAtIt) died(seat);
        throw error;
      } finally {
        giveBack(seat);
      }
    },

    /** Tells keys to the children there are; those to come are told at their start. */
    async tellKeys(): Promise<void> {
      await Promise.all(
        seats.map(async (seat) => {
          const child = await seat.process?.catch(() => undefined);
          if (child && !child.isGone()) await child.ask({ op: 'keys', keys: options.keys() }, 30_000);
        }),
      );
    },

    async stop(): Promise<void> {
      const running = await Promise.all(seats.map((seat) => seat.process?.catch(() => undefined)));
      await Promise.all(running.map((child) => child?.stop()));
    },
  };
}
