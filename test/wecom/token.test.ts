import { minutes, seconds, sleep } from '../../src/core/clock';
import { WecomError, WecomNotConfigured } from '../../src/wecom/errors';
import { type Answer, ok, refuse } from './support/fake-wecom';
import { bulk, type Process, type WecomAtTest, wecomAtTest } from './support/wecom-at-test';

let at: WecomAtTest;
beforeEach(async () => {
  at = await wecomAtTest();
  at.fake.on('externalcontact/list', ok({ external_userid: ['wm1'] }));
});
afterEach(() => at.stop());

const fetches = () => at.fake.count('gettoken');
const patient = { wait: sleep, ratePerMinute: 600_000, concurrency: 100 };
const list = ({ wecom }: Process) => wecom.externalContacts.list('zhang', bulk);
const times = <T>(n: number, work: () => Promise<T>) => Promise.all(Array.from({ length: n }, work));
/** Slow enough for the others to come while it is asked. */
const slowly =
  (answer: () => Answer): Answer =>
  async () => {
    await sleep(100);
    return answer();
  };

describe('access tokens (F6)', () => {
  test('F6 3 processes × 100 calls after an expiry: one gettoken', async () => {
    const processes = [at.start(patient), at.start(patient), at.start(patient)];
    let n = 0;
    at.fake.on(
      'gettoken',
      slowly(() => ok({ access_token: `t${++n}`, expires_in: 7200 })),
    );
    await Promise.all(processes.map((p) => list(p)));
    expect(fetches()).toBe(1);
    at.clock.advance(seconds(7201));
    await Promise.all(processes.map((p) => times(100, () => list(p))));
    expect(fetches()).toBe(2);
    expect(new Set(at.fake.calls.slice(-300).map((c) => c.query.access_token))).toEqual(new Set(['t2']));
  });

  test('F6 3 processes × 100 calls after WeCom killed the token: one gettoken, every call goes through', async () => {
    const processes = [at.start(patient), at.start(patient), at.start(patient)];
    await Promise.all(processes.map((p) => list(p)));
    at.fake.on('externalcontact/list', ({ query }) =>
      query.access_token === 't1' ? refuse(42001) : ok({ external_userid: ['wm1'] }),
    );
    const answers = await Promise.all(processes.map((p) => times(100, () => list(p))));
    expect(answers.flat(2)).toHaveLength(300);
    expect(fetches()).toBe(2);
  });

  test('F6 a token refused by a process that is late does not drop the newer one', async () => {
    const [early, late] = [at.start(), at.start()];
    const old = await early.wecom.tokens.get('agent');
    expect(await late.wecom.tokens.get('agent')).toBe(old);
    await early.wecom.tokens.invalidate('agent', old);
    expect(await early.wecom.tokens.get('agent')).toBe('t2');
    await late.wecom.tokens.invalidate('agent', old);
    expect(await late.wecom.tokens.get('agent')).toBe('t2');
    await early.wecom.tokens.invalidate('agent', old);
    expect(await early.wecom.tokens.get('agent')).toBe('t2');
    expect(fetches()).toBe(2);
  });

  test('F6 a token that is refused again at once is an error, not a loop', async () => {
    at.fake.on('externalcontact/list', refuse(40014));
    const one = at.start();
    await expect(list(one)).rejects.toMatchObject({ errcode: 40014 });
    expect(fetches()).toBe(2);
    for (let i = 0; i < 30; i++) await list(one).catch(() => undefined);
    expect(fetches()).toBeLessThanOrEqual(12);
  });

  test('a restart goes on with the stored token; it is sealed', async () => {
    await list(at.start());
    await list(at.start());
    expect(fetches()).toBe(1);
    const [row] = await at.db.query<{ token: string }>('SELECT token FROM wecom_token');
    // Cipher text may hold the two signs of `t1` by chance; a token that was not sealed has no version.
    expect(row?.token).toMatch(/^v1\.[\w+/]{40,}=*$/);
  });

  test('it is refreshed at 90 % of its life; when that fails, the old one does until it expires', async () => {
    const one = at.start();
    await one.wecom.tokens.get('agent');
    at.clock.advance(seconds(6400));
    expect(await one.wecom.tokens.get('agent')).toBe('t1');
    at.clock.advance(seconds(100));
    at.fake.on('gettoken', { status: 502 });
    expect(await one.wecom.tokens.get('agent')).toBe('t1');
    expect(await at.start().wecom.tokens.get('agent')).toBe('t1');
    at.clock.advance(seconds(1000));
    await expect(one.wecom.tokens.get('agent')).rejects.toThrow('HTTP 502');
  });

  test.each([40001, 40013, 40091])('F6 after %d on gettoken nobody asks for 10 minutes', async (errcode) => {
    at.fake.on('gettoken', refuse(errcode, 'invalid credential'));
    const one = at.start();
    for (let i = 0; i < 20; i++) {
      await expect(list(one)).rejects.toMatchObject({ errcode, class: 'configuration', permanent: false });
    }
    expect(fetches()).toBe(1);
    expect(at.logged.filter((l) => l.level === 'error')).toHaveLength(1);
    expect(JSON.stringify(at.logged)).not.toContain('s-agent');
    at.clock.advance(minutes(9));
    await expect(list(one)).rejects.toBeInstanceOf(WecomError);
    expect(fetches()).toBe(1);
    at.clock.advance(minutes(2));
    at.fake.on('gettoken', ok({ access_token: 'right', expires_in: 7200 }));
    expect(await list(one)).toEqual(['wm1']);
  });

  test('a changed secret counts at once: after a failure, and for a token made from the old one', async () => {
    const one = at.start();
    at.fake.on('gettoken', refuse(40001));
    await expect(list(one)).rejects.toMatchObject({ errcode: 40001 });
    at.secrets.agent = 's-second';
    at.fake.on('gettoken', ({ query }) => ok({ access_token: `of-${query.corpsecret}`, expires_in: 7200 }));
    expect(await one.wecom.tokens.get('agent')).toBe('of-s-second');
    at.secrets.agent = 's-third';
    expect(await one.wecom.tokens.get('agent')).toBe('of-s-third');
    expect(await at.start().wecom.tokens.get('agent')).toBe('of-s-third');
  });

  test('reset forgets token and failure', async () => {
    const one = at.start();
    at.fake.on(
      'gettoken',
      refuse(40001),
      ok({ access_token: 'a', expires_in: 7200 }),
      ok({ access_token: 'b', expires_in: 7200 }),
    );
    await expect(list(one)).rejects.toMatchObject({ errcode: 40001 });
    await one.wecom.tokens.reset('agent');
    expect(await one.wecom.tokens.get('agent')).toBe('a');
    await one.wecom.tokens.reset('agent');
    expect(await one.wecom.tokens.get('agent')).toBe('b');
  });

  test('a process that died while fetching holds nobody up for long', async () => {
    const one = at.start();
    const lease = [at.db.now(), at.db.now(), 'dead', new Date(at.clock.now().getTime() + seconds(5))];
    await at.db.execute(
      "INSERT INTO wecom_token (app, token, expires_at, fetched_at, generation, lease_owner, lease_until) VALUES ('agent', '', ?, ?, 0, ?, ?)",
      lease,
    );
    expect(await one.wecom.tokens.get('agent')).toBe('t1');
  });

  test('each application has its own token; one without a secret says so', async () => {
    const { tokens } = at.start().wecom;
    expect(await tokens.get('agent')).toBe('t1');
    expect(await tokens.get('contacts')).toBe('t2');
    await expect(tokens.get('archive')).rejects.toBeInstanceOf(WecomNotConfigured);
  });

  test('a value that does not open is fetched anew', async () => {
    await at.start().wecom.tokens.get('agent');
    await at.db.execute("UPDATE wecom_token SET token = 'v1.edited' WHERE app = 'agent'");
    expect(await at.start().wecom.tokens.get('agent')).toBe('t2');
  });

  test('45009 on gettoken stops gettoken until the window ends', async () => {
    at.fake.on('gettoken', refuse(45009), ok({ access_token: 'late', expires_in: 7200 }));
    const one = at.start();
    await expect(one.wecom.tokens.get('agent')).rejects.toMatchObject({ errcode: 45009 });
    at.clock.advance(seconds(59));
    await expect(one.wecom.tokens.get('agent')).rejects.toMatchObject({ errcode: 45009 });
    expect(fetches()).toBe(1);
    at.clock.advance(seconds(2));
    expect(await one.wecom.tokens.get('agent')).toBe('late');
  });
});
