import { days, hours, minutes } from '../../../../src/core/clock';
import { openWebhooks, type WebhooksAtTest } from './webhooks-at-test';

let at: WebhooksAtTest;
beforeAll(async () => {
  at = await openWebhooks();
});
afterAll(() => at.stop());
afterEach(async () => {
  for (const { id } of await at.webhooks.subscriptions.list()) await at.webhooks.subscriptions.remove(id, at.admin);
  at.receiver.arrivals.length = 0;
});

const idsAt = (path: string) => at.receiver.at(path).map(({ headers }) => headers['webhook-id']);

describe('E4 replay', () => {
  test('of one delivery sends it again under the same id, and leaves its record', async () => {
    const { id } = await at.subscribe('/one');
    await at.tell('li');
    await at.settled();
    const [before] = await at.deliveries(id);
    await at.webhooks.deliveries.replay(before?.id ?? '', at.admin);
    await at.settled();
    expect(idsAt('/one')).toEqual([before?.event_id, before?.event_id]);
    expect((await at.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 1 });
    expect((await at.webhooks.deliveries.get(before?.id ?? '')).tries).toHaveLength(2);
    const record = await at.audit.last('webhook.replayed', `webhook:${id}`);
    expect(record).toMatchObject({ actor: 'token:at-test', detail: { delivery: before?.id } });
  });

  test('of a time range sends what failed in it, or all of it, and nothing else', async () => {
    const { id } = await at.subscribe('/range');
    at.receiver.answers('/range', () => ({ status: /bad/.test(at.receiver.arrivals.at(-1)?.body ?? '') ? 410 : 200 }));
    const from = at.clock.now();
    await at.tell('good-1', 'good-2');
    await at.pass(minutes(1));
    const later = at.clock.now();
    await at.tell('good-3');
    await at.settled();
    const to = new Date(later.getTime() + 1);
    await at.pass(minutes(1));
    await at.tell('bad-1');
    await at.settled();
    const { url, version } = await at.webhooks.subscriptions.get(id);
    const range = (body: { from: Date; to: Date; state: 'failed' | 'all' }) =>
      at.webhooks.deliveries.replayRange(id, body, at.admin);
    await expect(range({ from, to, state: 'all' })).rejects.toMatchObject({ code: 'webhook.inactive' });
    const on = { url, description: '', event_types: ['staff.departed' as const], active: true, version };
    await at.webhooks.subscriptions.change(id, on, at.admin);

    at.receiver.arrivals.length = 0;
    at.receiver.answers('/range', { status: 200 });
    expect(await range({ from, to, state: 'failed' })).toBe(0);
    expect(await range({ from, to: later, state: 'all' })).toBe(2);
    expect(await range({ from: later, to: new Date(to.getTime() + hours(1)), state: 'failed' })).toBe(1);
    await at.settled();
    const told = at.receiver.at('/range').map(({ body }) => JSON.parse(body).data.userid);
    expect(told.sort()).toEqual(['bad-1', 'good-1', 'good-2']);
  });

  test('what is on its way, unknown, or of a webhook that is off is not replayed', async () => {
    const { id, url, version } = await at.subscribe('/refuses');
    at.receiver.answers('/refuses', { status: 500 });
    await at.tell('li');
    await at.settled();
    const delivery = (await at.deliveries(id))[0]?.id ?? '';
    const replay = (one: string) => at.webhooks.deliveries.replay(one, at.admin);
    await expect(replay(delivery)).rejects.toMatchObject({ code: 'webhook.on_its_way', status: 409 });
    await expect(replay('nothing')).rejects.toMatchObject({ code: 'webhook.unknown_delivery', status: 404 });
    const off = { url, description: '', event_types: ['staff.departed' as const], active: false, version };
    await at.webhooks.subscriptions.change(id, off, at.admin);
    await at.pass(hours(1));
    expect((await at.deliveries(id))[0]).toMatchObject({ state: 'failed', error: 'the webhook is switched off' });
    await expect(replay(delivery)).rejects.toMatchObject({ code: 'webhook.inactive', status: 409 });
    await expect(at.webhooks.test(id, at.admin)).rejects.toMatchObject({ code: 'webhook.inactive' });
  });
});

test('E4 a test message goes to one webhook, whatever it subscribed to', async () => {
  const one = await at.subscribe('/tested');
  await at.subscribe('/untested');
  const eventId = await at.webhooks.test(one.id, at.admin);
  await at.settled();
  expect(idsAt('/tested')).toEqual([eventId]);
  expect(idsAt('/untested')).toEqual([]);
  expect(JSON.parse(at.receiver.at('/tested')[0]?.body ?? '')).toEqual({
    type: 'webhook.test',
    timestamp: at.clock.now().toISOString(),
    data: { webhook_id: one.id },
  });
});

test('E4 the log keeps 30 days: tries, deliveries and events go together', async () => {
  const { id } = await at.subscribe('/kept');
  await at.tell('old');
  await at.settled();
  await at.pass(days(29));
  await at.tell('young');
  await at.settled();
  await at.pass(days(2));
  expect(await at.webhooks.deliveries.purge()).toBeGreaterThan(0);
  const left = await at.deliveries(id);
  expect(left).toHaveLength(1);
  const kept = await at.webhooks.deliveries.get(left[0]?.id ?? '');
  expect([kept.tries.length, kept.payload]).toEqual([
    1,
    expect.objectContaining({ data: { userid: 'young', noticed_by: 'event' } }),
  ]);
  const [count] = await at.db.query<{ n: unknown }>(
    `SELECT (SELECT COUNT(*) FROM webhook_event) + (SELECT COUNT(*) FROM webhook_delivery)
       + (SELECT COUNT(*) FROM webhook_attempt) AS n`,
  );
  expect(Number(count?.n)).toBe(3);
});

test('E4 the log keeps the beginning of an answer, without control characters', async () => {
  const { id } = await at.subscribe('/talks');
  at.receiver.answers('/talks', { status: 500, body: `\u0000\u001bno\n${'x'.repeat(100_000)}` });
  await at.tell('li');
  await at.settled();
  const { tries } = await at.webhooks.deliveries.get((await at.deliveries(id))[0]?.id ?? '');
  expect(tries[0]?.response).toBe(`no\n${'x'.repeat(997)}`);
});

test('E4 a webhook belongs to whoever made it; there are at most 20', async () => {
  const account = { ...at.admin, kind: 'account' as const, id: 'zhao' };
  const make = (n: number) =>
    at.webhooks.subscriptions.create(
      { url: at.receiver.url(`/${n}`), event_types: ['staff.departed'], description: '' },
      account,
    );
  const made = await make(0);
  await at.subscribe('/of-a-token');
  expect((await at.webhooks.ownedBy('zhao')).map(({ id }) => id)).toEqual([made.id]);
  for (let n = 2; n < 20; n++) await make(n);
  await expect(make(20)).rejects.toMatchObject({ code: 'webhook.too_many', status: 409 });
});

test('S13 the secret stands sealed in the database, and the audit trail holds neither it nor the path', async () => {
  const { id, secret } = await at.subscribe('/path-that-is-a-secret');
  const { secret: second } = await at.webhooks.subscriptions.rotateSecret(id, at.admin);
  const rows = JSON.stringify([
    await at.db.query('SELECT * FROM webhook_subscription'),
    await at.db.query('SELECT * FROM audit_event'),
  ]);
  for (const one of [secret, second]) expect(rows).not.toContain(one.slice('whsec_'.length));
  expect(JSON.stringify(await at.webhooks.subscriptions.list())).not.toContain('whsec_');
  expect(JSON.stringify(await at.db.query('SELECT * FROM audit_event'))).not.toContain('path-that-is-a-secret');
  const made = await at.audit.last('webhook.created', `webhook:${id}`);
  expect(made?.detail).toEqual({ host: at.receiver.host, event_types: ['staff.departed'] });
});
