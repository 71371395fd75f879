import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, toUnix } from '../../src/core/clock';

type Claims = Record<string, unknown>;

interface Grant {
  redirectUri: string;
  challenge: string;
  nonce: string;
}

/** What the provider does wrong, or differently. */
interface Moods {
  claims?: (right: Claims) => Claims;
  /** The header of the token. */
  header?: Claims;
  signature?: 'none' | 'foreign' | 'broken';
  /** What the description of itself says. */
  metadata?: Claims;
  /** How it answers at a path instead of rightly. */
  answers?: Record<string, (response: ServerResponse) => void>;
}

type Answerer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

interface State {
  /** Who comes to its page; undefined: they say no. */
  person: string | undefined;
  moods: Moods;
  /** The paths that were called. */
  asked: string[];
  /** Where the last secret stood. */
  proof: 'header' | 'form' | undefined;
}

const client = { clientId: 'scrm', clientSecret: 'a secret with: odd/characters' };

export type OidcProviderAtTest = Awaited<ReturnType<typeof startOidcProvider>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const makeKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/**
 * A pretend OpenID Connect provider on 127.0.0.1 that knows the rules: a code counts once, for the client, the address
 * and the PKCE verifier it was made for. Whoever comes to its page is `person`, without being asked.
 */
export async function startOidcProvider(clock: Clock) {
  const [keys, strangers] = [makeKeys(), makeKeys()];
  const grants = new Map<string, Grant>();
  const state: State = { person: undefined, moods: {}, asked: [], proof: undefined };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const say = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const metadata = () => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
    ...state.moods.metadata,
  });

  function idToken({ nonce }: Grant): string {
    const { claims = (right: Claims) => right, header = {}, signature } = state.moods;
    const now = toUnix(clock.now());
    const right = { iss: url, aud: client.clientId, sub: state.person, nonce, iat: now, exp: now + 300 };
    const text = `${encode({ alg: 'ES256', kid: 'k1', ...header })}.${encode(claims(right))}`;
    if (signature === 'none') return `${text}.`;
    const { privateKey } = signature === 'foreign' ? strangers : keys;
    const made = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    if (signature === 'broken') made[0] = (made[0] ?? 0) ^ 1;
    return `${text}.${made.toString('base64url')}`;
  }

  /** Why a code is not taken; undefined: it is. */
  function faultOf(grant: Grant | undefined, given: URLSearchParams, authorization = ''): string | undefined {
    const inHeader = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':')
      .map(formDecoded);
    const inForm = [given.get('client_id'), given.get('client_secret')];
    state.proof = authorization ? 'header' : 'form';
    const proof = authorization ? inHeader : inForm;
    if (proof.join('\n') !== `${client.clientId}\n${client.clientSecret}`) return 'invalid_client';
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = grant?.challenge === challenge && grant.redirectUri === given.get('redirect_uri');
    return fits ? undefined : 'invalid_grant';
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const given = new URLSearchParams(Buffer.concat(parts).toString());
    const code = given.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const fault = faultOf(grant, given, request.headers.authorization);
    if (fault || !grant) return void say(response, fault === 'invalid_client' ? 401 : 400, { error: fault });
    const tokens = { access_token: 'an access token nobody uses', token_type: 'Bearer' };
    say(response, 200, { ...tokens, id_token: idToken(grant) });
  }

  function grantFor({ redirect_uri = '', nonce = '', ...asked }: Record<string, string>): string {
    const code = randomBytes(16).toString('hex');
    const challenge = asked.code_challenge_method === 'S256' ? (asked.code_challenge ?? '') : '';
    grants.set(code, { redirectUri: redirect_uri, challenge, nonce });
    return code;
  }

  /** Somebody is at the page: back to where they came from, with a code or with a fault. */
  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const given = Object.fromEntries(asked);
    const back = new URL(given.redirect_uri ?? '');
    const known = { state: given.state ?? '', iss: url };
    const result = state.person === undefined ? { error: 'access_denied' } : { code: grantFor(given) };
    for (const [name, value] of Object.entries({ ...known, ...result })) back.searchParams.set(name, value);
    response.writeHead(302, { location: back.href }).end();
  }

  const keyList = () => ({
    keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }],
  });

  const rightly: Record<string, Answerer> = {
    '/authorize': (request, response) => authorize(new URL(request.url ?? '/', url).searchParams, response),
    '/token': token,
    '/keys': (_request, response) => void say(response, 200, keyList()),
    '/.well-known/openid-configuration': (_request, response) => void say(response, 200, metadata()),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url);
    state.asked.push(pathname);
    const otherwise = state.moods.answers?.[pathname];
    if (otherwise) return otherwise(response);
    await (rightly[pathname] ?? ((_, lost) => void lost.writeHead(404).end()))(request, response);
  }

  return {
    url,
    settings: { issuer: url, ...client },
    state,
    /** What the page answers a browser that was sent to it. @returns where it sends the browser back to */
    async visit(place: string): Promise<URL> {
      const answered = await fetch(place, { redirect: 'manual' });
      return new URL(answered.headers.get('location') ?? '');
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** RFC 6749 has the parts of the header written as in a form. */
const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
