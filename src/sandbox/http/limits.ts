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
/** APIs with a limit of their own: tickets 100 an hour and app (path/90454), the archive's (wecom-archive §1.3) and the
 *  logs' (violations §1.2) a minute. */
const ownLimits: ReadonlyMap<string, { within: number; most: number }> = new Map([
  ['get_jsapi_ticket', { within: hours(1), most: 100 }],
  ['ticket/get', { within: hours(1), most: 100 }],
  ['message/getchatdata', { within: minutes(1), most: 600 }],
  ['message/getchatmediadata', { within: minutes(1), most: 25_000 }],
  ['msgaudit/get_permit_user_list', { within: minutes(1), most: 1000 }],
  ['msgaudit/check_single_agree', { within: minutes(1), most: 2500 }],
  ['msgaudit/check_room_agree', { within: minutes(1), most: 1500 }],
  ['msgaudit/groupchat/get', { within: minutes(1), most: 2000 }],
  ['msgaudit/get_robot_info', { within: minutes(1), most: 600 }],
  ...['member_oper_log/list', 'admin_oper_log/list', 'get_file_oper_record', 'get_screen_oper_record'].map(
    (log) => [`security/${log}`, { within: minutes(1), most: 600 }] as const,
  ),
]);

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
    const { within, most } = ownLimits.get(api) ?? { within: minutes(1), most: this.options.perMinute ?? 10_000 };
    if (use.blockedUntil > now) throw new Refusal(45009, exceeded, 'blocked');
    if (now - use.windowStart >= within) Object.assign(use, { windowStart: now, calls: 0 });
    use.calls += 1;
    if (use.calls > most) {
      use.blockedUntil = now + within;
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
