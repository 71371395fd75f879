import { type Advice, adviceOn } from './advice';

/** Any fault of talking to WeChat Pay. None carries a header, a key or what was sent. */
export abstract class PayFault extends Error {
  /** Whether it is certain that nothing was done. Where it is not, the outcome is looked up and nothing repeated. */
  abstract readonly nothingDone: boolean;
}

/** WeChat Pay answered, by a message we believe, and said no. */
export class PayError extends PayFault {
  override readonly name = 'PayError';
  readonly advice: Advice;

  constructor(
    readonly api: string,
    readonly status: number,
    /** WeChat Pay's `code`. */
    readonly code: string,
  ) {
    super(`WeChat Pay refused ${api}: ${status} ${code}`);
    this.advice = adviceOn(code);
  }

  get nothingDone(): boolean {
    return this.status < 500 && this.code !== 'SYSTEM_ERROR' && this.code !== 'BANK_ERROR';
  }
}

/** No answer that can be believed: time-out, broken connection, wrong signature. */
export class PayUnreachable extends PayFault {
  override readonly name = 'PayUnreachable';
  readonly nothingDone = false;

  constructor(
    readonly api: string,
    reason: string,
  ) {
    super(`no answer of WeChat Pay for ${api}: ${reason}`);
  }
}

/** The merchant's settings are not complete. */
export class PayNotConfigured extends PayFault {
  override readonly name = 'PayNotConfigured';
  readonly nothingDone = true;

  constructor(readonly missing: readonly string[]) {
    super('no payment merchant is configured');
  }
}

export const isPayCode = (error: unknown, ...codes: string[]): error is PayError =>
  error instanceof PayError && codes.includes(error.code);
