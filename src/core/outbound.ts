import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { seconds } from './clock';
import { defineErrors } from './errors';

export const outboundError = defineErrors('outbound', {
  refused: [422, 'This server does not call that address'],
});

/** Why an address is not called: `details.reason` of `OUTBOUND_REFUSED`. */
export type RefusalReason =
  | 'unreadable'
  | 'scheme'
  | 'credentials'
  | 'port'
  /** The name is not known to the resolver. */
  | 'unresolved'
  /** Not a public address: our own machine, an inner network, a reserved range. */
  | 'address'
  | 'redirects'
  | 'size';

const refused = (reason: RefusalReason, host: string) => outboundError('refused', { reason, host });

/** Every address of a name, as the operating system resolves it. */
export type Resolve = (hostname: string) => Promise<string[]>;

export interface OutboundOptions {
  /** `host` or `host:port` of inner receivers; a host alone may be called at 80 and 443. */
  allowedHosts?: readonly string[];
  resolve?: Resolve;
  /** Opens the connection to an address that has passed; undici's own when not given. */
  dial?: buildConnector.connector;
}

export interface OutboundRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** For everything together: name, connection, redirects, body. Default 15 s. */
  timeoutMs?: number;
  /** Default 1 MiB. */
  maxBytes?: number;
  /** What becomes of a longer body; refused by default. */
  overflow?: 'refuse' | 'cut';
  /** How many redirects are followed, 0 to 3. Default 3. */
  redirects?: number;
  signal?: AbortSignal;
}

export interface OutboundAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export type Outbound = ReturnType<typeof createOutbound>;

const mostRedirects = 3;
const publicPorts = new Set(['80', '443']);
const globalIpv6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Whether an address belongs to the public internet. ipaddr.js takes `::7f00:1` (127.0.0.1 in an old form) for one. */
function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalIpv6);
}

const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
};

/**
 * The one way to call an address that a user or a message named (S4). Names are resolved here, once, and the connection
 * goes to the very address that was checked, so a name that changes its mind in between reaches nothing.
 */
export function createOutbound({ allowedHosts = [], resolve = systemResolve, dial }: OutboundOptions = {}) {
  const allowed = new Set(allowedHosts.map((host) => bareHost(host.trim().toLowerCase())));
  const isNamed = (host: string, port: string): boolean =>
    allowed.has(`${bareHost(host)}:${port}`) || (publicPorts.has(port) && allowed.has(bareHost(host)));

  /** The address to connect to. @throws outbound.refused */
  async function addressOf(host: string, port: string): Promise<string> {
    const name = bareHost(host);
    const addresses = ipaddr.isValid(name) ? [name] : await resolve(name).catch(() => []);
    const [first] = addresses;
    if (first === undefined) throw refused('unresolved', host);
    if (!isNamed(host, port) && !addresses.every(isPublic)) throw refused('address', host);
    return first;
  }

  const open = dial ?? buildConnector({ timeout: seconds(5) });
  /** Undici calls it whenever it needs a connection: nothing is sent over one that did not pass here. */
  const connect: buildConnector.connector = (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    addressOf(options.hostname, port).then(
      (hostname) => open({ ...options, hostname }, callback),
      (error: Error) => (callback as (error: Error, socket: Socket | null) => void)(error, null),
    );
  };
  const agent = new Agent({ connect });

  /** What can be said without asking anybody. @throws outbound.refused */
  function parse(text: string): URL {
    if (!URL.canParse(text)) throw refused('unreadable', '');
    const url = new URL(text);
    const reason = faultOf(url);
    if (reason) throw refused(reason, url.hostname);
    return url;
  }

  function faultOf(url: URL): RefusalReason | undefined {
    const port = portOf(url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
    if (url.username || url.password) return 'credentials';
    return publicPorts.has(port) || isNamed(url.hostname, port) ? undefined : 'port';
  }

  async function send(given: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const most = Math.min(given.redirects ?? mostRedirects, mostRedirects);
    let next = { ...given };
    for (let followed = 0; ; followed++) {
      const url = parse(next.url);
      const answer = await exchange(agent, url, next, signal);
      const target = redirectOf(answer, url);
      if (!target || most === 0) return { ...answer, body: await readBody(answer, next, url.hostname) };
      await answer.body.dump();
      if (followed === most) throw refused('redirects', url.hostname);
      next = redirected(next, url, target, answer.status);
    }
  }

  return {
    /** Whether an address may be called, as its name resolves now. @throws outbound.refused */
    async check(text: string): Promise<URL> {
      const url = parse(text);
      await addressOf(url.hostname, portOf(url));
      return url;
    },

    /** @throws outbound.refused; what undici throws when nobody answers; the reason of the signal */
    request: (given: OutboundRequest): Promise<OutboundAnswer> => {
      const time = AbortSignal.timeout(given.timeoutMs ?? seconds(15));
      return send(given, given.signal ? AbortSignal.any([given.signal, time]) : time);
    },

    close: (): Promise<void> => agent.destroy(),
  };
}

/** IPv6 addresses stand in brackets in a URL and without in a socket. */
const bareHost = (host: string): string => host.replace(/[[\]]/g, '');

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

type Incoming = Omit<OutboundAnswer, 'body'> & { body: Dispatcher.ResponseData['body'] };

async function exchange(agent: Agent, url: URL, given: OutboundRequest, signal: AbortSignal): Promise<Incoming> {
  const { method = 'GET', headers = {}, body = null } = given;
  const { statusCode, ...answer } = await request(url, { dispatcher: agent, method, headers, body, signal });
  return { status: statusCode, headers: answer.headers, body: answer.body };
}

function redirectOf({ status, headers }: Incoming, from: URL): URL | undefined {
  const location = headers.location;
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') return undefined;
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

/** What was meant for one origin is not told to another; only 307 and 308 repeat a body. */
function redirected(given: OutboundRequest, from: URL, to: URL, status: number): OutboundRequest {
  const { body, method = 'GET', headers = {}, ...rest } = given;
  const repeats = method === 'POST' && (status === 307 || status === 308);
  const kept = from.origin === to.origin ? headers : {};
  const next = { ...rest, url: to.href, headers: kept };
  return repeats && body !== undefined ? { ...next, method, body } : { ...next, method: repeats ? method : 'GET' };
}

/** Reads no further than it must: an endless body costs `maxBytes`. */
async function readBody({ body }: Incoming, given: OutboundRequest, host: string): Promise<Buffer> {
  const { maxBytes = 1024 * 1024, overflow = 'refuse' } = given;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > maxBytes) break;
  }
  if (length > maxBytes && overflow === 'refuse') throw refused('size', host);
  return Buffer.concat(parts).subarray(0, maxBytes);
}
