import { minutes, seconds, sleep } from '../../src/core/clock';
import { WecomError } from '../../src/wecom/errors';
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

describe('limits (F5)', () => {
  /** WeCom's window: 45009 starts it, and any call inside it is a violation. */
  function limited(windowMs: number) {
    let hits = 1;
    let until = 0;
    const seen = { violations: 0, answered: 0 };
    const answer = (): Answer => {
      const now = at.clock.now().getTime();
      if (now < until) {
        seen.violations++;
        return refuse(45009);
      }
      if (hits-- > 0) {
        until = now + windowMs;
        return refuse(45009, 'api minute freq out of limit, hint: [day 1]');
      }
      seen.answered++;
      return found;
    };
    return { answer, seen };
  }

  test('F5 after 45009 no call until the window ends, then all of the work goes on', async () => {
    const { answer, seen } = limited(minutes(1));
    // Time passes slowly enough for a call that slips through to be seen.
    const wait = (ms: number) => sleep(50).then(() => at.clock.advance(ms));
    const one = at.start({ concurrency: 1, wait });
    at.fake.on(path, answer);
    const work = await Promise.all(Array.from({ length: 30 }, () => list(one)));
    expect(work.flat()).toHaveLength(30);
    expect(seen).toEqual({ violations: 0, answered: 30 });
  });

  test('F5 another process keeps the window too', async () => {
    const { answer, seen } = limited(minutes(1));
    at.fake.on(path, answer);
    const [one, other] = [at.start(), at.start()];
    await expect(list(one, click)).rejects.toMatchObject({ errcode: 45009, class: 'wait' });
    expect(await list(other)).toEqual(['wm1']);
    expect(seen).toEqual({ violations: 0, answered: 1 });
  });

  test('F5 other APIs go on', async () => {
    at.fake.on(path, refuse(45009));
    at.fake.on('externalcontact/get_follow_user_list', ok({ follow_user: ['zhang'] }));
    const one = at.start();
    const before = at.clock.now();
    await expect(list(one, click)).rejects.toBeInstanceOf(WecomError);
    expect(await one.wecom.externalContacts.followers(click)).toEqual(['zhang']);
    expect(at.clock.now()).toEqual(before);
  });

  test('F5 whoever waits at the screen is told at once, with the time to come back', async () => {
    at.fake.on(path, refuse(45009), found);
    const one = at.start();
    await expect(list(one, click)).rejects.toMatchObject({ errcode: 45009, retryAfterMs: minutes(1) });
    at.clock.advance(seconds(20));
    await expect(list(one, { lane: 'welcome' })).rejects.toMatchObject({ errcode: 45009, retryAfterMs: seconds(40) });
    expect(at.fake.count(path)).toBe(1);
  });

  test.each([
    ['api hour freq out of limit', minutes(60)],
    ['超过小时频率', minutes(60)],
    ['api day freq out of limit', minutes(14 * 60)], // 10:00 in Shanghai
    ['api freq out of limit, hint: [1 hour day]', minutes(1)],
  ])('F5 the window of "%s"', async (errmsg, ms) => {
    at.fake.on(path, refuse(45009, errmsg));
    await expect(list(at.start(), click)).rejects.toMatchObject({ retryAfterMs: ms });
  });

  test('F5 a block that did not help is followed by longer ones', async () => {
    at.fake.on(path, refuse(45009), refuse(45009), refuse(45009), found);
    const before = at.clock.now().getTime();
    expect(await list(at.start())).toEqual(['wm1']);
    expect(at.clock.now().getTime() - before).toBeGreaterThanOrEqual(minutes(1 + 5 + 15));
  });

  test('F5 after 45033 half as many calls at once, and nothing is dropped', async () => {
    let inFlight = 0;
    let most = 0;
    at.fake.on(path, refuse(45033), async () => {
      most = Math.max(most, ++inFlight);
      await sleep(5);
      inFlight--;
      return found;
    });
    const one = at.start({ concurrency: 4 });
    const first = await list(one, { lane: 'event' });
    const rest = await Promise.all(Array.from({ length: 20 }, () => list(one, { lane: 'event' })));
    expect([first, ...rest].flat()).toHaveLength(21);
    expect(most).toBe(2);
  });

  test('F5 endless 45033 ends', async () => {
    at.fake.on(path, refuse(45033));
    await expect(list(at.start())).rejects.toMatchObject({ errcode: 45033, class: 'wait' });
    expect(at.fake.count(path)).toBeLessThan(20);
  });
});
