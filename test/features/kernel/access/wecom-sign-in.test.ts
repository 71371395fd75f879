import { minutes, seconds } from '../../../../src/core/clock';
import { Account, Session } from '../../../../src/features/kernel/access/access.entity';
import { isReturnPath } from '../../../../src/features/kernel/access/return-path';
import { SignInState } from '../../../../src/features/kernel/access/sign-in.entity';
import { type CompanyAtTest, openCompany, refused } from './wecom-company';

let at: CompanyAtTest;
let userid: string;
beforeEach(async () => {
  at = await openCompany();
  await at.readDirectory();
  userid = serving()[0]?.userid ?? '';
});
afterEach(() => at.close());

const serving = () =>
  [...at.sandbox.world.staff.values()].filter((staff) => staff.departed_at === undefined && staff.status === 1);
const sessions = () => at.db.em.count(Session);

/** Nobody got in, the caller learned nothing, and the audit trail knows why. */
async function expectRefused(location: string, reason: string): Promise<void> {
  expect(location).toBe(refused);
  expect(await at.reason()).toBe(`wecom: ${reason}`);
  expect(await sessions()).toBe(0);
}

describe('S8, PLT-02: a member signs in by WeCom', () => {
  test('by QR code outside the client, and comes to the page asked for', async () => {
    const browser = at.browser();
    const place = new URL(await browser.setOut('?return_to=/staff%3Fopen%3Dli'));
    expect(place.origin + place.pathname).toBe(`${at.sandbox.url}/wwlogin/sso/login`);
    expect(Object.fromEntries(place.searchParams)).toMatchObject({
      login_type: 'CorpApp',
      appid: at.sandbox.corpId,
      agentid: String(at.sandbox.agentId),
      redirect_uri: `http://127.0.0.1:${browser.port}/api/v1/session/wecom/callback`,
      state: expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(await browser.comeBack(await browser.atWecom(place.href, { userid }))).toBe('/staff?open=li');
    expect((await browser.send('get', '/session')).body).toMatchObject({ roles: expect.arrayContaining(['sales']) });
  });

  test('silently inside the client', async () => {
    const browser = at.browser({ 'user-agent': 'Mozilla/5.0 wxwork/4.1.20 MicroMessenger/7.0.1' });
    const place = new URL(await browser.setOut());
    expect(place.pathname).toBe('/connect/oauth2/authorize');
    expect(place.searchParams.get('scope')).toBe('snsapi_base');
    expect(place.hash).toBe('#wechat_redirect');
    expect(await browser.comeBack(await browser.atWecom(place.href, { userid }))).toBe('/');
  });

  test('the first time an account is made, with the leader’s role for a leader; later it is found', async () => {
    const leader = serving().find((staff) => staff.leads.length > 0);
    const other = serving().find((staff) => staff.leads.length === 0);
    await at.browser().signIn({ userid: leader?.userid ?? '' });
    await at.browser().signIn({ userid: leader?.userid ?? '' });
    await at.browser().signIn({ userid: (other?.userid ?? '').toUpperCase() });
    const accounts = await at.db.em.find(Account, { order: { created_at: 'ASC', id: 'ASC' } });
    expect(accounts.map(({ name, roles }) => [name, roles]).sort()).toEqual(
      [
        [leader?.name, 'sales,sales_manager'],
        [other?.name, 'sales'],
      ].sort(),
    );
  });

  test('an account somebody made for them is theirs', async () => {
    const { id } = await at.access.createUser({ name: '合规', roles: ['compliance_officer'], userid });
    const browser = at.browser();
    expect(await browser.signIn({ userid })).toBe('/');
    expect((await browser.send('get', '/session')).body.roles).toEqual(['compliance_officer']);
    expect((await at.db.em.find(Account)).map((account) => account.id)).toEqual([id]);
  });

  test('two first sign-ins at once make one account', async () => {
    const browsers = [at.browser(), at.browser(), at.browser()];
    const ways = await Promise.all(browsers.map(async (b) => b.atWecom(await b.setOut(), { userid })));
    const ends = await Promise.all(browsers.map((b, i) => b.comeBack(ways[i] as URL)));
    expect(ends).toEqual(['/', '/', '/']);
    expect(await at.db.em.count(Account)).toBe(1);
  });

  test('S6: state, browser and code are stored hashed or not at all; the state has 256 bits', async () => {
    const browser = at.browser();
    const place = await browser.setOut();
    const back = await browser.atWecom(place, { userid });
    const { state = '', code = '' } = Object.fromEntries(back.searchParams);
    await browser.comeBack(back);
    const [held] = await at.db.em.find(SignInState);
    const stored = JSON.stringify([held, await at.db.query('SELECT * FROM audit_event')]);
    for (const secret of [state, code, browser.cookies.get('scrm_session') ?? 'x']) {
      expect(stored).not.toContain(secret);
    }
    expect(Buffer.from(state, 'hex')).toHaveLength(32);
  });

  test('the cookie of the way is HttpOnly, short-lived, and __Host- on https', async () => {
    const plain = await at.browser().send('get', '/session/wecom');
    expect(String(plain.headers['set-cookie'])).toMatch(
      /^scrm_sign_in=[\w-]{43}; path=\/; expires=.*samesite=lax; httponly$/,
    );
    const secure = await at.browser({ 'x-forwarded-proto': 'https' }).send('get', '/session/wecom');
    expect(String(secure.headers['set-cookie'])).toMatch(/^__Host-scrm_sign_in=.*secure; httponly$/);
  });
});

describe('S8: the way back is refused', () => {
  test('without a state', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    back.searchParams.delete('state');
    await expectRefused(await browser.comeBack(back), 'state_missing');
  });

  test('with an invented state', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    back.searchParams.set('state', 'f'.repeat(64));
    await expectRefused(await browser.comeBack(back), 'state_unknown');
  });

  test('with two states', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    back.searchParams.append('state', back.searchParams.get('state') ?? '');
    await expectRefused(await browser.comeBack(back), 'state_missing');
  });

  test('with a state that was used, also after signing out', async () => {
    const browser = at.browser();
    const place = await browser.setOut();
    const kept = browser.cookies.get('scrm_sign_in') ?? '';
    const back = await browser.atWecom(place, { userid });
    expect(await browser.comeBack(back)).toBe('/');
    await browser.send('delete', '/session');
    browser.cookies.set('scrm_sign_in', kept);
    await expectRefused(await browser.comeBack(back), 'state_used');
    browser.cookies.set('scrm_sign_in', kept);
    const fresh = await browser.atWecom(place, { userid });
    await expectRefused(await browser.comeBack(fresh), 'state_used');
  });

  test('when six come with one state at once, but for one', async () => {
    const browser = at.browser();
    const place = await browser.setOut();
    const cookie = browser.cookies.get('scrm_sign_in') ?? '';
    const twins = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const twin = at.browser();
        twin.cookies.set('scrm_sign_in', cookie);
        return twin.comeBack(await twin.atWecom(place, { userid }));
      }),
    );
    expect(twins.filter((end) => end === '/')).toHaveLength(1);
    expect(await sessions()).toBe(1);
  });

  test('after five minutes', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    at.clock.advance(minutes(5));
    await expectRefused(await browser.comeBack(back), 'state_expired');
  });

  test('to another browser, which has no cookie', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    await expectRefused(await at.browser().comeBack(back), 'cookie_missing');
  });

  test('to another browser that set out itself: nobody is signed in as somebody else', async () => {
    const [attacker, victim] = [at.browser(), at.browser()];
    await victim.setOut();
    const back = await attacker.atWecom(await attacker.setOut(), { userid });
    await expectRefused(await victim.comeBack(back), 'other_browser');
  });

  test('when the browser set out again meanwhile', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    await browser.setOut();
    await expectRefused(await browser.comeBack(back), 'other_browser');
  });

  test('without a code', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    back.searchParams.delete('code');
    await expectRefused(await browser.comeBack(back), 'code_missing');
  });

  test('with an invented code', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    back.searchParams.set('code', 'invented');
    await expectRefused(await browser.comeBack(back), 'errcode_40029');
  });

  test('with a code that was used', async () => {
    const [first, second] = [at.browser(), at.browser()];
    const back = await first.atWecom(await first.setOut(), { userid });
    const code = back.searchParams.get('code') ?? '';
    await at.wecom.signIn.identify(code, { lane: 'click' });
    await expectRefused(await first.comeBack(back), 'errcode_40029');
    const other = await second.atWecom(await second.setOut(), { userid });
    other.searchParams.set('code', code);
    await expectRefused(await second.comeBack(other), 'errcode_40029');
  });

  test('with a code that is over', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    at.sandbox.clock.advance(minutes(6));
    await expectRefused(await browser.comeBack(back), 'errcode_40029');
  });

  test.each([
    ['a stranger', { openid: 'oABC' }, 'outsider'],
    ['an external contact', { external_userid: 'wmABC' }, 'outsider'],
    ['a member of a linked company', { userid: 'wwother/li' }, 'outsider'],
    ['somebody our directory does not know', { userid: 'nobody' }, 'unknown_member'],
  ])('to %s', async (_who, visitor, reason) => {
    await expectRefused(await at.browser().signIn(visitor as Record<string, string>), reason);
  });

  test.each([
    ['disabled', 'member_disabled'],
    ['inactive', 'member_inactive'],
    ['left', 'member_left'],
    ['unknown', 'unknown_member'],
  ])('to a member who is %s in our directory', async (status, reason) => {
    await at.db.execute('UPDATE staff SET status = ? WHERE userid = ?', [status, userid]);
    await expectRefused(await at.browser().signIn({ userid }), reason);
  });

  test('to a departed member, whatever their status says', async () => {
    await at.db.execute('UPDATE staff SET departed_at = ? WHERE userid = ?', [at.clock.now(), userid]);
    await expectRefused(await at.browser().signIn({ userid }), 'member_active');
  });

  test('to a member whom WeCom disabled a moment ago, before we were told', async () => {
    const staff = at.sandbox.world.findStaff(userid);
    if (staff) staff.status = 2;
    await expectRefused(await at.browser().signIn({ userid }), 'not_active');
  });

  test('to a member who left a moment ago, before we were told', async () => {
    const browser = at.browser();
    const back = await browser.atWecom(await browser.setOut(), { userid });
    at.sandbox.control.staffLeaves({ userid });
    await expectRefused(await browser.comeBack(back), 'not_visible');
  });

  test('to a member whose account was disabled, and no second account is made', async () => {
    await at.browser().signIn({ userid });
    const [account] = await at.db.em.find(Account);
    await at.access.disableUser(account?.id ?? '', 'host');
    await expectRefused(await at.browser().signIn({ userid }), 'account_disabled');
    expect(await at.db.em.count(Account)).toBe(1);
  });

  test.each([
    ['is busy (-1)', () => at.sandbox.faults.set('busy', { only: ['auth/getuserinfo'] }), 'errcode_-1'],
    [
      'answers with an error page',
      () => at.sandbox.faults.set('httpError', { only: ['auth/getuserinfo'] }),
      'wecom_unreachable',
    ],
    ['answers half', () => at.sandbox.faults.set('truncate', { only: ['auth/getuserinfo'] }), 'wecom_unreachable'],
    [
      'breaks the connection',
      () => at.sandbox.faults.set('reset', { only: ['auth/getuserinfo'] }),
      'wecom_unreachable',
    ],
    ['is slow', () => at.sandbox.faults.set('slow', { only: ['auth/getuserinfo'], ms: 1500 }), 'wecom_unreachable'],
    [
      'is slow about the member',
      () => at.sandbox.faults.set('slow', { only: ['user/get'], ms: 1500 }),
      'wecom_unreachable',
    ],
  ])('when WeCom %s', async (_what, fault, reason) => {
    fault();
    await expectRefused(await at.browser().signIn({ userid }), reason);
  });

  test.each(['post', 'head'] as const)('as %s, which uses nothing up', async (method) => {
    const browser = at.browser();
    const place = await browser.setOut();
    const back = await browser.atWecom(place, { userid });
    const kept = browser.cookies.get('scrm_sign_in') ?? '';
    await browser.send(method, back.pathname.replace('/api/v1', '') + back.search);
    expect(await sessions()).toBe(0);
    browser.cookies.set('scrm_sign_in', kept);
    expect(await browser.comeBack(back)).toBe('/');
  });

  test('after 30 failures of one address in 15 minutes', async () => {
    const stranger = at.browser({ 'x-forwarded-for': '10.1.1.1' });
    for (let i = 0; i < 30; i++)
      expect(await stranger.comeBack(new URL('http://x/session/wecom/callback'))).toBe(refused);
    expect(await stranger.signIn({ userid }).catch(() => 'nowhere')).not.toBe('/');
    expect(await at.browser({ 'x-forwarded-for': '10.1.1.2' }).signIn({ userid })).toBe('/');
    at.clock.advance(minutes(15));
    expect(await stranger.signIn({ userid })).toBe('/');
  });
});

describe('S8: setting out is refused', () => {
  const foreign = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    '/api/v1/session/wecom',
    '/callbacks/wecom/agent',
    `/${'a'.repeat(512)}`,
  ];

  test.each(foreign)('to come back to %j', async (returnTo) => {
    const browser = at.browser();
    await expectRefused(await browser.setOut(`?return_to=${encodeURIComponent(returnTo)}`), 'bad_return_to');
    expect(isReturnPath(returnTo)).toBe(false);
    expect(browser.cookies.size).toBe(0);
  });

  test('to come back to two places', async () => {
    await expectRefused(await at.browser().setOut('?return_to=/a&return_to=//evil.example'), 'bad_return_to');
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'when the request names the host %s',
    async (host) => {
      await expectRefused(await at.browser({ host }).setOut(), 'foreign_host');
    },
  );

  test.each(['/', '/staff?open=li', '/relations/a%2Fb', '/sidebar/', '/apiary'])('not to %s', (path) => {
    expect(isReturnPath(path)).toBe(true);
  });
});

describe('S6: sessions', () => {
  test('an id planted before is never taken over, and the old session ends', async () => {
    const browser = at.browser();
    browser.cookies.set('scrm_session', 'A'.repeat(43));
    await browser.signIn({ userid });
    const first = browser.cookies.get('scrm_session') ?? '';
    expect(first).not.toBe('A'.repeat(43));
    await browser.signIn({ userid });
    expect(browser.cookies.get('scrm_session')).not.toBe(first);
    expect(await at.access.session(first)).toBeUndefined();
  });

  test('PLT-02: a member who is disabled or leaves is out within 5 s', async () => {
    const browser = at.browser();
    await browser.signIn({ userid });
    expect((await browser.send('get', '/session')).status).toBe(200);
    await at.db.execute('UPDATE staff SET status = ? WHERE userid = ?', ['disabled', userid]);
    at.clock.advance(seconds(5));
    expect((await browser.send('get', '/session')).status).toBe(401);
  });
});

test('S8: with a public address WeCom sends people there, whatever host is named; outside the sandbox WeCom’s own hosts are asked', async () => {
  const live = await openCompany({ publicUrl: 'https://scrm.example.com', mode: 'live' });
  const hosts = [{ host: 'evil.example' }, { 'x-forwarded-host': 'evil.example' }];
  for (const forged of hosts) {
    const place = new URL(await live.browser(forged).setOut());
    expect(place.origin).toBe('https://login.work.weixin.qq.com');
    expect(place.searchParams.get('redirect_uri')).toBe('https://scrm.example.com/api/v1/session/wecom/callback');
  }
  const inside = new URL(await live.browser({ 'user-agent': 'wxwork/4' }).setOut());
  expect(inside.origin).toBe('https://open.weixin.qq.com');
  await live.close();
});

test('S8: without an app there is no such way', async () => {
  const bare = await openCompany({ agentId: undefined });
  const browser = bare.browser();
  expect((await browser.send('get', '/session/ways')).body).toEqual({ wecom: false, oidc: false });
  expect(await browser.setOut()).toBe(refused);
  expect(await bare.reason()).toBe('wecom: not_configured');
  await bare.close();
});
