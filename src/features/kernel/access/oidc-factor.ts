import { minutes } from '../../../core/clock';

/** What a provider says of how somebody proved who they are. */
interface Proofs {
  amr?: unknown;
  acr?: unknown;
  auth_time?: number | undefined;
}

/**
 * Methods that show more than knowing a password (RFC 8176): several factors, a one-time code, a key in hardware, a
 * smart card. Not among them: text messages and calls, which a number carried away receives too.
 */
const methods = new Set(['mfa', 'otp', 'hwk', 'sc']);

/** Classes that promise the same, whatever the provider: of OpenID (EAP), REFEDS and the old PAPE. */
const classes = new Set([
  'phr',
  'phrh',
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
]);

/** How long ago it may have been shown to count as shown now. */
const freshFor = minutes(5);

/**
 * Whether the token says that a second factor was shown. The provider may have asked for it hours ago and remembered:
 * an `auth_time` beyond five minutes takes the word back. It never gives one.
 */
export function showsFactor({ amr, acr, auth_time }: Proofs, now: Date): boolean {
  const isOld = auth_time !== undefined && auth_time * 1000 < now.getTime() - freshFor;
  const shown = Array.isArray(amr) ? amr : [];
  return !isOld && (shown.some((method) => methods.has(method)) || (typeof acr === 'string' && classes.has(acr)));
}
