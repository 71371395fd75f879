import type { Random } from './random';

/** `busy` −1 · `overLimit` 45009, then blocked for a minute · `tooConcurrent` 45033 · `tokenExpired` the token used is
 *  invalidated early · `reset` the work is done, the connection dies · `truncate` half the body · `slow` waits `ms` ·
 *  `httpError` 502 with no JSON · `refused` answers `errcode`, as if asked from `address` · `wrongDate` the Date header is
 *  `ms` ahead · `hang` never answers. Archive: `expired` 10010, as if what follows the given seq were gone · `poison` what is
 *  said (by msgtype) ends whoever opens it · a caller that is not trusted is `refused` with 10009. Callbacks: `drop` · `duplicate` · `shuffle` waits up to `ms` · `corruptSignature`.
 *  WeChat Pay: `lost` nothing is done and the connection dies · `corruptFile` a bill that is not the promised one. */
export const faultNames = [
  'busy',
  'overLimit',
  'tooConcurrent',
  'tokenExpired',
  'reset',
  'truncate',
  'slow',
  'httpError',
  'refused',
  'wrongDate',
  'hang',
  'expired',
  'poison',
  'drop',
  'duplicate',
  'shuffle',
  'corruptSignature',
  'lost',
  'corruptFile',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface FaultSpec {
  /** How often, 0–1. Default 1. */
  probability?: number;
  /** How many times at most. Default: until switched off. */
  count?: number;
  /** Only these APIs (`externalcontact/list`) or, for callbacks, events (`change_external_contact`). */
  only?: readonly string[];
  /** Of `slow`, `shuffle` and `wrongDate`, milliseconds. Default 1000. */
  ms?: number;
  /** Of `refused`. Default 60020, an address that is not trusted. */
  errcode?: number;
  /** Of `refused`: the caller's address as WeCom names it. Default 203.0.113.7. */
  address?: string;
}

/** The switches of what can go wrong. Drawn by seed, so a run can be repeated. */
export class Faults {
  readonly #specs = new Map<FaultName, FaultSpec>();
  /** How often each fault struck. */
  readonly struck: Partial<Record<FaultName, number>> = {};

  constructor(private readonly random: Random) {}

  set(name: FaultName, spec: FaultSpec = {}): void {
    this.#specs.set(name, { ...spec });
  }

  /** Switches one fault off, or all. */
  clear(name?: FaultName): void {
    if (name) this.#specs.delete(name);
    else this.#specs.clear();
  }

  /** Whether the fault strikes now. */
  strikes(name: FaultName, subject: string): boolean {
    const spec = this.#specs.get(name);
    if (!spec || spec.count === 0) return false;
    if (spec.only && !spec.only.includes(subject)) return false;
    if (!this.random.chance(spec.probability ?? 1)) return false;
    if (spec.count !== undefined) spec.count -= 1;
    this.struck[name] = (this.struck[name] ?? 0) + 1;
    return true;
  }

  /** What is answered instead, when `refused` strikes now. */
  refusal(subject: string): { errcode: number; address: string } | undefined {
    const { errcode = 60020, address = '203.0.113.7' } = this.#specs.get('refused') ?? {};
    return this.strikes('refused', subject) ? { errcode, address } : undefined;
  }

  /** How far the Date header is ahead now, ms. */
  dateAhead(subject: string): number {
    const ms = this.#specs.get('wrongDate')?.ms ?? 1000;
    return this.strikes('wrongDate', subject) ? ms : 0;
  }

  /** How long a delaying fault waits now: 0 when it does not strike. */
  delay(name: 'slow' | 'shuffle', subject: string): number {
    const ms = this.#specs.get(name)?.ms ?? 1000;
    if (!this.strikes(name, subject)) return 0;
    return name === 'slow' ? ms : Math.ceil(this.random.next() * ms);
  }
}
