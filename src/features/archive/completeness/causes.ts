import { sdkCodes } from '../../../wecom/archive';
import type { PullLine } from './ledger.report';

/** Why nothing comes, or nothing can be read (issue 4: the causes of an empty pull told apart). */
export const causes = [
  /** A setting of the archive is missing. */
  'not_configured',
  /** Configured, and nobody has asked WeCom yet. */
  'not_asked',
  /** The server's address is not among those that may ask. */
  'ip_refused',
  /** WeCom does not take corp id or secret. */
  'wrong_secret',
  /** The archive as bought from WeCom is over. */
  'service_expired',
  /** WeCom could not be reached, or answered what cannot be understood. */
  'unreachable',
  /** The library does not load or does not start: its file, its hash, or what it runs on. */
  'library',
  /** Another code of the library or of WeCom. */
  'refused',
  /** Messages came, and wait for a private key. */
  'key_missing',
  /** Nobody of the staff has a seat in the archive. */
  'no_seat',
  /** Nobody outside has agreed to be archived. */
  'no_consent',
  /** All is well, and nobody talked. */
  'quiet',
] as const;
export type Cause = (typeof causes)[number];

const { badArgument, network, unreadable, system, addressRefused, tls } = sdkCodes;

/** By the library's codes and those WeCom answers inside a call that succeeded (wecom-archive §1.4). */
const causeOfCode: Readonly<Record<number, Cause>> = {
  [addressRefused]: 'ip_refused',
  60020: 'ip_refused',
  [badArgument]: 'wrong_secret',
  40001: 'wrong_secret',
  40013: 'wrong_secret',
  41001: 'wrong_secret',
  41004: 'wrong_secret',
  42001: 'wrong_secret',
  301052: 'service_expired',
  [network]: 'unreachable',
  [unreadable]: 'unreachable',
  [system]: 'unreachable',
  [tls]: 'unreachable',
};

export interface Circumstances {
  configured: boolean;
  /** The newest line of the poll ledger. */
  last: PullLine | undefined;
  /** Whether anything came lately. */
  flows: boolean;
  /** Envelopes that wait for a key. */
  waitForKey: number;
  seats: number | null;
  consents: { asked: number; agreed: number } | null;
}

/** The first that applies; null while messages come in and can be read. */
export function causeOf({ configured, last, flows, waitForKey, seats, consents }: Circumstances): Cause | null {
  if (!configured) return 'not_configured';
  if (!last) return 'not_asked';
  if (last.code === null) return 'library';
  if (last.code !== 0) return causeOfCode[last.code] ?? 'refused';
  if (waitForKey > 0) return 'key_missing';
  if (flows) return null;
  if (seats === 0) return 'no_seat';
  if (consents && consents.asked > 0 && consents.agreed === 0) return 'no_consent';
  return 'quiet';
}
