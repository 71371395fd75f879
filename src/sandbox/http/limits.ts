import { type Clock, hours, minutes } from '../../core/clock';
import { Refusal } from './fault';

export interface LimitOptions {
  /** Calls of one API in a minute. Default 10,000. */
  perMinute?: number | undefined;
  /** Calls of one API at once. Default 10. */
  inFlight?: number | undefined;
}

interface Use {
  windowStart: number;
  calls: number;
  blockedUntil: number;
  inFlight: number;
}

const exceeded = 'api freq out of limit';
/** Tickets have an hourly limit of their own: 100 an app (path/90454). */
const ticketApis = new Set(['get_jsapi_ticket', 'ticket/get']);
const ticketsPerHour = 100;

/** WeCom's guards per API: so many calls a minute (45009, then closed for as long), so many at once (45033). */
export class Limits {
  readonly #uses = new Map<string, Use>();

  constructor(
    private readonly clock: Clock,
    private readonly options: LimitOptions,
  ) {}

  /** Counts a call that has begun; `leave` when it is answered. */
  enter(api: string): void {
    this.#use(api).inFlight += 1;
  }

  leave(api: string): void {
    this.#use(api).inFlight -= 1;
  }

  /** @throws Refusal 45009, 45033 */
  check(api: string): void {
    const use = this.#use(api);
    const now = this.clock.now().getTime();
    const [length, most] = ticketApis.has(api)
      ? [hours(1), ticketsPerHour]
      : [minutes(1), this.options.perMinute ?? 10_000];
    if (use.blockedUntil > now) throw new Refusal(45009, exceeded, 'blocked');
    if (now - use.windowStart >= length) Object.assign(use, { windowStart: now, calls: 0 });
    use.calls += 1;
    if (use.calls > most) {
      use.blockedUntil = now + length;
      throw new Refusal(45009, exceeded, 'rate');
    }
    if (use.inFlight > (this.options.inFlight ?? 10))
      throw new Refusal(45033, 'concurrency out of limit', 'concurrency');
  }

  /** Closes the API for a minute, as if its limit had been passed. */
  block(api: string): void {
    this.#use(api).blockedUntil = this.clock.now().getTime() + minutes(1);
  }

  #use(api: string): Use {
    const known = this.#uses.get(api);
    if (known) return known;
    const use: Use = { windowStart: 0, calls: 0, blockedUntil: 0, inFlight: 0 };
    this.#uses.set(api, use);
    return use;
  }
}
