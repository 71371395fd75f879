import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { createJobQueue, createWorker, type JobWorker } from '../../../../src/jobs';
import { until } from '../../../support/system';
import { dropTriggers } from '../evidence/support';
import { openAccess, serve } from '../support';

let services: Awaited<ReturnType<typeof openAccess>>;
let server: Server;
let worker: JobWorker;
let bearer: { authorization: string };
beforeEach(async () => {
  services = await openAccess();
  server = createServer(serve(services)).listen(0);
  const { db, runs, logger } = services;
  worker = createWorker({ db, queue: createJobQueue({ db }), handlers: runs.handlers(), logger });
  worker.start();
  const { token } = await services.access.issueToken({ name: 'reader', roles: ['auditor'] });
  bearer = { authorization: `Bearer ${token}` };
});
afterEach(async () => {
  await worker.stop();
  await new Promise((done) => server.close(done));
  await services.close();
});

const status = async () => (await request(server).get('/audit-status').set(bearer)).body;

/** Asks for a verification and waits for its end. */
async function verification(body: object = {}) {
  const started = await request(server).post('/audit-verifications').set(bearer).send(body);
  expect(started.status).toBe(202);
  await until('the run ends', async () => (await services.runs.get(started.body.id)).finished_at !== null, 20_000);
  return services.runs.get(started.body.id);
}

test('S16 A2: a verification by request ends with a verdict, is recorded, and makes an anchor', async () => {
  expect(await status()).toMatchObject({ links: 0, pending: 1, last_anchor: null, last_verification: null });
  const run = await verification();
  expect(run).toMatchObject({ state: 'succeeded', result: { ok: true, checked: 1, faults: [] } });
  expect(await status()).toEqual({
    links: 2,
    pending: 0,
    newest_link_at: expect.any(String),
    last_checkpoint: expect.objectContaining({ n: 1 }),
    last_anchor: expect.objectContaining({ n: 2 }),
    anchors_on_same_disk: null,
    witnesses_behind: [],
    last_verification: expect.objectContaining({ ok: true, scope: 'all', checked: 1, fault_count: 0, faults: [] }),
  });
  const { body } = await request(server).get('/audit-events?action=audit.verified').set(bearer);
  expect(body.items).toMatchObject([{ result: 'ok', actor: expect.stringMatching(/^token:/), sealed: true }]);
  const { body: list } = await request(server).get('/audit-verifications').set(bearer);
  expect(list.items).toMatchObject([{ id: run.id }]);
});

test('S16: a broken chain is named by the run, logged as an error, shown by readiness, and stays shown', async () => {
  const { db, verifications, logged } = services;
  await verification();
  expect(await verifications.health.check()).toMatchObject({ level: 'ok' });
  await dropTriggers(db);
  await db.execute("UPDATE audit_event SET actor = 'nobody' WHERE action = 'api_token.issued'");
  expect((await verification({ scope: 'new' })).result).toMatchObject({ ok: true, checked: 1 });
  expect(logged).toEqual([]);
  const { result } = await verification();
  expect(result).toMatchObject({ ok: false, faults: [{ kind: 'changed', n: 1, row_id: 1, stream: 'audit' }] });
  expect(logged).toEqual(['the chain of evidence is broken']);
  const unwell = { level: 'degraded', detail: 'the trail was changed: 1 faults at the last verification' };
  expect(await verifications.health.check()).toEqual(unwell);
  // After a fault the new part alone says nothing: everything is read again.
  expect((await verification({ scope: 'new' })).result).toMatchObject({ ok: false, after: 0 });
  expect(await verifications.health.check()).toEqual(unwell);
});

test('S16: only who may read the trail may verify it, and only with known words', async () => {
  expect((await request(server).post('/audit-verifications').send({})).status).toBe(401);
  expect((await request(server).get('/audit-status')).status).toBe(401);
  const wrong = await request(server).post('/audit-verifications').set(bearer).send({ scope: 'some' });
  expect(wrong.status).toBe(422);
});
