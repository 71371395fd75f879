import { createServer, type Server } from 'node:http';
import { generateSync } from 'otplib';
import request from 'supertest';
import { hours, minutes, seconds, toUnix } from '../../../../src/core/clock';
import { createAccessService } from '../../../../src/features/kernel/access';
import { aPerson, signedIn } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { movableClock, openAccess, serve } from '../support';

let at: Awaited<ReturnType<typeof openAccess>>;
let clock: ReturnType<typeof movableClock>;
let server: Server;
/** The same database, another process. */
let elsewhere: ReturnType<typeof createAccessService>;
beforeEach(async () => {
  clock = movableClock();
  at = await openAccess(clock);
  elsewhere = createAccessService({ ...at, clock });
  server = createServer(serve(at)).listen(0);
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await at.close();
});

const password = 'seven green bottles 42';
const idOf = (response: request.Response): string =>
  /scrm_session=([^;]+)/.exec(String(response.headers['set-cookie']))?.[1] ?? '';
const codeOf = (secret: string): string => generateSync({ secret, epoch: toUnix(clock.now()) });
const guard = aViewer(['security_admin'], { id: 'guard' });

/** What the browser holds after an answer that renewed its session. */
const browserOf = (response: request.Response) => {
  const sessionId = idOf(response);
  return { sessionId, headers: { cookie: `scrm_session=${sessionId}`, 'x-requested-with': 'scrm' } };
};

/** An administrator with password and authenticator app. */
async function enrolled() {
  const person = await aPerson(at, { roles: ['system_admin'] });
  const as = (call: request.Test) => call.set(person.headers);
  await as(request(server).put('/session/password')).send({ name: 'admin', password });
  const { secret } = (await as(request(server).post('/session/totp'))).body;
  const confirmed = await as(request(server).put('/session/totp')).send({ code: codeOf(secret) });
  clock.advance(seconds(60));
  return { ...person, ...browserOf(confirmed), secret };
}

describe('S6 session fixation', () => {
  test('no way in takes over an id that the browser brought, and the session behind it ends', async () => {
    const { secret, sessionId } = await enrolled();
    const planted = 'B'.repeat(43);
    const ways = {
      password: () =>
        request(server)
          .post('/session/password')
          .send({ name: 'admin', password, code: codeOf(secret) }),
      link: async () => {
        const { token } = await at.access.createUser({ name: 'x', roles: ['sales'] });
        return request(server).post('/session').send({ token });
      },
    };
    const first = idOf(await ways.password().set('cookie', `scrm_session=${sessionId}`));
    expect([first === sessionId, await at.access.session(sessionId)]).toEqual([false, undefined]);
    const { token } = await at.access.createUser({ name: 'y', roles: ['sales'] });
    const second = idOf(
      await request(server).post('/session').set('cookie', `scrm_session=${planted}`).send({ token }),
    );
    expect(second).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(planted);
    clock.advance(seconds(60));
    const third = idOf(await ways.password().set('cookie', `scrm_session=${planted}`));
    expect(third).not.toBe(planted);
    expect(await at.access.session(planted)).toBeUndefined();
  });

  test('other roles end the id, here at once and elsewhere within 5 s; the next sign-in has another', async () => {
    const { id, sessionId } = await aPerson(at, { roles: ['sales'] });
    expect(await elsewhere.session(sessionId)).toBeDefined();
    await at.users.changeRoles(id, { roles: ['service'] }, guard);
    expect(await at.access.session(sessionId)).toBeUndefined();
    clock.advance(seconds(5));
    expect(await elsewhere.session(sessionId)).toBeUndefined();
    const next = await signedIn(at, id);
    expect(next.sessionId).not.toBe(sessionId);
    expect((await elsewhere.session(next.sessionId))?.roles).toEqual(['service']);
  });

  test('who is shut out, or whose token is revoked, is out within 5 s on every instance', async () => {
    const { id, sessionId } = await aPerson(at, { roles: ['sales'] });
    const issued = await at.access.issueToken({ name: 'x', roles: ['sales'] });
    for (const instance of [at.access, elsewhere]) {
      expect(await instance.session(sessionId)).toBeDefined();
      expect(await instance.viewerOfToken(issued.token)).toBeDefined();
    }
    await at.users.disable(id, guard);
    await at.access.revokeToken(issued.id, 'host');
    expect([await at.access.session(sessionId), await at.access.viewerOfToken(issued.token)]).toEqual([
      undefined,
      undefined,
    ]);
    clock.advance(seconds(5));
    expect(await elsewhere.session(sessionId)).toBeUndefined();
    expect(await elsewhere.viewerOfToken(issued.token)).toBeUndefined();
  });
});

describe('S7 second factors', () => {
  const stepUp = (headers: Record<string, string>, code: string, address = '10.0.0.1') =>
    request(server)
      .post('/session/step-up')
      .set({ ...headers, 'x-forwarded-for': address })
      .send({ code });

  test('five wrong codes close the account’s factor for 15 minutes, from wherever and in every session', async () => {
    const { id, secret, headers } = await enrolled();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      statuses.push((await stepUp(headers, '000000', `10.1.0.${i}`)).status);
      clock.advance(seconds(16));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const other = await signedIn(at, id, false);
    expect((await stepUp(other.headers, codeOf(secret), '10.9.9.9')).status).toBe(429);
    clock.advance(minutes(15));
    expect((await stepUp(other.headers, codeOf(secret))).status).toBe(204);
  });

  test('guessing the code of a new app is limited, too', async () => {
    const { headers } = await aPerson(at, { roles: ['sales'] });
    await request(server).post('/session/totp').set(headers);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      statuses.push((await request(server).put('/session/totp').set(headers).send({ code: '000000' })).status);
      clock.advance(seconds(16));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('one address that tries many accounts is stopped after 30', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) {
      const given = { name: `user-${i}`, password: 'x', code: '000000' };
      statuses.push((await request(server).post('/session/password').send(given)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });

  test('a wrong, a used, an old and a malformed code are answered alike', async () => {
    const { secret, headers: before } = await enrolled();
    const old = codeOf(secret);
    clock.advance(minutes(2));
    const used = codeOf(secret);
    const shown = await stepUp(before, used);
    expect(shown.status).toBe(204);
    const { headers } = browserOf(shown);
    const answers: string[] = [];
    for (const code of ['000000', used, old, 'ffff-ffff-ffff-ffff-ffff']) {
      const { status, body } = await stepUp(headers, code);
      answers.push(JSON.stringify([status, { ...body, trace_id: '' }]));
      clock.advance(seconds(16));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('ACCESS_BAD_CODE');
  });

  test('the limits outlive the process', async () => {
    const { headers, secret } = await enrolled();
    for (let i = 0; i < 5; i++) {
      await stepUp(headers, '000000');
      clock.advance(seconds(16));
    }
    const restarted = createServer(serve({ ...at, access: elsewhere }));
    const again = await request(restarted)
      .post('/session/step-up')
      .set(headers)
      .send({ code: codeOf(secret) });
    expect(again.status).toBe(429);
    clock.advance(hours(1));
  });
});
