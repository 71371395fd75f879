import { sleep } from '../../core/clock';
import type { Request } from './protocol';
import { SdkGone, type SdkProcess, type SdkProcessOptions, startSdkProcess } from './sdk-process';

interface Seat {
  process: Promise<SdkProcess> | undefined;
  /** How often in a row it died or did not start. */
  deaths: number;
  notBefore: number;
}

const longestPause = 60_000;

/** Children of one kind of work: started when first needed, started again with growing pauses, one request each at a time. */
export function createSdkPool(size: number, options: SdkProcessOptions) {
  const free: Seat[] = Array.from({ length: size }, () => ({ process: undefined, deaths: 0, notBefore: 0 }));
  const seats = [...free];
  const queue: ((seat: Seat) => void)[] = [];

  const take = (): Promise<Seat> => {
    const seat = free.pop();
    return seat ? Promise.resolve(seat) : new Promise((resolve) => queue.push(resolve));
  };

  function giveBack(seat: Seat): void {
    const next = queue.shift();
    if (next) next(seat);
    else free.push(seat);
  }

  async function processOf(seat: Seat): Promise<SdkProcess> {
    const held = await seat.process?.catch(() => undefined);
    if (held && !held.isGone()) return held;
    const pause = seat.notBefore - Date.now();
    if (pause > 0) await sleep(pause);
    seat.process = startSdkProcess(options);
    return seat.process.catch((error: unknown) => {
      died(seat);
      throw error;
    });
  }

  function died(seat: Seat): void {
    seat.deaths++;
    seat.notBefore = Date.now() + Math.min(longestPause, 100 * 2 ** seat.deaths);
  }

  return {
    size,

    /** @throws SdkFault what the library says; SdkGone when the child died of it or hung */
    async ask(request: Request, withinMs: number) {
      const seat = await take();
      try {
        const child = await processOf(seat);
        const answer = await child.ask(request, withinMs);
        seat.deaths = 0;
        return answer;
      } catch (error) {
        if (error instanceof SdkGone) died(seat);
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
