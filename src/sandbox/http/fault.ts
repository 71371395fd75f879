import type { Violation } from '../ledger';

/** An answer other than 0, as WeCom gives it. `rule` says which of WeCom's rules the caller broke, if any. */
export class Refusal extends Error {
  constructor(
    readonly errcode: number,
    message: string,
    readonly rule?: Violation['rule'],
    /** The caller's address as the answer names it. */
    readonly address = '127.0.0.1',
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export const badArgument = (message: string, errcode = 40058): Refusal => new Refusal(errcode, message, 'argument');
