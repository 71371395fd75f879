import { readFileSync } from 'node:fs';
import request from 'supertest';
import { openApp, type TestApp } from './support';

const idle = { ready: 3, running: 1, parked: 2, oldest_ready_seconds: 70 };

const watched = (app: TestApp, changed: object = {}) => {
  app.metrics.watch({
    db: app.db,
    jobs: async () => idle,
    inbox: async () => ({ pending: 4, parked: 1, oldest_pending_seconds: 9 }),
    spoolDepth: () => 7,
    backupAge: async () => 3600,
    archive: async () => ({ lag_seconds: 5, unopened: 0, gaps: 0, parked: { key_missing: 2 }, media: { stored: 1 } }),
    health: () => app.health.report(),
    ...changed,
  });
  return app;
};
const text = async (app: TestApp) => (await request(app.server).get('/metrics')).text;

let app: TestApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

test('O6: every figure is there', async () => {
  watched(app);
  app.health.register({ name: 'disk', check: async () => ({ level: 'degraded', detail: 'full' }) });
  app.metrics.callback('agent', 'accepted');
  app.metrics.wecom.count('user/get', '45009');
  const soon = new Date(Date.now() + 90_000);
  await app.db.execute('INSERT INTO wecom_block (api, blocked_until, eased_until, reason) VALUES (?, ?, ?, ?)', [
    'user/get',
    soon,
    soon,
    '45009',
  ]);
  const found = await text(app);
  for (const line of [
    'inbox_events{state="pending"} 4',
    'inbox_events{state="parked"} 1',
    'inbox_oldest_pending_seconds 9',
    'jobs{state="ready"} 3',
    'jobs_oldest_ready_seconds 70',
    'callback_spool_depth 7',
    'backup_age_seconds 3600',
    'callbacks_total{receiver="agent",outcome="accepted"} 1',
    'wecom_calls_total{api="user/get",outcome="45009"} 1',
    'health_check_level{check="disk"} 1',
  ]) {
    expect(found).toContain(line);
  }
  expect(Number(/wecom_blocked_seconds\{api="user\/get"\} (\d+)/.exec(found)?.[1])).toBeGreaterThan(60);
});

test('O6: routes are told by their pattern, made-up addresses and methods are not told apart', async () => {
  const get = (path: string) => request(app.server).get(path).set(app.bearer);
  await get('/api/v1/runs/one');
  await get('/api/v1/runs/two');
  await get('/wp-admin.php');
  await get('/api/v1/.env');
  await request(app.server).propfind('/secret');
  await request(app.server).get('/callbacks/wecom/agent');
  const counts = [...(await text(app)).matchAll(/http_request_duration_seconds_count(\{.*\}) (\d+)/g)].map(
    ([, labels, count]) => `${labels} ${count}`,
  );
  expect(counts.sort()).toEqual([
    '{method="GET",route="/api/v1/runs/:id",status="404"} 2',
    '{method="GET",route="/callbacks/wecom/agent",status="404"} 1',
    '{method="GET",route="other",status="404"} 2',
    '{method="other",route="other",status="405"} 1',
  ]);
});

test('a figure whose source fails is left out; the others and the answer stay', async () => {
  watched(app, {
    inbox: async () => {
      throw new Error('away');
    },
  });
  const found = await text(app);
  expect(found).toContain('jobs{state="ready"} 3');
  expect(found).not.toMatch(/^inbox_(events|oldest_pending_seconds)[{ ]/m);
});

test('S21: without a token only programs on this machine may read, not what a proxy forwards', async () => {
  expect((await request(app.server).get('/metrics')).status).toBe(200);
  const forwarded = await request(app.server).get('/metrics').set('x-forwarded-for', '203.0.113.9');
  expect([forwarded.status, forwarded.body.code]).toEqual([403, 'FORBIDDEN']);
});

test('S21: with a token it is asked for', async () => {
  const guarded = await openApp({ env: { METRICS_TOKEN: 'a-long-random-text' } });
  const get = (authorization: string) => request(guarded.server).get('/metrics').set({ authorization });
  expect((await request(guarded.server).get('/metrics')).status).toBe(401);
  expect((await get('Bearer wrong')).status).toBe(401);
  const response = await get('Bearer a-long-random-text');
  expect(response.status).toBe(200);
  expect(response.text).not.toContain('a-long-random-text');
  await guarded.close();
});

describe('O6: docs/alerts.yml', () => {
  const expressions = [...readFileSync('docs/alerts.yml', 'utf8').matchAll(/^\s+expr: (.+)$/gm)].map(([, text]) =>
    String(text),
  );
  const words = 'by|without|and|or|unless|on|group_left|offset';
  const namesIn = (expression: string): string[] =>
    expression
      .replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|without|on) \([^)]*\)/g, '')
      .match(/[a-z_]\w*\b(?!\s*\()/g)
      ?.filter((name) => !new RegExp(`^(${words})$`).test(name)) ?? [];
  const known = async () => [...(await text(watched(app))).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => String(name));
  const plain = (name: string) => name.replace(/_(bucket|count|sum)$/, '');

  test('names only figures there are', async () => {
    expect(expressions.length).toBeGreaterThan(10);
    const used = expressions.flatMap(namesIn).map(plain);
    const there = await known();
    expect(used.filter((name) => !there.includes(name))).toEqual([]);
  });

  test('has an alert for every figure of ours', async () => {
    const used = new Set(expressions.flatMap(namesIn).map(plain));
    const ours = (await known()).filter((name) => !/^(process|nodejs)_/.test(name));
    expect(ours.filter((name) => !used.has(name))).toEqual([]);
  });
});
