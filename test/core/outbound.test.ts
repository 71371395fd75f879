import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect as dialTcp } from 'node:net';
import { AppError } from '../../src/core/errors';
import { createOutbound, type Outbound, type OutboundRequest } from '../../src/core/outbound';

/** Behind everything: whatever passes the guard arrives here, whichever address it was sent to. */
let server: Server;
let reached: string[] = [];
let sockets = 0;
let dialled: string[] = [];
let answer: (req: IncomingMessage, res: ServerResponse) => void;
const portOfServer = () => (server.address() as AddressInfo).port;

/** What the names of the test resolve to; each look takes the next answer and stays with the last. */
let names: Record<string, string[][]> = {};

const outbound = (allowedHosts: string[] = []): Outbound =>
  createOutbound({
    allowedHosts,
    async resolve(hostname) {
      const answers = names[hostname] ?? [];
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (!next) throw new Error('ENOTFOUND');
      return next;
    },
    dial(options, callback) {
      dialled.push(`${options.hostname}:${options.port || (options.protocol === 'https:' ? 443 : 80)}`);
      const socket = dialTcp(portOfServer(), '127.0.0.1');
      socket.once('connect', () => callback(null, socket));
    },
  });

beforeAll(async () => {
  server = createServer((req, res) => {
    reached.push(`${req.method} ${req.headers.host}${req.url}`);
    answer(req, res);
  });
  server.on('connection', () => sockets++);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  reached = [];
  sockets = 0;
  dialled = [];
  names = { 'public.example': [['93.184.215.14']], 'public6.example': [['2606:4700::1111']] };
  answer = (_, res) => res.end('hello');
});

async function outcome(given: OutboundRequest, guard = outbound()): Promise<string> {
  try {
    const { status } = await guard.request(given);
    return String(status);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${(error.details as { reason: string }).reason}`;
  } finally {
    await guard.close();
  }
}

const inner: [why: string, url: string, reason: string][] = [
  ['loopback', 'http://127.0.0.1/', 'address'],
  ['loopback, another of its 16 million', 'http://127.8.9.10/', 'address'],
  ['a number instead of dots', 'http://2130706433/', 'address'],
  ['octal', 'http://0177.0.0.1/', 'address'],
  ['octal in one piece', 'http://017700000001/', 'address'],
  ['hexadecimal', 'http://0x7f.0x0.0x0.0x1/', 'address'],
  ['hexadecimal in one piece', 'http://0x7f000001/', 'address'],
  ['two parts', 'http://127.1/', 'address'],
  ['three parts', 'http://127.0.1/', 'address'],
  ['a dot behind', 'http://127.0.0.1./', 'address'],
  ['wide digits and dots', 'http://１２７．０．０．１/', 'address'],
  ['ideographic full stops', 'http://127。0。0。1/', 'address'],
  ['digits in circles', 'http://①②⑦.⓪.⓪.①/', 'address'],
  ['escaped digits', 'http://%31%32%37.0.0.1/', 'address'],
  ['nothing', 'http://0.0.0.0/', 'address'],
  ['nothing in short', 'http://0/', 'address'],
  ['this network', 'http://0.1.2.3/', 'address'],
  ['private 10', 'http://10.0.0.1/', 'address'],
  ['private 172.16', 'http://172.16.0.1/', 'address'],
  ['private 172.31', 'http://172.31.255.254/', 'address'],
  ['private 192.168', 'http://192.168.1.1/', 'address'],
  ['carrier-grade NAT', 'http://100.64.0.1/', 'address'],
  ['metadata of one cloud', 'http://100.100.100.200/latest/meta-data', 'address'],
  ['metadata of most clouds', 'http://169.254.169.254/latest/meta-data', 'address'],
  ['metadata as a number', 'http://2852039166/', 'address'],
  ['link-local', 'http://169.254.1.1/', 'address'],
  ['protocol assignments', 'http://192.0.0.8/', 'address'],
  ['6to4 relays', 'http://192.88.99.1/', 'address'],
  ['benchmarks', 'http://198.18.0.1/', 'address'],
  ['documentation', 'http://203.0.113.7/', 'address'],
  ['multicast', 'http://224.0.0.1/', 'address'],
  ['reserved for later', 'http://240.0.0.1/', 'address'],
  ['broadcast', 'http://255.255.255.255/', 'address'],
  ['IPv6 nothing', 'http://[::]/', 'address'],
  ['IPv6 loopback', 'http://[::1]/', 'address'],
  ['IPv6 loopback in long', 'http://[0:0:0:0:0:0:0:1]/', 'address'],
  ['IPv4 mapped', 'http://[::ffff:127.0.0.1]/', 'address'],
  ['IPv4 mapped, hexadecimal', 'http://[::ffff:7f00:1]/', 'address'],
  ['IPv4 mapped, even a public one', 'http://[::ffff:8.8.8.8]/', 'address'],
  ['IPv4 compatible', 'http://[::127.0.0.1]/', 'address'],
  ['IPv4 translated', 'http://[::ffff:0:127.0.0.1]/', 'address'],
  ['NAT64', 'http://[64:ff9b::7f00:1]/', 'address'],
  ['local NAT64', 'http://[64:ff9b:1::a00:1]/', 'address'],
  ['6to4', 'http://[2002:7f00:1::]/', 'address'],
  ['Teredo', 'http://[2001::7f00:1]/', 'address'],
  ['unique local', 'http://[fd00:ec2::254]/', 'address'],
  ['IPv6 link-local', 'http://[fe80::1]/', 'address'],
  ['IPv6 site-local', 'http://[fec0::1]/', 'address'],
  ['IPv6 multicast', 'http://[ff02::1]/', 'address'],
  ['IPv6 documentation', 'http://[2001:db8::1]/', 'address'],
  ['IPv6 discard', 'http://[100::1]/', 'address'],
  ['IPv6 not given out', 'http://[4000::1]/', 'address'],
  ['a zone', 'http://[fe80::1%25eth0]/', 'unreadable'],
  ['a user that looks like a host', 'http://public.example@127.0.0.1/', 'credentials'],
  ['user and password', 'http://user:pass@public.example/', 'credentials'],
  ['a password alone', 'https://:pass@public.example/', 'credentials'],
  ['a backslash before the host', 'http://127.0.0.1\\@public.example/', 'address'],
  ['a tab within the host', 'http://127.0.\t0.1/', 'address'],
  ['https to the inside', 'https://127.0.0.1/', 'address'],
  ['file', 'file:///etc/passwd', 'scheme'],
  ['ftp', 'ftp://public.example/', 'scheme'],
  ['gopher', 'gopher://public.example:80/_', 'scheme'],
  ['data', 'data:text/plain,hello', 'scheme'],
  ['javascript', 'javascript:alert(1)', 'scheme'],
  ['a database', 'mysql://public.example:80/', 'scheme'],
  ['a web socket', 'ws://public.example/', 'scheme'],
  ['secure shell', 'http://public.example:22/', 'port'],
  ['mail', 'http://public.example:25/', 'port'],
  ['Redis', 'http://public.example:6379/', 'port'],
  ['another web port', 'https://public.example:8443/', 'port'],
  ['a path alone', '/hooks', 'unreadable'],
  ['no host', 'http://', 'unreadable'],
  ['nothing at all', '', 'unreadable'],
  ['a number too large', 'http://4294967296/', 'unreadable'],
  ['a name nobody knows', 'http://nowhere.example/', 'unresolved'],
];

test.each(inner)('S4 not reached: %s (%s)', async (_, url, reason) => {
  expect(await outcome({ url })).toBe(`outbound.refused ${reason}`);
  expect([sockets, dialled]).toEqual([0, []]);
});

const resolved: [why: string, addresses: string[]][] = [
  ['loopback', ['127.0.0.1']],
  ['an inner network', ['10.1.2.3']],
  ['IPv6 loopback', ['::1']],
  ['IPv4 in IPv6', ['::ffff:10.0.0.1']],
  ['link-local with a zone', ['fe80::1%eth0']],
  ['metadata', ['169.254.169.254']],
  ['one public and one inner address', ['93.184.215.14', '192.168.0.1']],
  ['nothing', []],
  ['no address at all', ['public.example']],
];

test.each(resolved)('S4 not reached: a name that resolves to %s', async (_, addresses) => {
  names['evil.example'] = [addresses];
  expect(await outcome({ url: 'http://evil.example/' })).toMatch(/^outbound\.refused (address|unresolved)$/);
  expect([sockets, dialled]).toEqual([0, []]);
});

test.each(['localhost', 'localhost.', 'evil.example.', 'EVIL.example'])('S4 not reached: the name %s', async (host) => {
  for (const name of ['localhost', 'localhost.', 'evil.example.', 'evil.example']) names[name] = [['127.0.0.1']];
  expect(await outcome({ url: `http://${host}/` })).toBe('outbound.refused address');
  expect(sockets).toBe(0);
});

test.each([
  ['http://public.example/a', '93.184.215.14:80'],
  ['http://public.example:443/a', '93.184.215.14:443'],
  ['http://public6.example/a', '2606:4700::1111:80'],
  ['http://1.1.1.1/a', '1.1.1.1:80'],
  ['http://[2606:4700::1111]/a', '2606:4700::1111:80'],
])('S4 reached: %s, at the very address that was checked', async (url, address) => {
  expect(await outcome({ url })).toBe('200');
  expect(dialled).toEqual([address]);
  expect(reached).toHaveLength(1);
});

test('S4 a name that changes its mind after the check is connected to as it was checked at the connection', async () => {
  names['rebinding.example'] = [['93.184.215.14'], ['127.0.0.1']];
  const guard = outbound();
  await guard.check('http://rebinding.example/');
  expect(await outcome({ url: 'http://rebinding.example/' }, guard)).toBe('outbound.refused address');
  expect(sockets).toBe(0);

  names['rebinding.example'] = [['93.184.215.14'], ['127.0.0.1']];
  expect(await outcome({ url: 'http://rebinding.example/' })).toBe('200');
  expect(dialled).toEqual(['93.184.215.14:80']);
});

describe('S4 redirects', () => {
  const redirecting = (...to: string[]) => {
    answer = (_, res) => {
      const location = to.shift();
      if (location === undefined) res.end('arrived');
      else res.writeHead(307, { location }).end();
    };
  };

  test.each([
    ['to loopback', 'http://127.0.0.1/', 'address'],
    ['to metadata', 'http://169.254.169.254/', 'address'],
    ['to a name inside', 'http://inside.example/', 'address'],
    ['to another scheme', 'file:///etc/passwd', 'scheme'],
    ['to another port', 'http://public.example:6379/', 'port'],
    ['with credentials', 'http://user@public.example/', 'credentials'],
    ['to loopback without a scheme', '//127.0.0.1/', 'address'],
  ])('%s: not followed', async (_, location, reason) => {
    names['inside.example'] = [['10.0.0.1']];
    redirecting(location);
    expect(await outcome({ url: 'http://public.example/' })).toBe(`outbound.refused ${reason}`);
    expect(dialled).toEqual(['93.184.215.14:80']);
    expect(reached).toHaveLength(1);
  });

  test('three are followed, a fourth is not', async () => {
    redirecting('/1', '/2', '/3');
    expect(await outcome({ url: 'http://public.example/' })).toBe('200');
    redirecting('/1', '/2', '/3', '/4');
    expect(await outcome({ url: 'http://public.example/' })).toBe('outbound.refused redirects');
  });

  test('none is followed where none is wanted: the answer is given as it is', async () => {
    redirecting('http://127.0.0.1/');
    expect(await outcome({ url: 'http://public.example/', redirects: 0 })).toBe('307');
    expect(reached).toHaveLength(1);
  });

  test('what was meant for one origin is not told to another', async () => {
    const seen: (string | undefined)[] = [];
    redirecting('/again', 'http://public6.example/');
    const next = answer;
    answer = (req, res) => {
      seen.push(`${req.method} ${req.headers.authorization}`);
      next(req, res);
    };
    const headers = { authorization: 'Bearer secret' };
    await outcome({ url: 'http://public.example/', method: 'POST', headers, body: '{}' });
    expect(seen).toEqual(['POST Bearer secret', 'POST Bearer secret', 'POST undefined']);
  });
});

describe('S4 limits', () => {
  test('a body longer than allowed is refused, or cut where that is wanted', async () => {
    answer = (_, res) => res.end('x'.repeat(5000));
    expect(await outcome({ url: 'http://public.example/', maxBytes: 1000 })).toBe('outbound.refused size');
    const guard = outbound();
    const { body } = await guard.request({ url: 'http://public.example/', maxBytes: 1000, overflow: 'cut' });
    expect(body).toHaveLength(1000);
    await guard.close();
  });

  test('who does not answer in time is given up', async () => {
    answer = () => undefined;
    const guard = outbound();
    await expect(guard.request({ url: 'http://public.example/', timeoutMs: 50 })).rejects.toThrow(/time/i);
    await guard.close();
  });

  test('whoever asked may give up earlier', async () => {
    answer = () => undefined;
    const guard = outbound();
    const signal = AbortSignal.timeout(20);
    await expect(guard.request({ url: 'http://public.example/', signal })).rejects.toThrow(/time/i);
    await guard.close();
  });
});

describe('S4 hosts the settings name', () => {
  test.each([
    ['an address', ['127.0.0.1'], 'http://127.0.0.1/'],
    ['a name', ['crm.internal'], 'http://crm.internal/'],
    ['a name with a port', ['crm.internal:8080'], 'http://crm.internal:8080/'],
    ['capitals and blanks', [' CRM.Internal:8080 '], 'http://crm.internal:8080/'],
    ['IPv6 with a port', ['[::1]:8080'], 'http://[::1]:8080/'],
  ])('%s may be called', async (_, allowed, url) => {
    names['crm.internal'] = [['10.0.0.5']];
    expect(await outcome({ url }, outbound(allowed))).toBe('200');
  });

  test.each([
    ['another port', ['crm.internal'], 'http://crm.internal:8080/', 'port'],
    ['a port instead of the one named', ['crm.internal:8080'], 'http://crm.internal:9090/', 'port'],
    ['the public port when another is named', ['crm.internal:8080'], 'http://crm.internal/', 'address'],
    ['another name of the same address', ['crm.internal'], 'http://other.internal/', 'address'],
    ['the address itself', ['crm.internal'], 'http://10.0.0.5/', 'address'],
    ['an empty list', [''], 'http://crm.internal/', 'address'],
  ])('%s is still refused', async (_, allowed, url, reason) => {
    names['crm.internal'] = [['10.0.0.5']];
    names['other.internal'] = [['10.0.0.5']];
    expect(await outcome({ url }, outbound(allowed))).toBe(`outbound.refused ${reason}`);
    expect(sockets).toBe(0);
  });
});
