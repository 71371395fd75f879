import { hours, minutes, seconds } from '../../src/core/clock';
import { sandboxSettings } from '../../src/sandbox';
import { type Client, clientOf, smallCompany } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
});
afterEach(() => sandbox.stop());

const secret = sandboxSettings.agent.secret;
const tokenOf = async () => (await client.gettoken(sandbox.corpId, secret)).access_token;
const useToken = async (token: string) => (await client.json(`department/simplelist?access_token=${token}`)).errcode;

test('the same token while it is valid, another one after two hours', async () => {
  const first = await tokenOf();
  sandbox.clock.advance(hours(2) - seconds(1));
  expect(await tokenOf()).toBe(first);
  expect(await useToken(first)).toBe(0);
  sandbox.clock.advance(seconds(1));
  expect(await useToken(first)).toBe(42001);
  expect(await tokenOf()).not.toBe(first);
});

test('tells wrong secrets, wrong companies and missing parameters apart', async () => {
  const codes = [
    await client.gettoken(sandbox.corpId, 'wrong'),
    await client.gettoken('wwother', secret),
    await client.json('gettoken'),
    await client.json(`gettoken?corpid=${sandbox.corpId}`),
    await client.json('department/simplelist'),
    await client.json('department/simplelist?access_token=made-up'),
  ].map(({ errcode }) => errcode);
  expect(codes).toEqual([40001, 40013, 41002, 41004, 41001, 40014]);
  expect(sandbox.ledger.violations.map(({ errcode }) => errcode)).toEqual([40001, 40013, 41002, 41004, 41001]);
  expect(sandbox.ledger.tokenFetches.agent).toBe(0);
});

test('F6: counts token fetches per secret', async () => {
  await tokenOf();
  await tokenOf();
  await client.gettoken(sandbox.corpId, sandboxSettings.contacts.secret);
  expect(sandbox.ledger.tokenFetches).toEqual({ agent: 2, contacts: 1, archive: 0 });
  expect(sandbox.ledger.calls.gettoken).toBe(3);
});

test('each secret opens only its own APIs', async () => {
  expect((await client.post('user/list_id', {}, 'agent')).errcode).toBe(48002);
  expect((await client.get('user/get', { userid: 'anybody' }, 'contacts')).errcode).toBe(48009);
  expect((await client.get('externalcontact/get_follow_user_list', {}, 'contacts')).errcode).toBe(48002);
  expect((await client.get('nowhere')).errcode).toBe(48002);
});

test('a token taken away early is dead, the next one lives', async () => {
  const first = await tokenOf();
  sandbox.faults.set('tokenExpired', { count: 1 });
  expect([42001, 40014]).toContain(await useToken(first));
  expect([42001, 40014]).toContain(await useToken(first));
  const second = await tokenOf();
  expect(second).not.toBe(first);
  expect(await useToken(second)).toBe(0);
});

describe('limits', () => {
  const call = async () => (await client.get('department/simplelist')).errcode;

  test('F5: beyond the limit 45009 until the minute is over, and calls meanwhile are violations', async () => {
    await sandbox.stop();
    sandbox = smallCompany({ limits: { perMinute: 5 } });
    await sandbox.start();
    client = clientOf(sandbox);
    const codes = [];
    for (let n = 0; n < 7; n += 1) codes.push(await call());
    expect(codes).toEqual([0, 0, 0, 0, 0, 45009, 45009]);
    expect(sandbox.ledger.violations.map(({ rule }) => rule)).toEqual(['rate', 'blocked']);
    expect((await client.get('user/get', { userid: 'x' })).errcode).toBe(60111);
    sandbox.clock.advance(minutes(1));
    expect(await call()).toBe(0);
  });

  test('a single 45009 by fault closes the API for a minute without counting as a violation', async () => {
    sandbox.faults.set('overLimit', { count: 1, only: ['department/simplelist'] });
    expect(await call()).toBe(45009);
    expect(sandbox.ledger.violations).toEqual([]);
    sandbox.clock.advance(seconds(59));
    expect(await call()).toBe(45009);
    expect(sandbox.ledger.violations).toHaveLength(1);
    sandbox.clock.advance(seconds(1));
    expect(await call()).toBe(0);
  });

  test('more calls of one API at once than allowed are refused', async () => {
    await sandbox.stop();
    sandbox = smallCompany({ limits: { inFlight: 2 }, latencyMs: 200 });
    await sandbox.start();
    client = clientOf(sandbox);
    await client.get('getcallbackip');
    const codes = await Promise.all([call(), call(), call(), call(), call()]);
    expect(codes.filter((code) => code === 0)).toHaveLength(2);
    expect(codes.filter((code) => code === 45033)).toHaveLength(3);
    expect(await call()).toBe(0);
  });
});

describe('what the wire does', () => {
  const text = async () => {
    const token = await tokenOf();
    return (await fetch(`${sandbox.url}/cgi-bin/department/simplelist?access_token=${token}`)).text();
  };

  test('a reset connection, a cut body, a 502 and −1', async () => {
    const only = ['department/simplelist'];
    sandbox.faults.set('reset', { count: 1, only });
    await expect(text()).rejects.toThrow();
    sandbox.faults.set('truncate', { count: 1, only });
    await expect(text()).rejects.toThrow();
    sandbox.faults.set('httpError', { count: 1, only });
    expect(await text()).toContain('502');
    sandbox.faults.set('busy', { count: 1, only });
    expect(JSON.parse(await text()).errcode).toBe(-1);
    expect(JSON.parse(await text()).errcode).toBe(0);
    expect(sandbox.faults.struck).toEqual({ reset: 1, truncate: 1, httpError: 1, busy: 1 });
  });

  test('errmsg carries a hint, and bad JSON a warning', async () => {
    expect((await client.json('nowhere')).errmsg).toMatch(/hint: \[\d+\], from ip: 127\.0\.0\.1/);
    const token = await tokenOf();
    const path = `externalcontact/get_corp_tag_list?access_token=${token}`;
    const answer = await client.json(path, { method: 'POST', body: '{"tag_id":[' });
    expect(answer.errmsg).toContain('Warning: wrong json format.');
  });
});
