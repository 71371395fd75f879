import { minutes, seconds, toUnix } from '../../../../src/core/clock';
import { Session } from '../../../../src/features/kernel/access/access.entity';
import { OidcIdentity, SignInState } from '../../../../src/features/kernel/access/sign-in.entity';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { aPerson } from '../../../support/people';
import { openSso, type SsoAtTest } from './sso-company';
import type { Browser } from './wecom-company';

let at: SsoAtTest;
beforeAll(async () => {
  at = await openSso();
});
afterAll(() => at?.close());
beforeEach(() => at.begin());

const refused = '/sign-in?refused=oidc';
const away = '/sign-in?refused=oidc_away';
const status = async (browser: Browser): Promise<number> => (await browser.send('get', '/session')).status;

/** Nobody got in, the caller learned nothing, and the audit trail knows why. */
async function expectRefused(browser: Browser, location: string, reason: string): Promise<void> {
  expect(location).toBe(refused);
  expect(await at.reason()).toBe(`oidc: ${reason}`);
  expect(await status(browser)).toBe(401);
}

describe('S8, PLT-02: single sign-on lets in who connected it', () => {
  test('and leads to the page asked for; the way there says what the provider must know and no more', async () => {
    await at.connected();
    const browser = at.browser();
    const place = new URL(await at.setOut(browser, '?return_to=/staff%3Fopen%3Dli'));
    expect(place.origin + place.pathname).toBe(`${at.provider.url}/authorize`);
    expect(Object.fromEntries(place.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'scrm',
      scope: 'openid',
      redirect_uri: `http://127.0.0.1:${browser.port}/api/v1/session/oidc/callback`,
      state: expect.stringMatching(/^[\da-f]{64}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(await at.comeBack(browser, await at.provider.visit(place.href))).toBe('/staff?open=li');
    expect((await browser.send('get', '/session')).body).toMatchObject({ roles: ['sales'] });
    expect((await browser.send('get', '/sessions')).body.items).toContainEqual(
      expect.objectContaining({ method: 'oidc', current: true }),
    );
  });

  test('S6: the session is a new one, and the one the browser came with ends', async () => {
    const { browser } = await at.connected();
    const before = browser.cookies.get('scrm_session') ?? '';
    expect(await at.signIn(browser)).toBe('/');
    expect(browser.cookies.get('scrm_session')).not.toBe(before);
    expect(await at.access.session(before)).toBeUndefined();
  });

  test('S6: state, verifier, nonce, code, sub and session are stored hashed or not at all', async () => {
    const { browser } = await at.connected();
    const place = new URL(await at.setOut(browser));
    const cookie = browser.cookies.get('scrm_sign_in') ?? '';
    const back = await at.provider.visit(place.href);
    await at.comeBack(browser, back);
    const rows = [await at.db.em.find(SignInState), await at.db.em.find(OidcIdentity), await at.db.em.find(Session)];
    const stored = JSON.stringify([rows, await at.db.query('SELECT * FROM audit_event')]);
    const { state = '', nonce = '' } = Object.fromEntries(place.searchParams);
    const code = back.searchParams.get('code') ?? '';
    const secrets = [state, nonce, code, cookie, at.provider.state.person ?? '', browser.cookies.get('scrm_session')];
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(stored).not.toContain(secret);
    }
  });

  test.each([
    ['says nothing', {}, false],
    ['says a password', { amr: ['pwd'] }, false],
    ['says a text message', { amr: ['pwd', 'sms'] }, false],
    ['says several factors', { amr: ['pwd', 'mfa'] }, true],
    ['says a one-time code', { amr: ['otp'] }, true],
    ['says a key in hardware', { amr: ['hwk'] }, true],
    ['says a class that promises it', { acr: 'https://refeds.org/profile/mfa' }, true],
    ['says some other class', { acr: '1' }, false],
    ['says it in a way that is none', { amr: 'mfa' }, false],
  ])('S12: a provider that %s', async (_what, proofs, shown) => {
    await at.connected();
    at.provider.state.moods.claims = (right) => ({ ...right, ...proofs });
    const browser = at.browser();
    expect(await at.signIn(browser)).toBe('/');
    const fresh = (await browser.send('get', '/session/factor')).body.fresh_until;
    expect(fresh !== null).toBe(shown);
  });

  test.each([
    ['four minutes ago counts', 4, true],
    ['an hour ago does not', 60, false],
  ])('S12: a factor shown to the provider %s', async (_when, ago, shown) => {
    await at.connected();
    const auth_time = toUnix(at.clock.now()) - ago * 60;
    at.provider.state.moods.claims = (right) => ({ ...right, amr: ['mfa'], auth_time });
    const browser = at.browser();
    await at.signIn(browser);
    expect((await browser.send('get', '/session/factor')).body.fresh_until !== null).toBe(shown);
  });

  test('the provider is asked who it is once, and for its keys at every sign-in', async () => {
    const { browser } = await at.connected();
    at.provider.state.asked.length = 0;
    const server = await at.start();
    for (let round = 0; round < 2; round++) expect(await at.signIn(at.browser({}, server))).toBe('/');
    const count = (path: string) => at.provider.state.asked.filter((asked) => asked === path).length;
    expect([count('/.well-known/openid-configuration'), count('/token'), count('/keys')]).toEqual([1, 2, 2]);
    expect(await status(browser)).toBe(200);
  });

  test('a provider that takes the secret only in the form gets it there', async () => {
    await at.connected();
    at.provider.state.moods.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    expect(at.provider.state.proof).toBe('header');
    expect(await at.signIn(at.browser({}, await at.start()))).toBe('/');
    expect(at.provider.state.proof).toBe('form');
  });

  test('a secret the provider does not take', async () => {
    await at.connected();
    const browser = at.browser({}, await at.start({ oidc: { ...at.provider.settings, clientSecret: 'wrong' } }));
    await expectRefused(browser, await at.signIn(browser), 'provider_invalid_client');
  });
});

describe('S8: the way back is refused', () => {
  /** Somebody who is connected, and a browser that comes back from the provider. */
  async function returning() {
    await at.connected();
    const browser = at.browser();
    return { browser, back: await at.provider.visit(await at.setOut(browser)) };
  }

  test.each<[string, string, (back: URL) => void]>([
    ['without a state', 'state_missing', (back) => back.searchParams.delete('state')],
    ['with an invented state', 'state_unknown', (back) => back.searchParams.set('state', 'f'.repeat(64))],
    ['with two states', 'state_missing', (back) => back.searchParams.append('state', 'x')],
    ['with a wrong code', 'provider_invalid_grant', (back) => back.searchParams.set('code', 'invented')],
    ['without a code', 'invalid_response', (back) => back.searchParams.delete('code')],
    [
      'in the name of another issuer',
      'invalid_response',
      (back) => back.searchParams.set('iss', 'https://evil.example'),
    ],
    ['in nobody’s name', 'invalid_response', (back) => back.searchParams.delete('iss')],
    [
      'with a token instead of a code',
      'unsupported_operation',
      (back) => back.searchParams.set('id_token', 'e30.e30.'),
    ],
  ])('an answer of the provider’s page %s', async (_what, reason, change) => {
    const { browser, back } = await returning();
    change(back);
    await expectRefused(browser, await at.comeBack(browser, back), reason);
  });

  test('with a state that was used', async () => {
    const { browser, back } = await returning();
    const kept = browser.cookies.get('scrm_sign_in') ?? '';
    expect(await at.comeBack(browser, back)).toBe('/');
    await browser.send('delete', '/session');
    browser.cookies.set('scrm_sign_in', kept);
    await expectRefused(browser, await at.comeBack(browser, back), 'state_used');
  });

  test('after five minutes', async () => {
    const { browser, back } = await returning();
    at.clock.advance(minutes(5));
    await expectRefused(browser, await at.comeBack(browser, back), 'state_expired');
  });

  test('to another browser: one without a cookie, and one that set out itself', async () => {
    const { back } = await returning();
    const [stranger, victim] = [at.browser(), at.browser()];
    await expectRefused(stranger, await at.comeBack(stranger, back), 'cookie_missing');
    await at.setOut(victim);
    await expectRefused(victim, await at.comeBack(victim, back), 'other_browser');
  });

  test('with the code of another browser, which is bound to that one’s verifier', async () => {
    const { back } = await returning();
    const thief = at.browser();
    const own = await at.provider.visit(await at.setOut(thief));
    own.searchParams.set('code', back.searchParams.get('code') ?? '');
    await expectRefused(thief, await at.comeBack(thief, own), 'provider_invalid_grant');
  });

  test('with the state of the other way', async () => {
    const { browser, back } = await returning();
    await at.db.execute("UPDATE sign_in_state SET way = 'wecom' WHERE used_at IS NULL", []);
    await expectRefused(browser, await at.comeBack(browser, back), 'other_way');
  });

  test('when the person says no', async () => {
    await at.connected();
    at.provider.state.person = undefined;
    const browser = at.browser();
    await expectRefused(browser, await at.signIn(browser), 'provider_access_denied');
  });

  test.each<[string, string, Partial<typeof at.provider.state.moods>]>([
    ['with a wrong nonce', 'token_nonce', { claims: (right) => ({ ...right, nonce: 'another' }) }],
    ['without a nonce', 'invalid_response', { claims: ({ nonce: _, ...rest }) => rest }],
    ['of another issuer', 'token_iss', { claims: (right) => ({ ...right, iss: 'https://evil.example' }) }],
    ['for another audience', 'token_aud', { claims: (right) => ({ ...right, aud: 'another' }) }],
    ['for two audiences', 'token_aud', { claims: (right) => ({ ...right, aud: ['scrm', 'another'] }) }],
    ['that is over', 'token_exp', { claims: (right) => ({ ...right, exp: Number(right.iat) - 31 }) }],
    ['that never ends', 'invalid_response', { claims: ({ exp: _, ...rest }) => rest }],
    ['of nobody', 'invalid_response', { claims: ({ sub: _, ...rest }) => rest }],
    ['with alg none', 'invalid_response', { header: { alg: 'none' }, signature: 'none' }],
    ['with another algorithm', 'invalid_response', { header: { alg: 'HS256' } }],
    ['with a foreign signature', 'invalid_response', { signature: 'foreign' }],
    ['with a bad signature', 'invalid_response', { signature: 'broken' }],
    ['without a signature', 'invalid_response', { signature: 'none' }],
    ['of an unknown key', 'key_selection_failed', { header: { kid: 'k2' } }],
    ['that brings its own key', 'key_selection_failed', { header: { kid: 'k2', jku: 'https://evil.example/keys' } }],
  ])('a token %s', async (_what, reason, mood) => {
    await at.connected();
    Object.assign(at.provider.state.moods, mood);
    const browser = at.browser();
    await expectRefused(browser, await at.signIn(browser), reason);
  });

  test('to an identity that nobody connected, whatever name and mail address the token has', async () => {
    const { person } = await at.connected();
    at.provider.state.person = 'somebody else';
    at.provider.state.moods.claims = (right) => ({ ...right, name: person.viewer.name, email: 'li@example.com' });
    const browser = at.browser();
    await expectRefused(browser, await at.signIn(browser), 'not_connected');
  });

  test('PLT-02: to an account that was disabled; its connection is gone', async () => {
    const { person } = await at.connected();
    await at.access.disableUser(person.id, 'host');
    expect(await at.db.em.findOneBy(OidcIdentity, { account_id: person.id })).toBeNull();
    const browser = at.browser();
    await expectRefused(browser, await at.signIn(browser), 'not_connected');
  });

  test('PLT-02: to an account whose time is over', async () => {
    const { person } = await at.connected();
    await at.db.execute('UPDATE account SET expires_at = ? WHERE id = ?', [at.clock.now(), person.id]);
    const browser = at.browser();
    await expectRefused(browser, await at.signIn(browser), 'account_disabled');
  });

  test.each(['post', 'head'] as const)('as %s, which uses nothing up', async (method) => {
    const { browser, back } = await returning();
    const kept = browser.cookies.get('scrm_sign_in') ?? '';
    await browser.send(method, back.pathname.replace('/api/v1', '') + back.search);
    expect(await status(browser)).toBe(401);
    browser.cookies.set('scrm_sign_in', kept);
    expect(await at.comeBack(browser, back)).toBe('/');
  });

  test('S7 after 30 failures of one address in 15 minutes', async () => {
    await at.connected();
    const stranger = at.browser({ 'x-forwarded-for': '10.1.1.1' });
    const nowhere = new URL('http://x/session/oidc/callback');
    for (let i = 0; i < 30; i++) expect(await at.comeBack(stranger, nowhere)).toBe(refused);
    expect(await at.setOut(stranger)).toBe(refused);
    expect(await at.signIn(at.browser({ 'x-forwarded-for': '10.1.1.2' }))).toBe('/');
  });
});

describe('S8: setting out is refused', () => {
  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', '/api/v1/session'])(
    'to come back to %j',
    async (returnTo) => {
      const browser = at.browser();
      const end = await at.setOut(browser, `?return_to=${encodeURIComponent(returnTo)}`);
      await expectRefused(browser, end, 'bad_return_to');
      expect(browser.cookies.size).toBe(0);
    },
  );

  test('when the request names a foreign host; with a public address people come back to that', async () => {
    const forged = at.browser({ host: 'evil.example' });
    await expectRefused(forged, await at.setOut(forged), 'foreign_host');
    const server = await at.start({ publicUrl: 'https://scrm.example.com' });
    const place = new URL(await at.setOut(at.browser({ host: 'evil.example' }, server)));
    expect(place.searchParams.get('redirect_uri')).toBe('https://scrm.example.com/api/v1/session/oidc/callback');
  });

  test('without a provider: there is no such way', async () => {
    const browser = at.browser({}, await at.start({ oidc: undefined }));
    expect((await browser.send('get', '/session/ways')).body).toEqual({ wecom: false, oidc: false });
    await expectRefused(browser, await at.setOut(browser), 'not_configured');
    expect((await at.browser().send('get', '/session/ways')).body).toEqual({ wecom: false, oidc: true });
  });
});

describe('S8: the provider is away, and nothing else suffers', () => {
  type Answers = NonNullable<typeof at.provider.state.moods.answers>;
  const broken: [string, Answers[string]][] = [
    ['answers with a fault', (response) => response.writeHead(503).end()],
    ['breaks the connection', (response) => response.destroy()],
    ['says nothing', () => undefined],
    ['never stops', (response) => void response.writeHead(200).end('x'.repeat(300_000))],
  ];

  /** Nobody waits longer than needed for one that says nothing. */
  const patience = (what: string) => (what === 'says nothing' ? { patienceMs: 300 } : {});

  test.each(broken)('when it %s about itself: the sign-in page says so', async (what, fault) => {
    at.provider.state.moods.answers = { '/.well-known/openid-configuration': fault };
    const browser = at.browser({}, await at.start(patience(what)));
    expect(await at.setOut(browser)).toBe(away);
    expect(await at.reason()).toBe('oidc: provider_away');
    expect(at.warnings).toHaveLength(1);
    expect(browser.cookies.size).toBe(0);
  });

  test('it is asked again by the next who comes', async () => {
    at.provider.state.moods.answers = { '/.well-known/openid-configuration': (response) => response.destroy() };
    const browser = at.browser({}, await at.start());
    expect(await at.setOut(browser)).toBe(away);
    at.provider.state.moods = {};
    expect(await at.setOut(browser)).toContain(`${at.provider.url}/authorize`);
  });

  const audible = broken.filter(([what]) => what !== 'says nothing');

  test.each(audible)('when it %s about a code', async (_what, fault) => {
    await at.connected();
    const browser = at.browser();
    at.provider.state.moods.answers = { '/token': fault };
    expect(await at.signIn(browser)).toBe(away);
    expect(await status(browser)).toBe(401);
  });

  test('when its keys cannot be read', async () => {
    await at.connected();
    at.provider.state.moods.answers = { '/keys': (response) => response.writeHead(500).end() };
    const browser = at.browser();
    expect(await at.signIn(browser)).toBe(away);
    expect(await status(browser)).toBe(401);
  });

  test.each([
    ['calls itself something else', { issuer: 'https://evil.example' }],
    ['spells its name otherwise than the setting', { issuer: 'SELF/' }],
    ['sends people to a page without https', { authorization_endpoint: 'javascript:alert(1)' }],
    ['names no page', { authorization_endpoint: undefined }],
  ])('when its description cannot be right: it %s', async (_what, metadata) => {
    const given = Object.entries(metadata).map(([name, text]) => [name, text?.replace('SELF', at.provider.url)]);
    at.provider.state.moods.metadata = Object.fromEntries(given);
    expect(await at.setOut(at.browser({}, await at.start()))).toBe(away);
  });

  test('S4: of inner hosts only the one of the setting is called', async () => {
    const { browser } = await at.connected();
    const { port } = new URL(at.provider.url);
    at.provider.state.moods.metadata = { token_endpoint: `http://localhost:${port}/token` };
    at.provider.state.asked.length = 0;
    expect(await at.signIn(at.browser({}, await at.start()))).toBe(away);
    expect(at.provider.state.asked).not.toContain('/token');
    expect(await status(browser)).toBe(200);
  });

  test('the other ways stay open: it counts against nobody', async () => {
    const oidc = { ...at.provider.settings, issuer: 'http://127.0.0.1:9' };
    const browser = at.browser({}, await at.start({ oidc }));
    for (let i = 0; i < 31; i++) expect(await at.setOut(browser)).toBe(away);
    const { token } = await at.access.createUser({ name: 'Wu', roles: ['sales'] });
    expect((await at.access.useSignInLink(token, { address: '127.0.0.1' })).viewer.name).toBe('Wu');
    const { status: way } = await browser.send('post', '/session/password');
    expect(way).not.toBe(429);
  });
});

describe('PLT-02, S12: connecting and removing', () => {
  async function inBrowser(more: { roles?: string[]; withFactor?: boolean } = {}) {
    const person = await aPerson(at, { roles: ['sales'], name: 'somebody', ...more });
    const browser = at.browser();
    browser.cookies.set('scrm_session', person.sessionId);
    return { person, browser };
  }

  const view = async (browser: Browser) => (await browser.send('get', '/session/oidc/connection')).body;

  test('the account page says whether and since when; both are recorded', async () => {
    const { person, browser } = await inBrowser();
    expect(await view(browser)).toEqual({ offered: true, connected_at: null });
    expect(await at.connect(browser)).toBe('/account?sso=connected');
    expect(await view(browser)).toEqual({ offered: true, connected_at: at.clock.now().toISOString() });
    expect((await browser.send('delete', '/session/oidc/connection')).status).toBe(204);
    expect((await browser.send('delete', '/session/oidc/connection')).status).toBe(404);
    const who = `account:${person.id}`;
    const rows = await at.db.em.find(AuditEvent, { where: { target: who }, order: { id: 'ASC' } });
    const acts = rows.filter(({ action }) => action.startsWith('sso.'));
    expect(acts.map(({ action, actor, result }) => [action, actor, result])).toEqual([
      ['sso.connected', who, 'ok'],
      ['sso.removed', who, 'ok'],
    ]);
    const stranger = at.browser();
    await expectRefused(stranger, await at.signIn(stranger), 'not_connected');
  });

  test('asks for a fresh factor, to connect and to remove', async () => {
    const { browser } = await inBrowser({ withFactor: false });
    expect((await browser.send('post', '/session/oidc/connection')).body.code).toBe('SECOND_FACTOR_MISSING');
    const { browser: connected } = await at.connected();
    at.clock.advance(minutes(6));
    expect((await connected.send('delete', '/session/oidc/connection')).status).toBe(403);
    expect((await view(connected)).connected_at).not.toBeNull();
  });

  test('removing ends the other sessions of the account, not this one', async () => {
    const { browser } = await at.connected();
    const other = at.browser();
    await at.signIn(other);
    expect(await status(other)).toBe(200);
    await browser.send('delete', '/session/oidc/connection');
    expect([await status(browser), await status(other)]).toEqual([200, 401]);
  });

  test('of two accounts that connect one identity one gets it', async () => {
    const { person } = await at.connected();
    const { browser } = await inBrowser();
    expect(await at.connect(browser)).toBe('/account?sso=refused');
    expect(await at.reason()).toBe('oidc: identity_taken');
    const own = at.browser();
    await at.signIn(own);
    expect((await own.send('get', '/session')).body.name).toBe(person.viewer.name);
  });

  test('also when they do so at the same time', async () => {
    const pair = [await inBrowser(), await inBrowser()];
    const ends = await Promise.all(pair.map(({ browser }) => at.connect(browser)));
    expect(ends.sort()).toEqual(['/account?sso=connected', '/account?sso=refused']);
  });

  test('an account has one connection: a second asks for the first to be removed', async () => {
    const { browser } = await at.connected();
    at.provider.state.person = 'my other self';
    const { status: answered, body } = await browser.send('post', '/session/oidc/connection');
    expect([answered, body.code]).toEqual([409, 'ACCESS_SSO_CONNECTED']);
  });

  test('a connection of another provider counts for nothing, and gives way', async () => {
    const { person, browser } = await inBrowser();
    const row = { issuer: 'https://old.example', identity_hash: `hash of ${person.id}`, connected_at: at.clock.now() };
    await at.db.em.insert(OidcIdentity, { account_id: person.id, ...row });
    expect((await view(browser)).connected_at).toBeNull();
    expect(await at.connect(browser)).toBe('/account?sso=connected');
    expect((await view(browser)).connected_at).not.toBeNull();
  });

  test('what one account began no other ends, nor anybody who signed out', async () => {
    const { browser } = await inBrowser();
    const { body } = await browser.send('post', '/session/oidc/connection');
    const back = await at.provider.visit(String(body.url));
    const { person: other } = await inBrowser();
    browser.cookies.set('scrm_session', other.sessionId);
    expect(await at.comeBack(browser, back)).toBe('/account?sso=refused');
    expect(await at.reason()).toBe('oidc: other_account');
    const { browser: leaver } = await inBrowser();
    const { body: begun } = await leaver.send('post', '/session/oidc/connection');
    const late = await at.provider.visit(String(begun.url));
    await leaver.send('delete', '/session');
    expect(await at.comeBack(leaver, late)).toBe('/account?sso=refused');
    expect(await at.reason()).toBe('oidc: other_account');
  });

  test('a provider that is away: said on the account page', async () => {
    const { browser } = await inBrowser();
    at.provider.state.moods.answers = { '/token': (response) => response.writeHead(503).end() };
    expect(await at.connect(browser)).toBe('/account?sso=away');
    const oidc = { ...at.provider.settings, issuer: 'http://127.0.0.1:9' };
    const elsewhere = at.browser({}, await at.start({ oidc }));
    elsewhere.cookies.set('scrm_session', browser.cookies.get('scrm_session') ?? '');
    const { status: answered, body } = await elsewhere.send('post', '/session/oidc/connection');
    expect([answered, body.code]).toEqual([502, 'ACCESS_SSO_AWAY']);
  });

  test('without a provider it is not offered, and not begun', async () => {
    const { browser } = await inBrowser();
    const bare = at.browser({}, await at.start({ oidc: undefined }));
    bare.cookies.set('scrm_session', browser.cookies.get('scrm_session') ?? '');
    expect(await view(bare)).toEqual({ offered: false, connected_at: null });
    const { status: answered, body } = await bare.send('post', '/session/oidc/connection');
    expect([answered, body.code]).toEqual([409, 'ACCESS_SSO_NOT_OFFERED']);
  });

  test('whoever lets people in sees it and removes it; the sessions end', async () => {
    const { person, browser } = await at.connected();
    const { browser: guard } = await inBrowser({ roles: ['security_admin'] });
    const path = `/users/${person.id}/oidc-connection`;
    expect((await guard.send('get', path)).body.connected_at).not.toBeNull();
    expect((await guard.send('delete', path)).status).toBe(204);
    expect((await guard.send('get', path)).body.connected_at).toBeNull();
    expect((await guard.send('delete', '/users/nobody/oidc-connection')).body.code).toBe('ACCESS_UNKNOWN_ACCOUNT');
    at.clock.advance(seconds(5));
    expect(await status(browser)).toBe(401);
  });
});
