import { sleep } from '../../src/core/clock';
import { Slots } from '../../src/wecom/slots';
import type { Lane } from '../../src/wecom/types';
import { ok } from './support/fake-wecom';
import { type WecomAtTest, wecomAtTest } from './support/wecom-at-test';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('places of one API', () => {
  test('the most urgent lane goes first, in its order of coming', async () => {
    const slots = new Slots(() => 1);
    const leave = await slots.enter('bulk');
    const order: string[] = [];
    const queue: Lane[] = ['bulk', 'event', 'click', 'welcome', 'bulk', 'welcome'];
    const work = queue.map(async (lane, i) => {
      const done = await slots.enter(lane);
      order.push(`${lane} ${i}`);
      done();
    });
    leave();
    await Promise.all(work);
    expect(order).toEqual(['welcome 3', 'welcome 5', 'click 2', 'event 1', 'bulk 0', 'bulk 4']);
  });

  test('bulk takes all places but one, so a welcome never waits for bulk', async () => {
    const slots = new Slots(() => 4);
    let bulk = 0;
    for (let i = 0; i < 10; i++) void slots.enter('bulk').then(() => bulk++);
    await turn();
    expect(bulk).toBe(3);
    await expect(slots.enter('welcome')).resolves.toBeInstanceOf(Function);
  });

  test('giving a place back twice gives back one', async () => {
    const slots = new Slots(() => 1);
    const leave = await slots.enter('event');
    leave();
    leave();
    let entered = 0;
    for (let i = 0; i < 2; i++) void slots.enter('event').then(() => entered++);
    await turn();
    expect(entered).toBe(1);
  });

  test('who is given up in the queue leaves it, and takes no place', async () => {
    const slots = new Slots(() => 1);
    const leave = await slots.enter('event');
    const controller = new AbortController();
    const given = slots.enter('event', controller.signal);
    const next = slots.enter('event');
    controller.abort(new Error('stop'));
    await expect(given).rejects.toThrow('stop');
    await expect(slots.enter('event', controller.signal)).rejects.toThrow('stop');
    leave();
    await expect(next).resolves.toBeInstanceOf(Function);
  });
});

describe('the rate budget', () => {
  let at: WecomAtTest;
  beforeEach(async () => {
    at = await wecomAtTest();
    at.fake.on('externalcontact/list', ok({ external_userid: [] }));
  });
  afterEach(() => at.stop());

  test('calls are spread: no more in a second than a minute allows', async () => {
    const { budget } = at.start({ ratePerMinute: 600, wait: sleep }).wecom;
    const started = Date.now();
    for (let i = 0; i < 15; i++) (await budget.enter({ api: 'x', lane: 'bulk' }))();
    expect(Date.now() - started).toBeGreaterThan(500);
    (await budget.enter({ api: 'other', lane: 'bulk' }))();
  });

  test('VIO-1.2 logs are asked for ten times a second at most, whatever others may', async () => {
    const { budget } = at.start({ ratePerMinute: 9000, wait: sleep }).wecom;
    const lasts = async (api: string): Promise<number> => {
      const started = Date.now();
      for (let i = 0; i < 11; i++) (await budget.enter({ api, lane: 'bulk' }))();
      return Date.now() - started;
    };
    expect(await lasts('security/admin_oper_log/list')).toBeGreaterThan(800);
    expect(await lasts('externalcontact/list')).toBeLessThan(400);
  });

  test('F5 waiting for a block ends with the reason of the signal', async () => {
    const { budget } = at.start({ wait: sleep }).wecom;
    await budget.block('x', new Date(at.clock.now().getTime() + 60_000), 'test');
    const waiting = budget.enter({ api: 'x', lane: 'bulk', signal: AbortSignal.timeout(30) });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('F5 a block outlives the process', async () => {
    await at.start().wecom.budget.block('x', new Date(at.clock.now().getTime() + 60_000), 'test');
    const before = at.clock.now().getTime();
    (await at.start().wecom.budget.enter({ api: 'x', lane: 'bulk' }))();
    expect(at.clock.now().getTime() - before).toBe(60_000);
  });

  test('without the database the budget goes by what it knows', async () => {
    const { budget } = at.start().wecom;
    await at.db.execute('DROP TABLE wecom_block');
    await budget.block('x', new Date(at.clock.now().getTime() + 5000), 'test');
    await expect(budget.enter({ api: 'x', lane: 'click' })).rejects.toMatchObject({ errcode: 45009 });
    at.clock.advance(5000);
    await expect(budget.enter({ api: 'x', lane: 'click' })).resolves.toBeInstanceOf(Function);
    expect(at.logged.map((l) => l.message)).toContain('a rate block cannot be shared');
  });
});
