import type { Sandbox } from '../../src/sandbox';
import type { ArchiveSdk } from '../../src/wecom/archive';
import { archiveReader, openAll, pullAll } from './archive-reader';
import { smallCompany } from './support';

let sandbox: Sandbox;
let sdk: ArchiveSdk;

beforeAll(async () => {
  sandbox = smallCompany({ messages: 40 });
  await sandbox.start();
  sdk = archiveReader(sandbox);
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  await sdk.stop();
  await sandbox.stop();
});

/** A chat that is archived, whoever talks. */
function colleagues(): { userid: string; to_userid: string } {
  const [userid = '', to_userid = ''] = sandbox.truth().archive.seated;
  return { userid, to_userid };
}

const everything = (): (string | null)[] => sandbox.ledger.said.flatMap(({ seq }) => seq ?? []);

test('10010 once: told as the library’s code, and from the beginning everything held still comes', async () => {
  sandbox.faults.set('expired', { count: 1 });
  const last = everything().at(-3) ?? '';
  await expect(sdk.pull(last, 10)).rejects.toMatchObject({ code: 10010 });
  expect((await pullAll(sdk)).map(({ seq }) => seq)).toEqual(everything());
});

test('10009 for a caller that is not trusted', async () => {
  sandbox.faults.set('refused', { errcode: 10009, count: 1, only: ['message/getchatdata'] });
  await expect(sdk.pull('0', 10)).rejects.toMatchObject({ code: 10009 });
});

test('a message that ends whoever opens it is given up; its neighbours are read', async () => {
  const before = everything().at(-1) ?? '';
  sandbox.faults.set('poison', { count: 1, only: ['image'] });
  const [first, bad, last] = ['text', 'image', 'text'].map((type) => sandbox.control.say({ ...colleagues(), type }));
  expect([first?.poison, bad?.poison, last?.poison]).toEqual([false, true, false]);
  const opened = await sdk.open(await pullAll(sdk, before));
  expect(opened).toEqual([{ plain: first?.plain }, { fault: 'poison', code: null }, { plain: last?.plain }]);
});

test('a pull that hangs is given up after the patience, and the next one works', async () => {
  const hasty = archiveReader(sandbox, { patienceMs: 1_500 });
  try {
    await hasty.pull('0', 1);
    sandbox.faults.set('hang', { count: 1, only: ['message/getchatdata'] });
    await expect(hasty.pull('0', 1)).rejects.toThrow('no answer within 1.5 s');
    expect((await hasty.pull('0', 1)).envelopes).toHaveLength(1);
  } finally {
    await hasty.stop();
  }
});

test('a token taken away early is fetched again; a wrong secret is told inside the answer', async () => {
  sandbox.faults.set('tokenExpired', { count: 1, only: ['message/getchatdata'] });
  const fetched = sandbox.ledger.tokenFetches.archive;
  expect((await sdk.pull('0', 5)).envelopes).toHaveLength(5);
  expect(sandbox.ledger.tokenFetches.archive).toBe(fetched + 1);
  const stranger = archiveReader(sandbox, { secret: 'another one' });
  expect(await stranger.pull('0', 5)).toMatchObject({ errcode: 40001, envelopes: [] });
  await stranger.stop();
});

test('WeCom’s limits come inside the answer, a broken line as the library’s code', async () => {
  sandbox.faults.set('busy', { count: 1, only: ['message/getchatdata'] });
  expect(await sdk.pull('0', 5)).toMatchObject({ errcode: -1 });
  for (const [fault, code] of [
    ['reset', 10001],
    ['httpError', 10002],
  ] as const) {
    sandbox.faults.set(fault, { count: 1, only: ['message/getchatdata'] });
    await expect(sdk.pull('0', 5)).rejects.toMatchObject({ code });
  }
  const page = await sdk.pull('0', 5);
  expect(await openAll(sdk, page.envelopes)).toHaveLength(5);
});
