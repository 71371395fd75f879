import request from 'supertest';
import { purgeIdempotencyKeys } from '../../src/http/idempotency';
import { openApp, type TestApp } from './support';

let app: TestApp;
beforeEach(async () => {
  app = await openApp();
  app.runs.define('sync', { execute: async () => null });
});
afterEach(() => app.close());

const start = (key: string, body: object = { scope: 'directory' }, who = app.bearer) =>
  request(app.server).post('/api/v1/sync-runs').set(who).set('idempotency-key', key).send(body);
const runsThere = async () => (await app.runs.list({ kind: 'sync', limit: 100 })).items.length;

test('S20: a repeated key gets the first answer and starts nothing', async () => {
  const first = await start('a');
  const again = await start('a');
  expect([first.status, again.status]).toEqual([202, 202]);
  expect(again.body).toEqual(first.body);
  expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
  expect(await runsThere()).toBe(1);
});

test('of ten at the same time one starts a run, and all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => start('same')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await runsThere()).toBe(1);
});

test('another key, another caller, or none: another run', async () => {
  const { token } = await app.access.issueToken({ name: 'other', roles: ['sales_manager'] });
  await start('a');
  await start('b');
  await start('a', { scope: 'directory' }, { authorization: `Bearer ${token}` });
  await request(app.server).post('/api/v1/sync-runs').set(app.bearer).send({});
  expect(await runsThere()).toBe(4);
});

test('a key is not for two different requests', async () => {
  await start('a');
  const other = await start('a', { scope: 'corp_tags' });
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_OTHER_BODY']);
  expect(await runsThere()).toBe(1);
});

test('a refused request leaves no key behind and may be sent again', async () => {
  expect((await start('a', { scope: 'everything' })).status).toBe(422);
  expect((await start('a')).status).toBe(202);
});

test('what fails after it began leaves neither run nor key', async () => {
  const spy = jest.spyOn(app.queue, 'add').mockRejectedValueOnce(new Error('power cut'));
  expect((await start('a')).status).toBe(500);
  spy.mockRestore();
  expect(await runsThere()).toBe(0);
  const again = await start('a');
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([202, undefined]);
});

test('a key nobody can type is refused', async () => {
  for (const key of ['x'.repeat(201), 'a b']) {
    const response = await start(key);
    expect([response.status, response.body.code]).toEqual([400, 'IDEMPOTENCY_BAD_KEY']);
  }
});

test('keys are forgotten after their time', async () => {
  await start('a');
  expect(await purgeIdempotencyKeys(app.db, new Date(Date.now() - 60_000))).toBe(0);
  expect(await purgeIdempotencyKeys(app.db, new Date(Date.now() + 60_000))).toBe(1);
  expect((await start('a')).headers['idempotency-replayed']).toBeUndefined();
});
