import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import request from 'supertest';
import { openApp, type TestApp } from './support';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const post = (type: string) => request(app.server).post('/api/v1/sync-runs').set(app.bearer).set('content-type', type);
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

test.each(['{', '{"scope":', '[1,]', 'nonsense', '"text"', '7', '{"a":1}}'])(
  'S20: %s is not JSON we take',
  async (body) => {
    const response = await post('application/json').send(body);
    expect([response.status, response.body.code]).toEqual([400, 'BAD_REQUEST']);
  },
);

test('S20: 32 levels are read, 33 are not, and half a million cost nothing', async () => {
  expect((await post('application/json').send(nested(32))).body.code).toBe('VALIDATION');
  expect((await post('application/json').send(nested(33))).body.code).toBe('BAD_REQUEST');
  const bomb = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  expect((await post('application/json').send(bomb)).body.code).toBe('BAD_REQUEST');
});

test('S20: a body over 1 MB is refused, also when it is packed', async () => {
  const huge = `{"scope":"${'x'.repeat(1_100_000)}"}`;
  const plain = await post('application/json').send(huge);
  expect([plain.status, plain.body.code]).toEqual([413, 'TOO_LARGE']);
  const packed = gzipSync(`{"scope":"${'x'.repeat(50_000_000)}"}`);
  expect(packed.length).toBeLessThan(100_000);
  const bomb = await fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/sync-runs`, {
    method: 'POST',
    headers: { ...app.bearer, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: packed,
  });
  expect([bomb.status, await bomb.json()]).toEqual([413, expect.objectContaining({ code: 'TOO_LARGE' })]);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
  'S20: %s is not JSON',
  async (type) => {
    const response = await post(type).send('scope=all');
    expect([response.status, response.body.code]).toEqual([415, 'UNSUPPORTED_TYPE']);
  },
);

test('S20: an unknown or broken encoding is refused', async () => {
  const unknown = await post('application/json').set('content-encoding', 'rot13').send('{}');
  expect(unknown.body.code).toBe('UNSUPPORTED_TYPE');
  const broken = await post('application/json').set('content-encoding', 'gzip').send('{}');
  expect(broken.body.code).toBe('BAD_REQUEST');
});

test('a POST without a body is the same as one with an empty object', async () => {
  const response = await request(app.server).post('/api/v1/reconciliation-runs').set(app.bearer);
  expect([response.status, response.body.kind]).toEqual([202, 'reconciliation']);
});

test('every field that is wrong is named', async () => {
  const response = await post('application/json').send({ scope: 'everything', colour: 'red' });
  expect(response.status).toBe(422);
  expect(response.body.fields.map((field: { path: string }) => field.path)).toEqual(['scope', 'colour']);
});

test('S20: a host name that is none is refused', async () => {
  for (const host of ['a b', '../x', 'x:y', '<script>']) {
    const response = await request(app.server).get('/api/v1/live').set(app.bearer).set('host', host);
    expect([host, response.status]).toEqual([host, 400]);
  }
});

test('S20: whatever is asked, the answer is never a 5xx', async () => {
  const lists = ['/runs', '/jobs', '/sync-runs', '/reconciliation-runs', '/audit-events'];
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const name = fc.oneof(fc.constantFrom('limit', 'cursor', 'state', 'kind', 'actor'), text);
  const asked = fc.record({ list: fc.constantFrom(...lists), name, value: text, id: text, body: fc.json() });
  await fc.assert(
    fc.asyncProperty(asked, async ({ list, name, value, id, body }) => {
      const query = `${encodeURIComponent(toWellFormed(name))}=${encodeURIComponent(toWellFormed(value))}`;
      const found = await request(app.server).get(`/api/v1${list}?${query}`).set(app.bearer);
      const one = await request(app.server)
        .get(`/api/v1/runs/${encodeURIComponent(toWellFormed(id))}`)
        .set(app.bearer);
      const written = await post('application/json').send(body);
      for (const { status } of [found, one, written]) expect(status).toBeLessThan(500);
    }),
    { numRuns: 60 },
  );
});

const toWellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
