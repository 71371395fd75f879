import { connect } from 'node:net';
import { toUnix } from '../../src/core/clock';
import { eventSamples, sandboxSettings } from '../../src/sandbox';
import { createCallbackCrypto } from '../../src/wecom/crypto';
import { useSystem } from '../support/system';

const system = useSystem();
const { callbackToken: token, callbackAesKey: aesKey } = sandboxSettings.agent;
const receiveId = sandboxSettings.corpId;
const ours = createCallbackCrypto({ token, aesKey, receiveId });
const sample =
  eventSamples['change_external_contact/edit_external_contact']?.({ createTime: toUnix(new Date()) }) ?? '';

interface Hostile {
  method?: string;
  /** What stands in the query instead of the right thing; undefined leaves it out. */
  query?: Record<string, string | undefined>;
  body?: string;
  headers?: Record<string, string>;
}

/** A request that is right in everything that is not said. */
async function send({ method = 'POST', query = {}, body, headers = {} }: Hostile, encrypt = ours.encrypt(sample)) {
  const parts = { timestamp: String(toUnix(new Date())), nonce: '12345', encrypt };
  const right = { msg_signature: ours.sign(parts), timestamp: parts.timestamp, nonce: parts.nonce };
  const given = Object.entries({ ...right, ...query }).filter((e): e is [string, string] => e[1] !== undefined);
  const sent = method === 'GET' ? {} : { body: body ?? envelope(encrypt) };
  const url = `${system.at.system.url}/callbacks/wecom/agent?${new URLSearchParams(given)}`;
  const answer = await fetch(url, { method, headers: { 'content-type': 'text/xml', ...headers }, ...sent });
  return { status: answer.status, body: await answer.text() };
}

const envelope = (encrypt: string, more = ''): string =>
  `<xml><ToUserName><![CDATA[${receiveId}]]></ToUserName><AgentID>1000002</AgentID><Encrypt><![CDATA[${encrypt}]]></Encrypt>${more}</xml>`;
const otherCorp = createCallbackCrypto({ token, aesKey, receiveId: 'wwsomebodyelse00' });
const otherKey = createCallbackCrypto({ token, aesKey: 'A'.repeat(43), receiveId });
const good = ours.encrypt(sample);
const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>`;

/** Signed and sealed as if by us, but wrong inside. */
const sealed: Record<string, string> = {
  'for another company': otherCorp.encrypt(sample),
  'with another key': otherKey.encrypt(sample),
  'cut by one character': good.slice(0, -1),
  'cut by four characters': good.slice(0, -4),
  'cut to one block': good.slice(0, 24),
  'one block too few': Buffer.from(good, 'base64').subarray(0, -32).toString('base64'),
  'with a changed last byte': Buffer.concat([Buffer.from(good, 'base64').subarray(0, -1), Buffer.from([7])]).toString(
    'base64',
  ),
  'with a changed first byte of the length': flip(good, 16),
  'not base64': '!!!!',
  'url-safe base64': good.replaceAll('+', '-').replaceAll('/', '_').replace(/^./, '-'),
  'only padding': '====',
  'one letter': 'A',
  'a kilobyte of zeros': Buffer.alloc(1024).toString('base64'),
  'with a blank inside': `${good.slice(0, 20)} ${good.slice(21)}`,
  'with a NUL': `${good.slice(0, 20)}\u0001${good.slice(21)}`,
};

function flip(encrypt: string, at: number): string {
  const bytes = Buffer.from(encrypt, 'base64');
  bytes[at] = (bytes[at] ?? 0) ^ 0x80;
  return bytes.toString('base64');
}

/** Bodies that are wrong before anything is decrypted. */
const bodies: Record<string, string> = {
  empty: '',
  blank: '   \n',
  text: 'hello',
  'half a tag': '<xml',
  'no end': `<xml><Encrypt>${good}`,
  'no Encrypt': '<xml><ToUserName>x</ToUserName></xml>',
  'empty Encrypt': envelope(''),
  'Encrypt twice': envelope(good, `<Encrypt>${good}</Encrypt>`),
  'ToUserName twice': envelope(good, '<ToUserName>x</ToUserName>'),
  'Encrypt with children': `<xml><ToUserName>x</ToUserName><Encrypt><a>${good}</a></Encrypt></xml>`,
  'two documents': `${envelope(good)}${envelope(good)}`,
  'text after the end': `${envelope(good)}tail`,
  DOCTYPE: `<!DOCTYPE xml>${envelope(good)}`,
  'external DTD': `<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd">${envelope(good)}`,
  'file entity': `<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>${envelope(good, '<F>&f;</F>')}`,
  'parameter entity': `<!DOCTYPE xml [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>${envelope(good)}`,
  'billion laughs': `${laughs}${envelope(good, '<J>&j;</J>')}`,
  'unknown entity': envelope(good, '<F>&nope;</F>'),
  'bare ampersand': envelope(good, '<F>a & b</F>'),
  'deep nesting': envelope(good, nested(40)),
  'very deep nesting': envelope(good, nested(5000)),
  'many nodes': envelope(good, '<a/>'.repeat(21_000)),
  'too large': envelope('A'.repeat(300_000)),
  huge: envelope('A'.repeat(3_000_000)),
  ['__proto__']: envelope(good, '<__proto__><x>1</x></__proto__>'),
  constructor: envelope(good, '<constructor>x</constructor>'),
  prototype: envelope(good, '<prototype>x</prototype>'),
  toString: envelope(good, '<toString>x</toString>'),
  'processing instruction only': '<?xml version="1.0"?>',
  'a comment only': '<!-- x -->',
  'wrong nesting': '<xml><a><b></a></b></xml>',
  'attributes unclosed': '<xml a="1><Encrypt>x</Encrypt></xml>',
  'JSON without fields': '{}',
  'JSON broken': '{"encrypt":',
  'JSON list': '[]',
  'JSON with encrypt twice': `{"tousername":"x","encrypt":"${good}","encrypt":"${good}"}`,
  'JSON with a number': '{"tousername":"x","encrypt":1}',
  'JSON __proto__': '{"__proto__":{"encrypt":"x"}}',
  'UTF-16': Buffer.from(envelope(good), 'utf16le').toString('latin1'),
  'control characters': '\u0000\u0001\u0002',
  'a form': `msg=${encodeURIComponent(good)}`,
};

const queries: Record<string, Record<string, string | undefined>> = {
  'no signature': { msg_signature: undefined },
  'empty signature': { msg_signature: '' },
  'wrong signature': { msg_signature: '0'.repeat(40) },
  'short signature': { msg_signature: 'abc' },
  'long signature': { msg_signature: 'a'.repeat(4000) },
  'signature in other letters': { msg_signature: 'ä'.repeat(20) },
  'no timestamp': { timestamp: undefined },
  'another timestamp': { timestamp: '1' },
  'no nonce': { nonce: undefined },
  'another nonce': { nonce: 'x' },
};

const gets: Record<string, Record<string, string | undefined>> = {
  'no echostr': {},
  'empty echostr': { echostr: '' },
  'echostr that is not ours': { echostr: otherKey.encrypt('1234') },
  'echostr without a fitting signature': { echostr: ours.encrypt('1234') },
  'echostr of noise': { echostr: 'A'.repeat(64) },
  'echostr far too long': { echostr: 'A'.repeat(6000) },
};

test('S1 more than 70 hostile requests are each refused in one generic way, within a second', async () => {
  const attempts: [string, () => Promise<{ status: number; body: string }>][] = [
    ...Object.entries(sealed).map(
      ([name, encrypt]) => [`sealed ${name}`, () => send({}, encrypt)] as [string, typeof goodOne],
    ),
    ...Object.entries(bodies).map(
      ([name, body]) => [`body ${name}`, () => send({ body }, good)] as [string, typeof goodOne],
    ),
    ...Object.entries(queries).map(
      ([name, query]) => [`query ${name}`, () => send({ query })] as [string, typeof goodOne],
    ),
    ...Object.entries(gets).map(
      ([name, query]) => [`GET ${name}`, () => send({ method: 'GET', query })] as [string, typeof goodOne],
    ),
    ...['PUT', 'DELETE', 'PATCH', 'OPTIONS'].map(
      (method) => [method, () => send({ method })] as [string, typeof goodOne],
    ),
  ];
  expect(attempts.length).toBeGreaterThan(70);
  const wrong: object[] = [];
  for (const [name, attempt] of attempts) {
    const began = performance.now();
    const { status, body } = await attempt();
    const ms = performance.now() - began;
    const refused = [400, 403, 405].includes(status) && ['refused', 'method not allowed'].includes(body);
    if (!refused || ms > 1000) wrong.push({ name, status, body, ms });
  }
  expect(wrong).toEqual([]);
  const [row] = await system.at.db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM inbox_event');
  expect(Number(row?.n)).toBe(0);
});

const goodOne = () => send({});

test('S1 hostile requests all at once leave the server answering a good one within a second', async () => {
  const flood = Object.values(bodies).flatMap((body) =>
    [1, 2, 3].map(() => send({ body }, good).catch(() => undefined)),
  );
  await Promise.all(flood);
  const began = performance.now();
  const answer = await goodOne();
  const ms = performance.now() - began;
  expect(answer).toEqual({ status: 200, body: 'success' });
  expect(ms).toBeLessThan(1000);
});

test('S1 what a sender says of its content does not matter: only the body counts', async () => {
  for (const type of [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x/y; charset=no',
  ]) {
    expect(await send({ headers: { 'content-type': type } })).toEqual({ status: 200, body: 'success' });
    expect((await send({ headers: { 'content-type': type }, body: 'hello' })).status).toBe(400);
  }
});

test('S1 garbage on the wire, also behind a good start, costs nobody else anything', async () => {
  const { port } = new URL(system.at.system.url);
  const garbage = [
    'GARBAGE\r\n\r\n',
    'POST /callbacks/wecom/agent HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n<xml',
    'POST /callbacks/wecom/agent HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\u0000\u0001\u0002GET',
  ];
  const sockets = garbage.map((text) =>
    connect(Number(port), '127.0.0.1')
      .on('error', () => undefined)
      .end(text),
  );
  expect(await goodOne()).toEqual({ status: 200, body: 'success' });
  for (const socket of sockets) socket.destroy();
  expect(await goodOne()).toEqual({ status: 200, body: 'success' });
});

describe('S2 replay and stale', () => {
  const countOf = async (): Promise<number> =>
    Number((await system.at.db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM inbox_event'))[0]?.n);

  test('the same event in new wrapping leaves no trace, however often it comes', async () => {
    await goodOne();
    const before = await countOf();
    const answers = await Promise.all(Array.from({ length: 20 }, goodOne));
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]));
    expect(await countOf()).toBe(before);
  });

  test('a stale delivery is kept and marked, and triggers no more than a read', async () => {
    const { at } = system;
    await at.syncAll();
    const [relation] = at.sandbox.truth().relations;
    const pair = { userid: relation?.userid ?? '', external_userid: relation?.external_userid ?? '' };
    const xml =
      eventSamples['change_external_contact/del_external_contact']?.({ ...pair, createTime: toUnix(new Date()) }) ?? '';
    const timestamp = String(toUnix(new Date()) - 3600);
    const encrypt = ours.encrypt(xml);
    const msg_signature = ours.sign({ timestamp, nonce: '12345', encrypt });
    expect((await send({ query: { timestamp, msg_signature } }, encrypt)).status).toBe(200);
    await at.settled();
    const [event] = (await at.api.get('inbox-events?limit=1')).body.items;
    expect(event).toMatchObject({ ...pair, stale: true, state: 'done' });
    const { items } = (await at.api.get(`relations?userid=${pair.userid}&external_userid=${pair.external_userid}`))
      .body;
    expect(items[0].state).toBe('active');
  });
});
