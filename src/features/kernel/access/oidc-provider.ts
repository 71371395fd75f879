import * as openid from 'openid-client';
import type { OidcClient } from '../../../../config';
import { cached } from '../../../core/cached';
import { type Clock, minutes, seconds, toUnix } from '../../../core/clock';
import { faultText } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import { createOutbound, type Outbound, type OutboundAnswer } from '../../../core/outbound';
import { Refused } from './journeys';
import { showsFactor } from './oidc-factor';

interface Deps {
  client: OidcClient;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  /** How long one answer of the provider may take. */
  patienceMs?: number;
}

/** What ties a token to the browser that set out for it. */
export interface Ties {
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
  redirectUri: string;
}

/** Who came back. */
export interface Identified {
  issuer: string;
  /** The provider's own lasting number of the person. */
  sub: string;
  /** Whether the token says that a second factor was shown. */
  withFactor: boolean;
}

/** The provider does not answer, or not as one that can be used. */
export class ProviderAway extends Refused {}

/** Their descriptions of themselves and their keys have a few kilobytes. */
const maxBytes = 256 * 1024;
const keptFor = minutes(15);

/** What answered or did not: nothing of it can be the fault of the person who signs in. */
class NoAnswer extends Error {}

export type OidcProvider = ReturnType<typeof createOidcProvider>;

/**
 * The one OpenID Connect provider (S8): code flow with PKCE, nonce and a signature that is always checked. It is asked
 * when somebody wants to sign in, never at the start.
 */
export function createOidcProvider({ client, clock, logger, patienceMs = seconds(5) }: Deps) {
  const issuer = new URL(client.issuer);
  const outbound = createOutbound({ allowedHosts: [hostOf(issuer)] });
  const fetch = fetchThrough(outbound, patienceMs);
  // http is for trying things out on one machine; the setting allows nothing else.
  const insecure = issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [];

  const metadata = cached(
    async () => {
      const found = await openid.discovery(issuer, client.clientId, client.clientSecret, undefined, {
        execute: insecure,
        [openid.customFetch]: fetch,
      });
      const server = found.serverMetadata();
      // The library lets some providers speak for others; a name that is not the one set is nobody we know.
      if (server.issuer !== client.issuer) throw new Error(`OIDC_ISSUER is not what it calls itself: ${server.issuer}`);
      return server;
    },
    { ms: keptFor },
  );

  /** @throws ProviderAway */
  async function configuration(): Promise<openid.Configuration> {
    const server = await metadata().catch(away);
    const secret = { client_secret: client.clientSecret, [openid.clockSkew]: skewOf(clock) };
    const configured = new openid.Configuration(server, client.clientId, secret, proofOf(server, client.clientSecret));
    configured[openid.customFetch] = fetch;
    for (const step of [...insecure, openid.enableNonRepudiationChecks]) step(configured);
    return configured;
  }

  function away(error: unknown): never {
    logger.warn('the single sign-on provider cannot be used', { reason: faultText(rootOf(error)) });
    throw new ProviderAway('provider_away');
  }

  return {
    /** The provider's page. @throws ProviderAway */
    async place({ state, nonce, verifier, redirectUri }: Ties): Promise<string> {
      const configured = await configuration();
      const proof = {
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      const trip = { redirect_uri: redirectUri, scope: 'openid', state, nonce, ...proof };
      try {
        return openid.buildAuthorizationUrl(configured, trip).href;
      } catch (error) {
        return away(error);
      }
    },

    /** Trades the code of `query` for a token and checks it. @throws Refused, ProviderAway */
    async identify(query: Readonly<Record<string, string>>, ties: Ties): Promise<Identified> {
      const configured = await configuration();
      const url = new URL(`${ties.redirectUri}?${new URLSearchParams(query)}`);
      const checks = { expectedState: ties.state, expectedNonce: ties.nonce, pkceCodeVerifier: ties.verifier };
      const answer = await openid.authorizationCodeGrant(configured, url, checks).catch((error: unknown) => {
        if (causesOf(error).some((cause) => cause instanceof NoAnswer)) return away(error);
        throw new Refused(reasonOf(error));
      });
      const claims = answer.claims();
      if (!claims) throw new Refused('token_missing');
      return { issuer: claims.iss, sub: claims.sub, withFactor: showsFactor(claims, clock.now()) };
    },

    close: (): Promise<void> => outbound.close(),
  };
}

/** The provider may stand inside; whatever else it names must be public. */
function hostOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** The library goes by the time of the process; we go by our clock. */
const skewOf = (clock: Clock): number => toUnix(clock.now()) - toUnix(new Date());

/** How this server proves who it is: in the header unless the provider takes only the form. */
function proofOf({ token_endpoint_auth_methods_supported: methods }: openid.ServerMetadata, secret: string) {
  const takesHeader = !methods || methods.includes('client_secret_basic');
  return takesHeader ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret);
}

/** One request, as the library wants it made: within limits, past the guard, following nothing. */
const fetchThrough =
  (outbound: Pick<Outbound, 'request'>, timeoutMs: number): openid.CustomFetch =>
  async (url, { method, headers, body }) => {
    const sent = body ? { method: 'POST' as const, body: String(body) } : { method: 'GET' as const };
    if (method !== sent.method) throw new Error(`${method} is not used in this flow`);
    const limits = { timeoutMs, maxBytes, redirects: 0 };
    const answer = await outbound.request({ url, headers, ...sent, ...limits }).catch((cause: unknown) => {
      throw new NoAnswer('no answer', { cause });
    });
    return toResponse(answer);
  };

/** @throws NoAnswer when the provider says itself that it cannot */
function toResponse({ status, headers, body }: OutboundAnswer): Response {
  if (status < 200 || status >= 500) throw new NoAnswer(`answer ${status}`);
  const type = headers['content-type'];
  return new Response(bodyless.has(status) ? null : new Uint8Array(body), {
    status,
    headers: typeof type === 'string' ? { 'content-type': type } : {},
  });
}

const bodyless = new Set([204, 205, 304]);

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && causes.length < 8; at = at.cause) causes.push(at);
  return causes;
}

const rootOf = (error: unknown): unknown => causesOf(error).at(-1) ?? error;

/** Which check failed, in one word of ours or the provider's: never a value. */
function reasonOf(error: unknown): string {
  if (error instanceof openid.ResponseBodyError || error instanceof openid.AuthorizationResponseError) {
    return `provider_${wordOf(error.error)}`;
  }
  const details = causesOf(error).map(detailOf);
  const claim = details.find((detail) => detail.claim)?.claim;
  if (claim) return `token_${wordOf(claim)}`;
  return wordOf(details.find(({ code }) => code)?.code ?? '').replace(/^oauth_/, '');
}

const wordOf = (text: string): string => (/^\w{1,60}$/.test(text) ? text.toLowerCase() : 'unreadable');

function detailOf(error: unknown): { claim?: string; code?: string } {
  if (!(error instanceof Error)) return {};
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause: unknown = error.cause;
  const named = typeof cause === 'object' && cause !== null && 'claim' in cause ? { claim: String(cause.claim) } : {};
  return { ...code, ...named };
}
