import { days, hours, minutes, seconds } from '../../../../src/core/clock';
import type { ActiveJob } from '../../../../src/jobs';
import { isGenuine, openWebhooks, type WebhooksAtTest } from './webhooks-at-test';

let at: WebhooksAtTest;
beforeAll(async () => {
  at = await openWebhooks({ resolve: async (name) => addresses[name] ?? [] });
});
afterAll(() => at.stop());
afterEach(async () => {
  for (const { id } of await at.webhooks.subscriptions.list()) await at.webhooks.subscriptions.remove(id, at.admin);
  at.receiver.arrivals.length = 0;
});

/** What names resolve to; a test may change its mind. */
const addresses: Record<string, string[]> = {};
const ids = (path: string) => at.receiver.at(path).map(({ headers }) => headers['webhook-id']);
const useridOf = (body: string): string => JSON.parse(body).data.userid;

describe('E4 a receiver that is down', () => {
  test('for 24 hours gets everything once it is back: lost = 0, under ids that never changed', async () => {
    const { id } = await at.subscribe('/down');
    const cameBackAt = at.clock.now().getTime() + hours(24);
    const isUp = () => at.clock.now().getTime() >= cameBackAt;
    at.receiver.answers('/down', () => (isUp() ? { status: 200 } : { status: 503 }));
    const userids = Array.from({ length: 30 }, (_, n) => `leaver-${n}`);
    for (const userid of userids) {
      await at.tell(userid);
      await at.pass(minutes(20));
    }
    while (!isUp()) await at.pass(hours(1));
    for (let more = 0; more < 40; more++) await at.pass(hours(1));

    const deliveries = await at.deliveries(id);
    expect(deliveries.map(({ state }) => state)).toEqual(userids.map(() => 'delivered'));
    const idsOf = new Map<string, Set<unknown>>();
    for (const { headers, body } of at.receiver.at('/down')) {
      idsOf.set(useridOf(body), (idsOf.get(useridOf(body)) ?? new Set()).add(headers['webhook-id']));
    }
    expect([...idsOf.keys()].sort()).toEqual([...userids].sort());
    expect([...idsOf.values()].map((seen) => seen.size)).toEqual(userids.map(() => 1));
    expect((await at.webhooks.subscriptions.get(id)).failing_since).toBeNull();
  });

  test('for good is tried at least 8 times over at least 24 hours, with growing pauses, and then shown as failed', async () => {
    const { id } = await at.subscribe('/never');
    const tries: number[] = [];
    at.receiver.answers('/never', () => {
      tries.push(at.clock.now().getTime());
      return { status: 500, body: 'broken' };
    });
    await at.tell('li');
    await at.settled();
    for (let step = 0; step < 60; step++) await at.pass(seconds(10));
    for (let step = 0; step < 160; step++) await at.pass(minutes(30));

    const [delivery] = await at.deliveries(id);
    expect(delivery).toMatchObject({ state: 'failed', attempts: 10, status: 500, error: 'HTTP 500', next_at: null });
    expect(tries).toHaveLength(10);
    expect((tries[7] ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(hours(24));
    const pauses = tries.slice(1).map((time, n) => time - (tries[n] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    const { tries: log } = await at.webhooks.deliveries.get(delivery?.id ?? '');
    expect(log).toHaveLength(10);
    expect(log[0]).toMatchObject({ status: 500, error: 'HTTP 500', response: 'broken' });
  });

  test('at the socket counts as a failure like any other', async () => {
    const { id } = await at.subscribe('/hangs-up');
    at.receiver.answers('/hangs-up', 'hang up');
    await at.tell('li');
    await at.settled();
    const [delivery] = await at.deliveries(id);
    expect(delivery).toMatchObject({ state: 'pending', attempts: 1, status: null });
    expect(delivery?.error).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
  });
});

test('E4 a process that dies between the answer and its note sends again under the same id', async () => {
  const { id } = await at.subscribe('/crash');
  let died = 0;
  await at.tell('li');
  const died_in: Pick<ActiveJob, 'payload' | 'signal'> & { commit(): Promise<never> } = {
    payload: { delivery_id: (await at.deliveries(id))[0]?.id ?? '' },
    signal: new AbortController().signal,
    commit: () => Promise.reject(new Error(`died ${++died}`)),
  };
  await expect(at.handler.handle(died_in as unknown as ActiveJob)).rejects.toThrow('died 1');
  await at.settled();
  expect(ids('/crash')).toHaveLength(2);
  expect(new Set(ids('/crash')).size).toBe(1);
  expect((await at.deliveries(id))[0]).toMatchObject({ state: 'delivered' });
});

test('E4 what is told and what is stored stand or fall together', async () => {
  const { id } = await at.subscribe('/rolled-back');
  const failing = at.db.transact(async () => {
    await at.tell('li');
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  await at.settled();
  expect([await at.deliveries(id), ids('/rolled-back')]).toEqual([[], []]);
});

test('E4 nothing is kept of what nobody subscribed to', async () => {
  const { id } = await at.subscribe('/departures');
  const data = { run_id: 'r', kind: 'sync', state: 'succeeded' };
  await at.db.transact(() => at.events.publish([{ type: 'run.finished', occurred_at: at.clock.now(), data }]));
  expect(await at.deliveries(id)).toEqual([]);
});

describe('E4 signatures', () => {
  test('verify with the secret that was shown once, and with no other', async () => {
    const { secret } = await at.subscribe('/signed');
    await at.tell('li', 'wang');
    await at.settled();
    const arrivals = at.receiver.at('/signed');
    expect(arrivals.map((one) => isGenuine(one, secret))).toEqual([true, true]);
    const arrival = arrivals.find(({ body }) => useridOf(body) === 'li');
    if (!arrival) throw new Error('nothing arrived');
    expect(isGenuine(arrival, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
    expect(isGenuine({ ...arrival, body: arrival.body.replace('li', 'hu') }, secret)).toBe(false);
    const { headers } = arrival;
    expect(isGenuine({ ...arrival, headers: { ...headers, 'webhook-timestamp': '1' } }, secret)).toBe(false);
    expect(Number(headers['webhook-timestamp']) * 1000).toBe(Math.floor(at.clock.now().getTime() / 1000) * 1000);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  test('verify with both secrets for a day after a rotation, then with the new one alone', async () => {
    const { id, secret: old } = await at.subscribe('/rotated');
    const { secret } = await at.webhooks.subscriptions.rotateSecret(id, at.admin);
    const verified = async () => {
      await at.tell('li');
      await at.settled();
      const arrival = at.receiver.at('/rotated').at(-1);
      return arrival && [isGenuine(arrival, secret), isGenuine(arrival, old)];
    };
    expect(await verified()).toEqual([true, true]);
    await at.pass(days(1) - 1);
    expect(await verified()).toEqual([true, true]);
    await at.pass(1);
    expect(await verified()).toEqual([true, false]);
  });
});

describe('E4 what a receiver asks for', () => {
  test.each([
    ['in seconds', () => '7200'],
    ['as a date', () => new Date(at.clock.now().getTime() + hours(2)).toUTCString()],
  ])('Retry-After %s is honoured', async (_, asked) => {
    const { id } = await at.subscribe('/busy');
    at.receiver.answers('/busy', { status: 429, headers: { 'retry-after': asked() } });
    await at.tell('li');
    await at.settled();
    await at.pass(hours(2) - seconds(2));
    expect(ids('/busy')).toHaveLength(1);
    at.receiver.answers('/busy', { status: 200 });
    await at.pass(seconds(2));
    expect(ids('/busy')).toHaveLength(2);
    expect((await at.deliveries(id))[0]?.state).toBe('delivered');
  });

  test('Retry-After of a year is cut to a day', async () => {
    const { id } = await at.subscribe('/years');
    at.receiver.answers('/years', { status: 503, headers: { 'retry-after': '31536000' } });
    await at.tell('li');
    await at.settled();
    const next = Date.parse((await at.deliveries(id))[0]?.next_at ?? '');
    expect(next - at.clock.now().getTime()).toBe(hours(24));
  });

  test('410 switches the webhook off at once, and the audit trail says so', async () => {
    const { id } = await at.subscribe('/gone');
    at.receiver.answers('/gone', { status: 410 });
    await at.tell('li');
    await at.settled();
    expect(await at.webhooks.subscriptions.get(id)).toMatchObject({ active: false, disabled_reason: 'gone' });
    expect((await at.deliveries(id))[0]).toMatchObject({ state: 'failed', attempts: 1, status: 410 });
    expect(await at.audit.last('webhook.disabled', `webhook:${id}`)).toMatchObject({ actor: 'system', reason: 'gone' });
    await at.tell('wang');
    expect(await at.deliveries(id)).toHaveLength(1);
  });

  test('a redirect is a failure: nothing is sent to where it leads', async () => {
    const { id } = await at.subscribe('/moved');
    at.receiver.answers('/moved', { status: 308, headers: { location: at.receiver.url('/elsewhere') } });
    await at.tell('li');
    await at.settled();
    expect((await at.deliveries(id))[0]).toMatchObject({ state: 'pending', error: 'HTTP 308' });
    expect(ids('/elsewhere')).toEqual([]);
  });
});

describe('E4 five days of nothing but failures', () => {
  const failFor = async (path: string, ms: number) => {
    const end = at.clock.now().getTime() + ms;
    while (at.clock.now().getTime() < end) {
      await at.tell('li');
      await at.pass(hours(12));
    }
    at.receiver.answers(path, { status: 500 });
  };

  test('switch the webhook off; switching it on again starts anew', async () => {
    const { id, url, version } = await at.subscribe('/failing');
    at.receiver.answers('/failing', { status: 500 });
    await failFor('/failing', days(4.5));
    expect((await at.webhooks.subscriptions.get(id)).active).toBe(true);
    await failFor('/failing', days(1));
    expect(await at.webhooks.subscriptions.get(id)).toMatchObject({ active: false, disabled_reason: 'failing' });
    expect(await at.audit.last('webhook.disabled', `webhook:${id}`)).toMatchObject({ reason: 'failing' });

    const change = { url, description: '', event_types: ['staff.departed' as const], active: true };
    await expect(at.webhooks.subscriptions.change(id, { ...change, version }, at.admin)).rejects.toMatchObject({
      code: 'webhook.stale',
    });
    const on = await at.webhooks.subscriptions.change(id, { ...change, version: version + 1 }, at.admin);
    expect(on).toMatchObject({ active: true, disabled_reason: null, failing_since: null });
  });

  test('one success in between, and the days are counted anew', async () => {
    const { id } = await at.subscribe('/wavering');
    at.receiver.answers('/wavering', { status: 500 });
    await failFor('/wavering', days(3));
    at.receiver.answers('/wavering', { status: 200 });
    await at.tell('li');
    await at.settled();
    at.receiver.answers('/wavering', { status: 500 });
    await failFor('/wavering', days(3));
    expect((await at.webhooks.subscriptions.get(id)).active).toBe(true);
  });
});

test('E4 a receiver that hangs holds up nobody else', async () => {
  const slow = await at.subscribe('/slow');
  const quick = await at.subscribe('/quick');
  at.receiver.answers('/slow', 'hang');
  await at.tell(...Array.from({ length: 60 }, (_, n) => `leaver-${n}`));
  for (const end = Date.now() + 8000; ids('/quick').length < 60 && Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, 20));
  }
  expect(ids('/quick')).toHaveLength(60);
  expect(ids('/slow')).toHaveLength(2);
  expect((await at.deliveries(slow.id)).map(({ state }) => state)).not.toContain('delivered');
  expect(quick.id).not.toBe(slow.id);
  await at.webhooks.subscriptions.remove(slow.id, at.admin);
  at.receiver.dropConnections();
  await at.settled();
});

describe('S4 addresses inside', () => {
  const create = (url: string) =>
    at.webhooks.subscriptions.create({ url, event_types: ['staff.departed'], description: '' }, at.admin);

  test.each([
    ['http://127.0.0.1/hook', 'address'],
    ['http://localhost/hook', 'address'],
    ['http://169.254.169.254/latest/meta-data', 'address'],
    ['http://[::ffff:10.0.0.1]/', 'address'],
    ['file:///etc/passwd', 'scheme'],
    ['https://user:pass@public.example/', 'credentials'],
    ['http://public.example:6379/', 'port'],
    ['not an address', 'unreadable'],
    ['http://nobody.example/', 'unresolved'],
  ])('are refused at registration: %s', async (url, reason) => {
    Object.assign(addresses, { localhost: ['127.0.0.1'], 'public.example': ['93.184.215.14'] });
    await expect(create(url)).rejects.toMatchObject({ code: 'outbound.refused', status: 422, details: { reason } });
    expect(await at.webhooks.subscriptions.list()).toEqual([]);
  });

  test('are refused at delivery, when a name has come to lead inside', async () => {
    addresses['turncoat.example'] = ['93.184.215.14'];
    const { id } = await create('http://turncoat.example/hook');
    addresses['turncoat.example'] = ['127.0.0.1'];
    await at.tell('li');
    await at.settled();
    const [delivery] = await at.deliveries(id);
    expect(delivery).toMatchObject({ state: 'pending', attempts: 1, status: null });
    expect(delivery?.error).toBe('This server does not call that address (address)');
    expect(at.receiver.arrivals).toEqual([]);
  });
});
