import request from 'supertest';
import { routesOf } from '../../src/openapi';
import { openApp, type TestApp } from './support';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({
    services: {
      overview: {
        view: async () => {
          throw new Error('SELECT password FROM account -- at /srv/secret.ts');
        },
      },
      staff: { list: async () => ({ items: [{ userid: 7 }], next_cursor: null }) },
    },
  });
});
afterAll(() => app.close());

const call = (method: string, path: string) => {
  const agent = request(app.server);
  if (method === 'post') return agent.post(path);
  if (method === 'put') return agent.put(path);
  if (method === 'delete') return agent.delete(path);
  return agent.get(path);
};

const routes = () => routesOf(app.services);

test('every route names a permission and one sentence about itself', () => {
  expect(routes().length).toBeGreaterThan(25);
  for (const { spec } of routes()) {
    expect(spec.can).toMatch(/^(public|self|[a-z_]+:[a-z]+)$/);
    expect(spec.about).toMatch(/^\S.{3,}/);
  }
});

test('S21: without a credential every route but sign-in answers 401, whatever it is sent', async () => {
  for (const { method, path, spec } of routes()) {
    if (spec.can === 'public') continue;
    const address = `/api/v1${path.replace(/:\w+/g, '1')}`;
    const asked = call(method, address).set('x-requested-with', 'scrm').set('content-type', 'text/csv');
    const response = await (method === 'get' ? asked : asked.send('a,b'));
    expect([address, response.status, response.body.code]).toEqual([address, 401, 'UNAUTHORIZED']);
  }
});

const places: [method: string, path: string, status: number][] = [
  ['get', '/', 200],
  ['get', '/sidebar/', 200],
  ['get', '/assets/app.js', 200],
  ['get', '/assets/none.js', 404],
  ['get', '/healthz', 200],
  ['get', '/readyz', 200],
  ['get', '/metrics', 200],
  ['get', '/api/openapi.json', 200],
  ['get', '/api/docs', 200],
  ['get', '/api/docs/swagger-ui-bundle.js', 200],
  ['get', '/api/nothing', 404],
  ['get', '/api/v1/nothing', 404],
  ['get', '/api/v1/session', 401],
  ['get', '/api/v1/runs?colour=red', 400],
  ['get', '/api/v1/runs/unknown', 404],
  ['get', '/api/v1/overview', 500],
  ['post', '/api/v1/sync-runs', 403],
  ['put', '/api/v1/sync-runs', 405],
  ['post', '/', 404],
];

test.each(places)('S21: %s %s answers %i with every security header', async (method, path, status) => {
  const credential = path.endsWith('/session') || method === 'post' ? {} : app.bearer;
  const { status: answered, headers } = await call(method, path).set(credential);
  expect(answered).toBe(status);
  const policy = String(headers['content-security-policy']);
  // Beside a chat the JS-SDK is loaded, and the sandbox shows the page in its pretend client; nowhere else.
  const isBesideChat = path === '/sidebar/';
  expect(policy).toMatch(
    isBesideChat
      ? /default-src 'self';script-src 'self' https:\/\/res\.wx\.qq\.com /
      : /default-src 'self';script-src 'self';/,
  );
  expect(policy).toMatch(/object-src 'none';base-uri 'none';form-action 'self';frame-ancestors /);
  expect(policy.endsWith("frame-ancestors 'none'")).toBe(!isBesideChat);
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(headers['permissions-policy']).toMatch(/camera=\(\)/);
  expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['x-powered-by']).toBeUndefined();
  if (status >= 400) expect(headers['content-type']).toMatch(/^application\/problem\+json/);
});

test('S21: a bug is answered by its trace id and nothing of its insides', async () => {
  const response = await request(app.server).get('/api/v1/overview').set(app.bearer);
  expect(response.body).toEqual({
    type: 'about:blank',
    title: 'Something went wrong on our side',
    status: 500,
    code: 'INTERNAL',
    fields: [],
    trace_id: response.headers['x-request-id'],
  });
});

test('an answer that is not what the route promises is a 500, and does not leave', async () => {
  const response = await request(app.server).get('/api/v1/staff').set(app.bearer);
  expect([response.status, response.body.code]).toEqual([500, 'INTERNAL']);
  expect(response.text).not.toContain('userid');
});

test('a method that an address does not know is a 405 that names those it does', async () => {
  const response = await request(app.server).put('/api/v1/sync-runs').set(app.bearer).send({});
  expect([response.status, response.body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(response.headers.allow).toMatch(/GET.*POST|POST.*GET/);
});

test('S21: CORS is closed, also to a preflight', async () => {
  const response = await request(app.server)
    .options('/api/v1/sync-runs')
    .set({ origin: 'https://evil.example', 'access-control-request-method': 'POST' });
  expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('S5: a write that rides on a cookie needs our own page; a bearer token does not', async () => {
  const link = await app.access.issueSignInLink({ ttl: 60_000 });
  const signedIn = await request(app.server)
    .post('/api/v1/session')
    .set('x-requested-with', 'scrm')
    .send({ token: link });
  const cookie = String(signedIn.headers['set-cookie']).split(';', 1).join();
  const write = () => request(app.server).post('/api/v1/sync-runs').set('cookie', cookie).send({ scope: 'directory' });
  expect((await write()).body.code).toBe('CROSS_SITE');
  const foreign = await write().set({ 'x-requested-with': 'scrm', origin: 'https://evil.example' });
  expect(foreign.body.code).toBe('CROSS_SITE');
  expect((await write().set('x-requested-with', 'scrm')).status).toBe(202);
});

test('the pages of the API need no script of their own inside, and no other server', async () => {
  const page = await request(app.server).get('/api/docs');
  expect(page.type).toBe('text/html');
  expect(page.text).not.toMatch(/<script(?![^>]*src=)|https?:|onload=/);
  const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => String(source));
  expect(sources).toHaveLength(3);
  for (const source of sources) expect((await request(app.server).get(source)).status).toBe(200);
  const document = await request(app.server).get('/api/openapi.json');
  expect(Object.keys(document.body.paths)).toContain('/sync-runs');
});

test('the events of a run are a stream, and an unknown run is a 404 as elsewhere', async () => {
  const { id } = await app.runs.start('reconciliation', {}, 'test');
  await app.runs.cancel(id);
  const events = await request(app.server).get(`/api/v1/runs/${id}/events`).set(app.bearer);
  expect([events.status, events.type]).toEqual([200, 'text/event-stream']);
  expect(events.text).toMatch(/event:run\n.*"state":"cancelled"/s);
  const unknown = await request(app.server).get('/api/v1/runs/unknown/events').set(app.bearer);
  expect([unknown.status, unknown.type]).toEqual([404, 'application/problem+json']);
});

test('the console is revalidated, its assets are kept', async () => {
  const page = await request(app.server).get('/customers/wm1');
  expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache']);
  const again = await request(app.server).get('/customers/wm1').set('if-none-match', String(page.headers.etag));
  expect([again.status, again.text]).toEqual([304, '']);
  const asset = await request(app.server).get('/assets/app.js');
  expect(asset.headers['cache-control']).toMatch(/immutable/);
});

test('S20: a path never leads out of the folder of the console', async () => {
  for (const path of ['/../app.test.ts', '/%2e%2e/app.test.ts', '/assets/..%2f..%2fapp.test.ts', '/..%5capp.test.ts']) {
    expect((await request(app.server).get(path)).text).not.toContain('openApp');
  }
});

describe('behind a proxy', () => {
  const addressOf = async (env: Record<string, string>) => {
    const seen: object[] = [];
    const one = await openApp({
      env,
      callbacks: (ctx, next) => {
        seen.push({ secure: ctx.secure, ip: ctx.ip.replace('::ffff:', '') });
        return next();
      },
    });
    await request(one.server)
      .get('/healthz')
      .set({ 'x-forwarded-proto': 'https', 'x-forwarded-for': '6.6.6.6, 203.0.113.9' });
    await one.close();
    return seen[0];
  };

  test('with an https address the last word of the proxy counts', async () => {
    expect(await addressOf({ PUBLIC_URL: 'https://scrm.example.com' })).toEqual({ secure: true, ip: '203.0.113.9' });
  });

  test('without one nobody may write such headers', async () => {
    expect(await addressOf({})).toEqual({ secure: false, ip: '127.0.0.1' });
  });
});
