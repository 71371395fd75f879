import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { z } from 'zod';
import { hours } from '../../../../src/core/clock';
import { post } from '../../../../src/http/route';
import { movableClock, openAccess, serve } from '../support';

let services: Awaited<ReturnType<typeof openAccess>>;
let server: Server;
beforeEach(async () => {
  services = await openAccess(movableClock());
  const start = post('/sync-runs', { can: 'sync:start', about: 'x', returns: z.object({}) }, () => ({}));
  server = createServer(serve(services, [start])).listen(0);
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await services.close();
});

const ownerLink = () => services.access.issueSignInLink({ ttl: hours(1) });
const signIn = (token: string) => request(server).post('/session').send({ token });
const cookieOf = (response: request.Response): string => String(response.headers['set-cookie']);
const idOf = (cookie: string): string => /scrm_session=([^;]+)/.exec(cookie)?.[1] ?? '';

test('S6: signing in sets a cookie that says who I am until I sign out', async () => {
  const response = await signIn(await ownerLink());
  expect(response.status).toBe(200);
  expect(response.body).toEqual({
    name: '管理员',
    roles: ['system_admin', 'security_admin', 'compliance_officer', 'sales_manager'],
    role_names: {},
    permissions: expect.arrayContaining(['access:write', 'audit:read', 'relations:read', 'settings:write']),
  });
  const cookie = `scrm_session=${idOf(cookieOf(response))}`;
  const me = await request(server).get('/session').set('cookie', cookie);
  expect(me.body).toEqual(response.body);
  const out = await request(server).delete('/session').set('cookie', cookie);
  expect([out.status, out.text]).toEqual([204, '']);
  expect(cookieOf(out)).toMatch(/scrm_session=; .*expires=Thu, 01 Jan 1970/);
  expect((await request(server).get('/session').set('cookie', cookie)).status).toBe(401);
});

test('S6: the cookie is HttpOnly and SameSite; on https also __Host- and Secure', async () => {
  const plain = cookieOf(await signIn(await ownerLink()));
  expect(plain).toMatch(/^scrm_session=[\w-]{43}; path=\/; samesite=lax; httponly$/);
  const { token } = await services.access.createUser({ name: '李雷', roles: ['sales'] });
  const secure = cookieOf(await signIn(token).set('x-forwarded-proto', 'https'));
  expect(secure).toMatch(/^__Host-scrm_session=[\w-]{43}; path=\/; samesite=lax; secure; httponly$/);
  const read = (name: string) =>
    request(server)
      .get('/session')
      .set('x-forwarded-proto', 'https')
      .set('cookie', `${name}=${idOf(secure)}`);
  expect((await read('__Host-scrm_session')).status).toBe(200);
  expect((await read('scrm_session')).status).toBe(401);
});

test('S6: an id the browser came with is never taken over, and ends at sign-in', async () => {
  const first = idOf(cookieOf(await signIn(await ownerLink())));
  const { token } = await services.access.createUser({ name: '李雷', roles: ['sales'] });
  const second = idOf(cookieOf(await signIn(token).set('cookie', `scrm_session=${first}`)));
  expect(second).not.toBe(first);
  expect(await services.access.session(first)).toBeUndefined();
  expect(await services.access.session(second)).toMatchObject({ name: '李雷' });

  const planted = 'A'.repeat(43);
  const third = await services.access.createUser({ name: '韩梅梅', roles: ['sales'] });
  const response = await signIn(third.token).set('cookie', `scrm_session=${planted}`);
  expect(idOf(cookieOf(response))).not.toBe(planted);
  expect(await services.access.session(planted)).toBeUndefined();
});

test('S21: a used and an unknown link get the same answer, without insides', async () => {
  const token = await ownerLink();
  await signIn(token);
  const [used, unknown] = [await signIn(token), await signIn('nonsense')];
  expect(used.status).toBe(401);
  expect(used.type).toBe('application/problem+json');
  expect(used.body.code).toBe('ACCESS_BAD_LINK');
  expect(used.body).toEqual(unknown.body);
  expect(used.headers['set-cookie']).toBeUndefined();
  expect(used.text).not.toMatch(/stack|SELECT|at .*\.ts/);
});

test('a body that is not a sign-in is refused by field', async () => {
  const response = await request(server).post('/session').send({ token: 7, name: 'x' });
  expect(response.status).toBe(422);
  expect(response.body.fields.map((field: { path: string }) => field.path)).toEqual(['token', 'name']);
});

test('a bearer token speaks for its roles', async () => {
  const { token } = await services.access.issueToken({ name: 'nightly', roles: ['sales'] });
  const me = await request(server).get('/session').set('authorization', `Bearer ${token}`);
  expect(me.body).toMatchObject({ name: 'nightly', roles: ['sales'] });
  const start = await request(server).post('/sync-runs').set('authorization', `Bearer ${token}`);
  expect([start.status, start.body.code]).toEqual([403, 'FORBIDDEN']);
});

test.each(['Bearer scrm_nonsense', `Bearer scrm_${'A'.repeat(43)}`, 'Bearer', 'Basic YTpi'])(
  'S21: with "%s" the cookie does not help, and even a public route answers 401',
  async (authorization) => {
    const cookie = `scrm_session=${idOf(cookieOf(await signIn(await ownerLink())))}`;
    const me = await request(server).get('/session').set({ authorization, cookie });
    expect([me.status, me.body.code]).toEqual([401, 'UNAUTHORIZED']);
    expect(me.headers['www-authenticate']).toBe('Bearer');
    const open = await request(server).post('/session').set({ authorization }).send({ token: 'x' });
    expect(open.body.code).toBe('UNAUTHORIZED');
  },
);

test('without any credential there is a 401, not a crash', async () => {
  for (const call of [request(server).get('/session'), request(server).delete('/session')]) {
    expect((await call).body.code).toBe('UNAUTHORIZED');
  }
});

test('the 31st attempt of one address is told to wait; another address is not', async () => {
  const attempt = (address: string) => signIn('nonsense').set('x-forwarded-for', address);
  for (let i = 0; i < 30; i++) expect((await attempt('10.0.0.1')).status).toBe(401);
  const refused = await attempt('10.0.0.1');
  expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await attempt('10.0.0.2')).status).toBe(401);
});
