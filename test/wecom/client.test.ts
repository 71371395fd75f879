import { z } from 'zod';
import { sleep } from '../../src/core/clock';
import { WecomMalformed, WecomUnreachable } from '../../src/wecom/errors';
import { parseJson } from '../../src/wecom/json';
import { type Answer, ok, refuse } from './support/fake-wecom';
import { bulk, click, type Process, type WecomAtTest, wecomAtTest } from './support/wecom-at-test';

let at: WecomAtTest;
beforeEach(async () => {
  at = await wecomAtTest();
});
afterEach(() => at.stop());

const path = 'externalcontact/list';
const found = ok({ external_userid: ['wm1'] });
const list = ({ wecom }: Process, options: Parameters<typeof wecom.externalContacts.list>[1] = bulk) =>
  wecom.externalContacts.list('zhang', options);
const write = ({ wecom }: Process) =>
  wecom.client.call({
    app: 'agent',
    method: 'POST',
    path: 'externalcontact/remark',
    body: { remark: '客户 😀' },
    lane: 'click',
    idempotent: false,
    parse: z.object({}),
  });
const fault = (kind: 'reset' | 'truncate' | 'hang'): Answer => ({ fault: kind });

describe('faults of the way to WeCom (F4)', () => {
  test.each<[string, Answer]>([
    ['a reset', fault('reset')],
    ['a truncated body', fault('truncate')],
    ['a time-out', fault('hang')],
    ['HTTP 502', { status: 502 }],
    ['half a JSON', { text: '{"errcode":0,"external_us' }],
    ['an empty body', { text: '' }],
    ['errcode -1', refuse(-1)],
    ['errcode 6000', refuse(6000)],
    ['an errcode nobody knows', refuse(999_999)],
  ])('F4 %s is tried again, and heals', async (_, bad) => {
    at.fake.on(path, bad, bad, found);
    expect(await list(at.start({ responseMs: 200 }))).toEqual(['wm1']);
    expect(at.fake.count(path)).toBe(3);
  });

  test.each<[string, Answer]>([
    ['a reset', fault('reset')],
    ['a truncated body', fault('truncate')],
    ['half a JSON', { text: '{"errcode":0,"external_us' }],
    ['null', { text: 'null' }],
    ['a list', { text: '[]' }],
    ["a proxy's empty object", { json: {} }],
    ['another object', { json: { hello: 'world' } }],
    ['a list that is none', ok({ external_userid: 'wm1' })],
    ['ids that are none', ok({ external_userid: [1] })],
    ['an errcode that is text', { json: { errcode: '0', external_userid: [] } }],
  ])('F4 %s is a fault after 3 tries, never an empty list', async (_, bad) => {
    at.fake.on(path, bad);
    await expect(list(at.start())).rejects.toBeInstanceOf(WecomUnreachable);
    expect(at.fake.count(path)).toBe(3);
  });

  test('every refusal is passed on, never read as an empty list', async () => {
    const one = at.start({ breakerFailures: 100 });
    for (const errcode of [-1, 40003, 40058, 48002, 60011, 60020, 999_999]) {
      at.fake.on(path, refuse(errcode));
      await expect(list(one)).rejects.toMatchObject({ errcode, api: path });
    }
  });

  test('errcode 0 without the list is an empty list: WeCom leaves empty ones out', async () => {
    at.fake.on(path, ok());
    expect(await list(at.start())).toEqual([]);
  });

  test('a write is sent once: after a reset nobody knows whether it arrived', async () => {
    const one = at.start();
    for (const bad of [fault('reset'), refuse(-1), { status: 500 } as Answer]) {
      at.fake.on('externalcontact/remark', bad, ok());
      const before = at.fake.count('externalcontact/remark');
      await expect(write(one)).rejects.toMatchObject({ retryable: true });
      expect(at.fake.count('externalcontact/remark')).toBe(before + 1);
    }
  });

  test('a write whose token was stale is sent again: WeCom did not act on it', async () => {
    at.fake.on('externalcontact/remark', refuse(42001), ok());
    await write(at.start());
    expect(at.fake.last('externalcontact/remark')?.query.access_token).toBe('t2');
    expect(at.fake.last('externalcontact/remark')?.body).toEqual({ remark: '客户 😀' });
  });

  test('F4 the circuit opens for the sick API only, tries one call later, and closes', async () => {
    const one = at.start({ breakerFailures: 3, halfOpenMs: 150 });
    at.fake.on(path, { status: 503 });
    at.fake.on('externalcontact/get_follow_user_list', ok({ follow_user: ['zhang'] }));
    await expect(list(one)).rejects.toThrow('HTTP 503');
    const asked = at.fake.count(path);
    await expect(list(one)).rejects.toMatchObject({ name: 'WecomUnreachable', retryAfterMs: 150 });
    expect(at.fake.count(path)).toBe(asked);
    expect(await one.wecom.externalContacts.followers(bulk)).toEqual(['zhang']);
    at.fake.on(path, found);
    await sleep(200);
    expect(await list(one)).toEqual(['wm1']);
    expect(at.fake.count(path)).toBe(asked + 1);
  });

  test('F4 a hanging API keeps no other waiting', async () => {
    const one = at.start({ responseMs: 1500 });
    at.fake.on(path, fault('hang'));
    at.fake.on('externalcontact/get_follow_user_list', ok({ follow_user: [] }));
    const hanging = Promise.allSettled(Array.from({ length: 20 }, () => list(one)));
    const started = Date.now();
    for (let i = 0; i < 20; i++) await one.wecom.externalContacts.followers(click);
    expect(Date.now() - started).toBeLessThan(1500);
    await at.fake.close();
    expect((await hanging).every((r) => r.status === 'rejected')).toBe(true);
  });

  test('a call that was given up ends with the reason of its signal', async () => {
    const controller = new AbortController();
    at.fake.on(path, fault('hang'));
    const work = list(at.start(), { lane: 'bulk', signal: controller.signal });
    while (at.fake.count(path) === 0) await sleep(5);
    controller.abort(new Error('shutting down'));
    await expect(work).rejects.toThrow('shutting down');
    expect(at.fake.count(path)).toBe(1);
  });
});

describe('answers', () => {
  test('integers beyond 2^53 stay whole, as text; ids in texts do not matter', () => {
    expect(parseJson('{"a":12345678901234567890,"b":[9007199254740993],"c":-1,"d":1.5,"e":1e3}')).toEqual({
      a: '12345678901234567890',
      b: ['9007199254740993'],
      c: -1,
      d: 1.5,
      e: 1000,
    });
    expect(parseJson('{"a":1234567890123456,"t":"x:12345678901234567890"}')).toEqual({
      a: 1_234_567_890_123_456,
      t: 'x:12345678901234567890',
    });
  });

  test('a body that does not fit names the place, not the value', async () => {
    at.fake.on(path, ok({ external_userid: ['fine', { secret: 'value' }] }));
    const error: unknown = await list(at.start()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(WecomMalformed);
    expect(String(error)).toContain('external_userid.1');
    expect(String(error)).not.toContain('value');
  });

  test('half-read JSON and unknown errcodes are told to the log; the token never is', async () => {
    at.fake.on(path, refuse(999_999), {
      json: { errcode: 0, errmsg: 'ok. Warning: wrong json format.', external_userid: [] },
    });
    await list(at.start());
    expect(at.logged.map((l) => l.message)).toEqual([
      'an errcode that is not in our table',
      'WeCom read only a part of our JSON',
    ]);
    at.fake.on(path, fault('reset'));
    const error: unknown = await list(at.start()).catch((e: unknown) => e);
    expect(JSON.stringify([at.logged, String(error), Object(error).stack])).not.toMatch(/t1|s-agent|access_token/);
  });

  test('every call is counted by API and outcome', async () => {
    at.fake.on(path, refuse(-1), { status: 500 }, found);
    const one = at.start();
    await list(one);
    expect(one.counted).toEqual(['gettoken ok', `${path} -1`, `${path} unreachable`, `${path} ok`]);
  });
});
