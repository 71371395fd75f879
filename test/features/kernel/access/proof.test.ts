import { createServer, type Server } from 'node:http';
import { generateSync } from 'otplib';
import request from 'supertest';
import { days, hours, minutes, seconds, toUnix } from '../../../../src/core/clock';
import { aPerson, signedIn } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { movableClock, openAccess, serve } from '../support';

let at: Awaited<ReturnType<typeof openAccess>>;
let clock: ReturnType<typeof movableClock>;
let server: Server;
beforeEach(async () => {
  clock = movableClock();
  at = await openAccess(clock);
  server = createServer(serve(at)).listen(0);
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await at.close();
});

const password = 'seven green bottles 42';
const another = 'nine purple lanterns 17';
const idOf = (response: request.Response): string =>
  /scrm_session=([^;]+)/.exec(String(response.headers['set-cookie']))?.[1] ?? '';
const codeOf = (secret: string): string => generateSync({ secret, epoch: toUnix(clock.now()) });
const cookieOf = (sessionId: string) => ({ cookie: `scrm_session=${sessionId}` });
const statusOf = async (sessionId: string): Promise<number> =>
  (await request(server).get('/session').set(cookieOf(sessionId))).status;
const trail = (action: string) =>
  at.db.query<{ result: string }>('SELECT result, target, detail FROM audit_event WHERE action = ? ORDER BY id', [
    action,
  ]);

/** Somebody with an authenticator app, at a time when the codes used so far count no more. */
async function enrolled(roles = ['system_admin']) {
  const person = await aPerson(at, { roles });
  const { secret } = (await request(server).post('/session/totp').set(person.headers)).body;
  const confirmed = await request(server)
    .put('/session/totp')
    .set(person.headers)
    .send({ code: codeOf(secret) });
  clock.advance(seconds(60));
  return { id: person.id, secret, first: person.sessionId, sessionId: idOf(confirmed), recovery: confirmed.body };
}

describe('S6 a password is changed by whoever knows the one in use', () => {
  const change = (sessionId: string, body: object) =>
    request(server)
      .put('/session/password')
      .set(cookieOf(sessionId))
      .send({ name: 'admin', ...body });

  test('the first needs none, the next one does, and a wrong one changes nothing', async () => {
    const { id, sessionId } = await aPerson(at, { roles: ['system_admin'] });
    expect((await change(sessionId, { password })).status).toBe(204);
    const stored = () => at.db.query('SELECT hash FROM local_password WHERE account_id = ?', [id]);
    const before = await stored();
    for (const body of [{ password: another }, { password: another, current_password: 'not the one' }]) {
      const refused = await change(sessionId, body);
      expect([refused.status, refused.body.code]).toEqual([422, 'ACCESS_WRONG_PASSWORD']);
      clock.advance(seconds(3));
    }
    expect(await stored()).toEqual(before);
    expect((await change(sessionId, { password: another, current_password: password })).status).toBe(204);
    expect(await stored()).not.toEqual(before);
  });

  test('S7 guessing it is held back, with the right one as well', async () => {
    const { sessionId } = await aPerson(at, { roles: ['system_admin'] });
    await change(sessionId, { password });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await change(sessionId, { password: another, current_password: `guess ${i}` })).status);
      clock.advance(seconds(16));
    }
    statuses.push((await change(sessionId, { password: another, current_password: password })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  test('a forgotten one is taken away on the host: its sessions end, and another is set', async () => {
    const { id, sessionId } = await aPerson(at, { roles: ['system_admin'] });
    await change(sessionId, { password });
    await at.localSignIn.resetPassword(id, 'host');
    expect(await statusOf(sessionId)).toBe(401);
    const next = await signedIn(at, id);
    expect((await change(next.sessionId, { password: another })).status).toBe(204);
    expect(await trail('password.reset')).toEqual([expect.objectContaining({ result: 'ok', target: `account:${id}` })]);
    await expect(at.localSignIn.resetPassword('nobody', 'host')).rejects.toMatchObject({
      code: 'access.unknown_account',
    });
  });
});

describe('S6 a factor shown again gives the session another id', () => {
  const stepUp = (sessionId: string, code: string) =>
    request(server).post('/session/step-up').set(cookieOf(sessionId)).send({ code });

  test('the old one opens nothing from then on; the new one is the same session', async () => {
    const { id, secret, sessionId } = await enrolled();
    const [before] = await at.access.sessionsOf(id);
    const shown = await stepUp(sessionId, codeOf(secret));
    const next = idOf(shown);
    expect([shown.status, next.length, next === sessionId]).toEqual([204, 43, false]);
    expect([await statusOf(sessionId), await statusOf(next)]).toEqual([401, 200]);
    const [after, ...more] = await at.access.sessionsOf(id);
    expect(more).toEqual([]);
    expect([after?.expires_at, after?.created_at]).toEqual([before?.expires_at, before?.created_at]);
  });

  test('so does the code that confirms an app', async () => {
    const { first, sessionId } = await enrolled();
    expect(sessionId).not.toBe(first);
    expect([await statusOf(first), await statusOf(sessionId)]).toEqual([401, 200]);
  });

  test('a wrong code leaves it as it is', async () => {
    const { sessionId } = await enrolled();
    const refused = await stepUp(sessionId, '000000');
    expect([refused.status, idOf(refused)]).toEqual([401, '']);
    expect(await statusOf(sessionId)).toBe(200);
  });

  test('a code that meets a session which ended meanwhile is not spent', async () => {
    const { id, secret, sessionId } = await enrolled();
    const code = codeOf(secret);
    await at.access.endSession(sessionId, '127.0.0.1');
    const from = { sessionId, address: '127.0.0.1' };
    await expect(at.localSignIn.showFactor(id, code, from)).rejects.toMatchObject({ code: 'http.unauthorized' });
    const next = await signedIn(at, id, false);
    expect((await stepUp(next.sessionId, code)).status).toBe(204);
  });

  test('the 12 hours count from the sign-in, not from the last code', async () => {
    const { secret, sessionId } = await enrolled();
    let current = sessionId;
    for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
      clock.advance(minutes(20));
      current = idOf(await stepUp(current, codeOf(secret)));
    }
    expect(await statusOf(current)).toBe(200);
    clock.advance(minutes(20));
    expect(await statusOf(current)).toBe(401);
  });
});

describe('S6 a link alone is too little for whoever has power over others and an app', () => {
  const byLink = (body: object) => request(server).post('/session').send(body);

  test('it stays open until a right code comes with it, and then counts as a second factor', async () => {
    const { id, secret } = await enrolled(['security_admin']);
    const token = await at.access.issueSignInLink({ accountId: id });
    const bare = await byLink({ token });
    expect([bare.status, bare.body.code, idOf(bare)]).toEqual([401, 'ACCESS_CODE_REQUIRED', '']);
    const wrong = await byLink({ token, code: '000000' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'ACCESS_BAD_CODE']);
    clock.advance(seconds(3));
    const code = codeOf(secret);
    const opened = await byLink({ token, code });
    expect(opened.status).toBe(200);
    const factor = await request(server)
      .get('/session/factor')
      .set(cookieOf(idOf(opened)));
    expect(factor.body.fresh_until).not.toBeNull();
    expect((await byLink({ token, code })).body.code).toBe('ACCESS_BAD_LINK');
    expect((await trail('factor.shown')).map(({ result }) => result)).toEqual(['refused']);
  });

  test('a code is spent with the link: it opens nothing else', async () => {
    const { id, secret } = await enrolled();
    const code = codeOf(secret);
    const links = [
      await at.access.issueSignInLink({ accountId: id }),
      await at.access.issueSignInLink({ accountId: id }),
    ];
    const answers = await Promise.all(links.map((token) => byLink({ token, code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('a recovery code does as well', async () => {
    const { id, recovery } = await enrolled(['compliance_officer']);
    const token = await at.access.issueSignInLink({ accountId: id });
    expect((await byLink({ token, code: recovery.recovery_codes[0] })).status).toBe(200);
  });

  test('S7 five wrong codes close it, whatever address they come from', async () => {
    const { id, secret } = await enrolled();
    const token = await at.access.issueSignInLink({ accountId: id });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const code = i === 5 ? codeOf(secret) : '000000';
      statuses.push((await byLink({ token, code }).set('x-forwarded-for', `10.1.0.${i}`)).status);
      clock.advance(seconds(16));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('others come by the link alone, and so does who has no app yet', async () => {
    const seller = await enrolled(['sales']);
    const { token } = await at.access.createUser({ name: 'x', roles: ['security_admin'] });
    const links = [await at.access.issueSignInLink({ accountId: seller.id }), token];
    for (const link of links) expect((await byLink({ token: link })).status).toBe(200);
  });

  test.each([
    ['system_admin', hours(1)],
    ['security_admin', hours(1)],
    ['compliance_officer', hours(1)],
    ['sales', days(1)],
    ['auditor', hours(1)],
  ])('a link for %s is good for %i ms, asked for longer or not', async (role, life) => {
    for (const ttl of [undefined, days(2)]) {
      const { id } = await aPerson(at, { roles: [role] });
      const links = [0, 1].map(() => at.access.issueSignInLink({ accountId: id, ...(ttl ? { ttl } : {}) }));
      const [early = '', late = ''] = await Promise.all(links);
      clock.advance(life - 1);
      expect((await byLink({ token: early })).status).toBe(200);
      clock.advance(1);
      expect((await byLink({ token: late })).body.code).toBe('ACCESS_BAD_LINK');
    }
  });

  test('a link for a day is one for an hour once its account has power over others', async () => {
    const { id } = await aPerson(at, { roles: ['sales'] });
    const [early, late] = [
      await at.access.issueSignInLink({ accountId: id }),
      await at.access.issueSignInLink({ accountId: id }),
    ];
    await at.users.changeRoles(id, { roles: ['system_admin'] }, aViewer(['security_admin'], { id: 'guard' }));
    clock.advance(hours(1) - 1);
    expect((await byLink({ token: early })).status).toBe(200);
    clock.advance(1);
    expect((await byLink({ token: late })).body.code).toBe('ACCESS_BAD_LINK');
  });

  test('the first link of all is good for a day', async () => {
    const token = await at.access.issueSignInLink({});
    clock.advance(days(1) - 1);
    expect((await byLink({ token })).status).toBe(200);
  });
});
