import { minutes } from '../core/clock';
import { classOf, type ErrorClass, wrongSecret } from './error-codes';

export type { ErrorClass } from './error-codes';

/** Any fault of talking to WeCom. The queue reads `permanent` and `retryAfterMs`. */
export abstract class WecomFault extends Error {
  abstract readonly class: ErrorClass;
  /** When another try makes sense; undefined leaves it to the caller's backoff. */
  retryAfterMs: number | undefined;

  get retryable(): boolean {
    return this.class === 'retry' || this.class === 'wait' || this.class === 'token';
  }

  /** Trying again cannot help. */
  get permanent(): boolean {
    return this.class === 'permanent';
  }
}

interface Refusal {
  errcode: number;
  errmsg: string;
  api: string;
  class?: ErrorClass;
}

/** WeCom answered, and said no. */
export class WecomError extends WecomFault {
  override readonly name = 'WecomError';
  readonly errcode: number;
  /** WeCom's words, for the log only: they change and carry a trace id. Never decide by them. */
  readonly errmsg: string;
  readonly api: string;
  readonly class: ErrorClass;

  constructor({ errcode, errmsg, api, class: given }: Refusal, retryAfterMs?: number) {
    super(`WeCom refused ${api}: ${errcode} ${errmsg}`);
    this.errcode = errcode;
    this.errmsg = errmsg;
    this.api = api;
    this.class = given ?? classOf(errcode) ?? 'retry';
    this.retryAfterMs = retryAfterMs;
  }
}

interface NoAnswer extends ErrorOptions {
  message?: string;
  retryAfterMs?: number;
}

/** No usable answer: time-out, broken connection, truncated body, HTTP fault, or an open circuit. */
export class WecomUnreachable extends WecomFault {
  override readonly name: string = 'WecomUnreachable';
  readonly class = 'retry';

  constructor(
    readonly api: string,
    reason: string,
    { message = 'WeCom cannot be reached for', retryAfterMs, ...options }: NoAnswer = {},
  ) {
    super(`${message} ${api}: ${reason}`, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that is not what the API promises. It says nothing, above all not "there are none". */
export class WecomMalformed extends WecomUnreachable {
  override readonly name = 'WecomMalformed';

  constructor(api: string, reason: string) {
    super(api, reason, { message: 'WeCom gave an answer that cannot be read for' });
  }
}

/** The application has no secret in the settings. */
export class WecomNotConfigured extends WecomFault {
  override readonly name = 'WecomNotConfigured';
  readonly class = 'configuration';

  constructor(readonly app: string) {
    super(`the ${app} application of WeCom has no secret yet: add it in the settings`);
  }
}

/** WeCom forgot the cursor (50100): the caller reads again from the first page. */
export class WecomCursorExpired extends WecomFault {
  override readonly name = 'WecomCursorExpired';
  readonly class = 'retry';

  constructor(options?: ErrorOptions) {
    super('the cursor is no longer valid: read again from the first page', options);
  }
}

/** WeCom gave a cursor twice: following it would never end. */
export class WecomCursorLoop extends WecomFault {
  override readonly name = 'WecomCursorLoop';
  readonly class = 'retry';

  constructor(readonly cursor: string) {
    super('WeCom gave the same cursor twice');
  }
}

/** A page came a second time although its cursor was sent: what follows it cannot be read. */
export class WecomPageRepeated extends WecomFault {
  override readonly name = 'WecomPageRepeated';
  readonly class = 'retry';

  constructor(readonly api: string) {
    super(`WeCom gave the same page of ${api} twice`);
  }
}

/** The address we asked from, as WeCom's words name it; for people to copy, never to decide by. */
export const callerAddress = ({ errmsg }: WecomError): string | null =>
  /from ip: ([0-9a-fA-F.:]*[0-9a-fA-F])/.exec(errmsg)?.[1] ?? null;

/** A callback that cannot be trusted or read. The sender gets one generic answer; `reason` is for our log. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';

  constructor(readonly reason: string) {
    super('callback refused');
  }
}

/** On gettoken a wrong secret is not a stale token but a fault that a person must repair. */
export function tokenRefusal(error: WecomError): WecomError {
  if (!wrongSecret.includes(error.errcode)) return error;
  const { errcode, errmsg, api } = error;
  return new WecomError({ errcode, errmsg, api, class: 'configuration' }, minutes(10));
}

export const isErrcode = (error: unknown, codes: readonly number[]): error is WecomError =>
  error instanceof WecomError && codes.includes(error.errcode);

/** Whether this application may not ask, so that another one might. */
export const isRefusal = (error: unknown): boolean =>
  (error instanceof WecomFault && error.class === 'configuration') || isErrcode(error, [60011, 50002]);

/** Reads the given errcodes as "there is none". Every other fault stays a fault. */
export const nullOn = <T>(codes: readonly number[], call: Promise<T>): Promise<T | null> =>
  call.catch((error: unknown) => {
    if (isErrcode(error, codes)) return null;
    throw error;
  });
