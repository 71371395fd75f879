import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config';
import { systemClock } from '../src/core/clock';
import { startDemo } from '../src/demo';
import { createPay } from '../src/pay';

const dataDir = mkdtempSync(join(tmpdir(), 'scrm-demo-'));
const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  jest.useRealTimers();
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = async () => {
  const demo = await startDemo(loadConfig({ DATA_DIR: dataDir }), undo);
  if (!demo) throw new Error('Without WeCom settings there is a demo');
  return demo;
};

test('after a restart the demo company is found as it was left, down to every message', async () => {
  jest.useFakeTimers({
    doNotFake: ['Date', 'nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout', 'clearTimeout'],
  });
  const first = await start();
  const begin = first.sandbox.ledger.said.length;
  // Nobody listens there; what happens does not depend on it.
  first.deliverTo('http://127.0.0.1:9');
  jest.advanceTimersByTime(60 * 5000);
  const { said, facts } = first.sandbox.ledger;
  expect(said.length).toBeGreaterThan(begin + 20);
  const second = await start();
  expect(second.sandbox.ledger.said).toEqual(said);
  expect(second.sandbox.truth()).toEqual(first.sandbox.truth());
  expect(second.sandbox.ledger.facts.map(({ kind, at }) => ({ kind, at }))).toEqual(
    facts.map(({ kind, at }) => ({ kind, at })),
  );
});

test('what a program had WeCom do is there after a restart as well', async () => {
  const first = await start();
  const { sandbox } = first;
  const [leaver, successor] = sandbox.world.followers();
  const external_userid = [...(leaver?.relations.keys() ?? [])].find((id) => !successor?.relations.has(id)) ?? '';
  const { access_token } = await ask('gettoken', {}, `corpid=${sandbox.corpId}&corpsecret=${sandbox.secrets.agent}`);
  async function ask(api: string, body: object, query: string): Promise<Record<string, string>> {
    const sent = api === 'gettoken' ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${sandbox.url}/cgi-bin/${api}?${query}`, sent)).json() as Promise<Record<string, string>>;
  }
  const order = { handover_userid: leaver?.userid, takeover_userid: successor?.userid };
  await ask(
    'externalcontact/transfer_customer',
    { ...order, external_userid: [external_userid] },
    `access_token=${access_token}`,
  );
  expect(sandbox.truth().transfers).toContainEqual(expect.objectContaining({ ...order, external_userid }));
  const second = await start();
  expect(second.sandbox.truth()).toEqual(sandbox.truth());
});

test('E3 the demo company is a merchant without any setting, and its bank forgets no order', async () => {
  const first = await start();
  const pay = createPay({ config: first.config.pay, clock: systemClock });
  expect(pay.missing).toEqual([]);
  const order = { outTradeNo: 'DEMO000001', description: '年度会员', amountFen: 100 };
  const more = { expiresAt: new Date(Date.now() + 60_000), notifyUrl: 'http://127.0.0.1:9/' };
  expect(await pay.gateway().native({ ...order, ...more })).toMatch(/^weixin:/);
  const [known] = first.sandbox.bank.orders.values();
  await pay.close();
  const second = await start();
  expect([...second.sandbox.bank.orders.values()]).toEqual([{ ...known, made_at: expect.any(Date) }]);
});
