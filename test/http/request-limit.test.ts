import request from 'supertest';
import { aPerson } from '../support/people';
import { openApp, silent, type TestApp } from './support';

const warned: unknown[] = [];
let app: TestApp;
beforeAll(async () => {
  const logger = Object.assign(Object.create(silent), { warn: (...line: unknown[]) => warned.push(line) });
  const env = { REQUESTS_PER_MINUTE: '60', REQUESTS_PER_MINUTE_TOKEN: '90', PUBLIC_URL: 'https://scrm.example.com' };
  app = await openApp({ env, logger });
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string>) => request(app.server).get(path).set(headers);

/** @returns how many of `times` requests, one after the other, were answered before the first 429 */
async function answered(times: number, ask: () => request.Test): Promise<number> {
  for (let n = 0; n < times; n++) if ((await ask()).status === 429) return n;
  return times;
}

const browserOf = async (roles = ['sales']) => {
  const person = await aPerson(app, { roles });
  return { id: person.id, headers: { cookie: `__Host-${person.headers.cookie}`, 'x-forwarded-proto': 'https' } };
};

describe('S7 nobody asks without end', () => {
  test('an account is told to wait, in words and by Retry-After, while others are answered', async () => {
    const [one, other] = [await browserOf(), await browserOf()];
    expect(await answered(70, () => get('/api/v1/session', one.headers))).toBe(60);
    const refused = await get('/api/v1/session', one.headers);
    expect([refused.status, refused.type, refused.body.code]).toEqual([
      ...[429, 'application/problem+json', 'TOO_MANY_REQUESTS'],
    ]);
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await get('/api/v1/session', other.headers)).status).toBe(200);
    expect(warned).toEqual([['too many requests', { caller: `account:${one.id}` }]]);
  });

  test('all browsers of an account count together', async () => {
    const one = await browserOf();
    await answered(60, () => get('/api/v1/session', one.headers));
    const account = await app.access.accounts.find(one.id);
    if (!account) throw new Error('the account is there');
    const opening = { address: '127.0.0.1', method: 'wecom', withFactor: true } as const;
    const { sessionId } = await app.db.transact(() => app.access.sessions.open(account, opening));
    const second = { cookie: `__Host-scrm_session=${sessionId}`, 'x-forwarded-proto': 'https' };
    expect((await get('/api/v1/session', second)).status).toBe(429);
  });

  test('a token may ask more often, and is stopped too', async () => {
    expect(await answered(100, () => get('/api/v1/session', app.bearer))).toBe(90);
  });

  test('without a credential, or with one that is refused, the network counts', async () => {
    const from = (address: string, more = {}) => ({ 'x-forwarded-for': address, ...more });
    const wrong = { authorization: 'Bearer scrm_nonsense' };
    expect(await answered(30, () => get('/api/v1/session/ways', from('2001:db8::1')))).toBe(30);
    expect(await answered(40, () => get('/api/v1/session', from('2001:db8::2', wrong)))).toBe(30);
    expect((await get('/api/v1/session', from('2001:db8:0:1::1', wrong))).status).toBe(401);
  });

  test('callbacks, health, figures and the files of the console are not counted', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' };
    await answered(61, () => get('/api/v1/session', from));
    expect((await get('/api/v1/session', from)).status).toBe(429);
    for (const path of ['/healthz', '/', '/assets/app.js', '/api/openapi.json']) {
      expect([path, await answered(3, () => get(path, from)), (await get(path, from)).status]).toEqual([path, 3, 200]);
    }
  });
});
