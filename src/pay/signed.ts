import type { KeyObject } from 'node:crypto';
import { minutes } from '../core/clock';
import { isSignedBy } from './crypto';

/** Why a message that claims to be WeChat Pay's is not believed. */
export const payRefusals = [
  'size',
  'headers',
  'timestamp',
  'probe',
  'serial',
  'signature',
  'body',
  'ciphertext',
  'merchant',
  'nonce',
] as const;
export type PayRefusal = (typeof payRefusals)[number];

/** A message that cannot be believed. The sender learns nothing but a status; `reason` is for us. */
export class PayRefused extends Error {
  override readonly name = 'PayRefused';

  constructor(
    readonly reason: PayRefusal,
    /** The key it named, if it named one. */
    readonly serial: string | null = null,
  ) {
    super(`a message in the name of WeChat Pay is refused: ${reason}`);
  }
}

/** Each header with every value it came with. */
export type MessageHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The parts a signature is made of. */
export interface Proof {
  serial: string;
  timestamp: string;
  nonce: string;
}

/** As WeChat Pay's own libraries have it. */
const tolerated = minutes(5);
/** WeChat Pay sends wrong signatures now and then, to see whether anybody looks. */
const probe = 'WECHATPAY/SIGNTEST/';

interface Signed {
  headers: MessageHeaders;
  /** The very bytes that came. */
  body: Buffer;
}

/**
 * Believes a message or throws. Keys are the known ones and no others: a name that nobody knows causes no question to
 * anybody. @throws PayRefused
 */
export function verifySigned({ headers, body }: Signed, trusted: ReadonlyMap<string, KeyObject>, now: Date): Proof {
  const serial = only(headers, 'wechatpay-serial', /^[0-9A-Za-z_-]{1,100}$/);
  const refuse = (reason: PayRefusal) => new PayRefused(reason, serial);
  const timestamp = only(headers, 'wechatpay-timestamp', /^\d{10}$/, serial);
  const nonce = only(headers, 'wechatpay-nonce', /^[\x21-\x7e]{1,64}$/, serial);
  const signature = only(headers, 'wechatpay-signature', /^[\x21-\x7e]{1,1500}$/, serial);
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > tolerated) throw refuse('timestamp');
  if (signature.startsWith(probe)) throw refuse('probe');
  const key = trusted.get(serial);
  if (!key) throw refuse('serial');
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  if (!isSignedBy(key, signed, signature)) throw refuse('signature');
  return { serial, timestamp, nonce };
}

/** Exactly one value, and one that looks as it should. */
function only(headers: MessageHeaders, name: string, shape: RegExp, serial: string | null = null): string {
  const values = [headers[name] ?? []].flat();
  const [value] = values;
  if (values.length !== 1 || value === undefined || !shape.test(value)) throw new PayRefused('headers', serial);
  return value;
}
