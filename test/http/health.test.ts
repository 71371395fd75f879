import { tmpdir } from 'node:os';
import Koa from 'koa';
import request from 'supertest';
import type { Database } from '../../src/db/database';
import { createHealth, type Finding, type Health, type HealthCheck } from '../../src/http/health';
import { type RefusedSettings, standardChecks } from '../../src/http/health-checks';
import type { JobCounts } from '../../src/jobs';
import { openWholeDatabase, silent } from './support';

const finding = (name: string, check: () => Promise<Finding>, vital = false): HealthCheck => ({ name, vital, check });
const ok = async (): Promise<Finding> => ({ level: 'ok', detail: 'fine' });
const healthOf = (...checks: HealthCheck[]): Health => {
  const health = createHealth({ logger: silent, keepMs: 0, limitMs: 100 });
  health.register(...checks);
  return health;
};
const get = (health: Health, path: string) => request(new Koa().use(health.routes).callback()).get(path);

test('O5: a degraded part is told and the process stays ready', async () => {
  const health = healthOf(
    finding('disk', async () => ({ level: 'degraded', detail: 'full' })),
    finding('database', ok, true),
  );
  const response = await get(health, '/readyz');
  expect(response.status).toBe(200);
  expect(response.body).toEqual({
    level: 'degraded',
    checks: [
      { name: 'disk', level: 'degraded', detail: 'full' },
      { name: 'database', level: 'ok', detail: 'fine' },
    ],
  });
});

test('O5: a vital part that fails or hangs makes it not ready; another part degrades it', async () => {
  const fails = () => Promise.reject(new Error('password for root@10.0.0.1'));
  const hangs = () => new Promise<Finding>(() => undefined);
  const response = await get(
    healthOf(finding('a', fails, true), finding('b', hangs, true), finding('c', fails)),
    '/readyz',
  );
  expect(response.status).toBe(503);
  expect(response.body.checks).toEqual([
    { name: 'a', level: 'down', detail: 'it fails' },
    { name: 'b', level: 'down', detail: 'no answer within 100 ms' },
    { name: 'c', level: 'degraded', detail: 'it fails' },
  ]);
});

test('O5: /healthz asks nobody', async () => {
  let asked = 0;
  const health = healthOf(
    finding(
      'database',
      async () => {
        asked++;
        throw new Error('away');
      },
      true,
    ),
  );
  const response = await get(health, '/healthz');
  expect([response.status, response.body, asked]).toEqual([200, { status: 'alive' }, 0]);
});

test('a check that hangs is not asked again, and counts again once it answers', async () => {
  const answers: ((finding: Finding) => void)[] = [];
  const health = healthOf(finding('slow', () => new Promise((resolve) => answers.push(resolve))));
  expect((await health.report()).level).toBe('degraded');
  expect((await health.report()).level).toBe('degraded');
  expect(answers).toHaveLength(1);
  answers[0]?.(await ok());
  await new Promise((done) => setTimeout(done, 20));
  const next = health.report();
  await new Promise((done) => setTimeout(done, 20));
  answers[1]?.(await ok());
  expect((await next).level).toBe('ok');
  expect(answers).toHaveLength(2);
});

test('many who ask at once cost one look', async () => {
  let asked = 0;
  const health = createHealth({ logger: silent, keepMs: 60_000 });
  health.register(
    finding('database', async () => {
      asked++;
      return ok();
    }),
  );
  await Promise.all(Array.from({ length: 50 }, () => health.report()));
  expect(asked).toBe(1);
});

test('F9: it is not ready as soon as it is told to stop, and still alive', async () => {
  const health = healthOf(finding('database', ok, true));
  expect((await get(health, '/readyz')).status).toBe(200);
  health.drain();
  expect((await get(health, '/readyz')).status).toBe(503);
  expect((await get(health, '/healthz')).status).toBe(200);
});

describe('the standard checks', () => {
  let db: Database;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ db, close } = await openWholeDatabase());
  });
  afterEach(() => close());

  const idle: JobCounts = { ready: 0, running: 0, parked: 0, oldest_ready_seconds: null };
  const check = async (changed: object = {}) => {
    const sources = {
      db,
      dataDir: tmpdir(),
      jobs: async () => idle,
      refusedSettings: (): RefusedSettings[] => [],
      spoolDepth: () => 0,
      ...changed,
    };
    const report = await healthOf(...standardChecks(sources)).report();
    return Object.fromEntries(report.checks.map(({ name, level, detail }) => [name, `${level}: ${detail}`]));
  };

  test('O5: everything that can be unwell has one', async () => {
    const found = await check();
    expect(Object.keys(found)).toEqual([
      'database',
      'migrations',
      'queue',
      'parked',
      'wecom',
      'disk',
      'clock',
      'spool',
    ]);
    expect(found).toMatchObject({
      database: 'ok: answers',
      migrations: 'ok: all applied',
      queue: 'ok: 0 waiting, the oldest due for 0 s',
      parked: 'ok: none',
      wecom: 'ok: no settings refused',
      spool: 'ok: empty',
    });
    expect(found.disk).toMatch(/MB free/);
  });

  test('O5: it flips when the database goes away', async () => {
    const original = db.query.bind(db);
    const broken = jest.spyOn(db, 'query').mockRejectedValue(new Error('connect ECONNREFUSED 10.0.0.1:3306'));
    expect(await check()).toMatchObject({ database: 'down: it fails', migrations: 'down: it fails' });
    broken.mockImplementation(original);
    expect(await check()).toMatchObject({ database: 'ok: answers' });
  });

  test('O5: a migration that is missing', async () => {
    await db.execute('DELETE FROM migration WHERE name LIKE ?', ['Deployment%']);
    expect((await check()).migrations).toBe('down: 1 not applied');
  });

  test('O5: late, parked, refused, spooled, skewed, full', async () => {
    jest.spyOn(db, 'measureClock').mockResolvedValue(-61_000);
    const found = await check({
      jobs: async () => ({ ready: 5, running: 0, parked: 2, oldest_ready_seconds: 61 }),
      refusedSettings: () => [{ app: 'agent', errcode: 40001 }],
      spoolDepth: () => 12,
      dataDir: '/nowhere/at/all',
    });
    expect(found).toMatchObject({
      queue: 'degraded: 5 waiting, the oldest due for 61 s',
      parked: 'degraded: 2 gave up and wait for a person',
      wecom: 'degraded: refuses the settings of agent (40001)',
      spool: 'degraded: 12 callbacks wait for the database',
      clock: "degraded: the database's clock is -61 s ahead",
      disk: 'degraded: it fails',
    });
  });
});
