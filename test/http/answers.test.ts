import { type AddressInfo, connect } from 'node:net';
import type { Context } from 'koa';
import request from 'supertest';
import type { Logger } from '../../src/core/logger';
import { openApp, type TestApp } from './support';

const lines: object[] = [];
const note = (message: string, meta: object) => lines.push({ message, ...meta });
const logger = { warn: note, error: note, info: note, debug: note } as unknown as Logger;

let app: TestApp;
beforeAll(async () => {
  const callbacks = (ctx: Context, next: () => Promise<void>) => {
    if (!ctx.path.startsWith('/callbacks/')) return next();
    ctx.type = 'text/plain';
    ctx.body = 'success';
    return undefined;
  };
  app = await openApp({ callbacks: callbacks as never, logger });
});
afterAll(() => app.close());
beforeEach(() => void lines.splice(0));

test('S21 S24 an answer to a callback is no page: not sniffed, not framed, https for good', async () => {
  const { headers, text } = await request(app.server).post('/callbacks/wecom/agent').send('x');
  expect([text, headers['content-type']]).toEqual(['success', 'text/plain; charset=utf-8']);
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none';base-uri 'none';object-src 'none';frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  });
});

test.each(['/', '/healthz', '/api/docs', '/api/v1/session', '/api/v1/sync-runs'])(
  'S24 TRACE of %s gives nothing back of what was sent',
  async (path) => {
    const response = await request(app.server)
      .trace(path)
      .set({ ...app.bearer, 'x-canary': 'seen-again' });
    expect(response.type).not.toBe('message/http');
    expect(JSON.stringify([response.headers, response.text])).not.toContain('seen-again');
  },
);

/** What comes back for bytes that no client library would send. */
async function raw(text: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(text);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test.each([
  ['both a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 44\r\n\r\nabcd'],
  ['an unknown coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['a length that is none', 'Content-Length: +4\r\n\r\nabcd'],
])('S24 a request with %s is refused, and what stands behind it is no request', async (_, rest) => {
  const hidden = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  const answer = await raw(`POST /api/v1/session HTTP/1.1\r\nHost: x\r\n${rest}${hidden}`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toContain('alive');
});

test('S24 every text says its character set, and no folder is listed', async () => {
  for (const path of ['/', '/assets/app.js', '/mark.svg', '/api/docs', '/api/docs/swagger-ui.css', '/metrics']) {
    const { status, headers } = await request(app.server).get(path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, expect.stringMatching(/; charset=utf-8$/)]);
  }
  expect((await request(app.server).get('/assets/')).text).not.toContain('app.js');
});

test('S24 what the API answers is kept by no cache', async () => {
  for (const path of ['/session', '/runs', '/audit-events', '/runs/unknown']) {
    const response = await request(app.server).get(`/api/v1${path}`).set(app.bearer);
    expect([path, response.headers['cache-control']]).toEqual([path, 'no-store']);
  }
});

test('S24 who asks for what their roles do not give is written down, also where the answer is a 404', async () => {
  const { token } = await app.access.issueToken({ name: 'seller', roles: ['sales'] });
  const asking = { authorization: `Bearer ${token}` };
  expect((await request(app.server).get('/api/v1/audit-events').set(asking)).status).toBe(403);
  expect((await request(app.server).get('/api/v1/users/7/sessions').set(asking)).status).toBe(404);
  const actor = expect.stringMatching(/^token:/);
  const common = { message: 'refused', actor, method: 'GET', address: expect.stringContaining('127.0.0.1') };
  expect(lines).toEqual([
    { ...common, code: 'http.forbidden', lacks: 'audit:read', path: '/api/v1/audit-events' },
    { ...common, code: 'http.not_found', lacks: 'access:read', path: '/api/v1/users/7/sessions' },
  ]);
  expect(JSON.stringify(lines)).not.toContain(token);
});

test('S24 strangers fill no log: what needs a credential and has none is only answered', async () => {
  await request(app.server).get('/api/v1/audit-events');
  await request(app.server).post('/api/v1/sync-runs').send({});
  expect(lines).toEqual([]);
});
