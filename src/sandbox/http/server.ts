import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '../../core/clock';
import { messageOf } from '../../core/errors';
import { exactJson } from '../archive/kit';
import type { PayDesk } from '../pay/desk';
import type { Page } from '../sign-in-page';
import { settleTransfers } from '../transfers';
import { type Answer, answerCall, type Call, type Desk, spoils } from './answer';

const apiRoot = '/cgi-bin/';
const payRoot = '/v3/';
const maxBody = 1024 * 1024;

/** Answers other addresses than WeCom's: the control API. Returns undefined when it is none of its own. */
export type SideDoor = (request: SideRequest) => Promise<object | undefined>;

export interface SideRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** What a program had WeCom do. */
export interface Order {
  /** The path below /cgi-bin/; WeChat Pay's in full. */
  api: string;
  /** JSON; empty for what was only asked. */
  body: string;
}

interface ServerOptions {
  latencyMs: number;
  /** Hears of every call that changed the company. */
  changed?: ((order: Order) => void) | undefined;
  sideDoor?: SideDoor | undefined;
  /** WeChat Pay, at the same address. */
  pay: PayDesk;
  /** What people look at instead of programs; undefined when the address is none of those. */
  page(url: URL): Page | undefined;
}

/** HTTP as qyapi speaks it, on 127.0.0.1. */
export function createSandboxServer(desk: Desk, options: ServerOptions) {
  const server = createServer({ keepAlive: true }, (request, response) => {
    handle(request, response).catch((error: unknown) => send(response, 500, { fault: messageOf(error) }));
  });
  server.keepAliveTimeout = 60_000;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (url.pathname.startsWith(apiRoot)) await handleCall(request, response, url);
    else if (url.pathname.startsWith(payRoot)) await handlePay(request, response);
    else await handleSide(request, response, url);
  }

  async function handlePay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path = '' } = request;
    const body = await read(request);
    await options.pay.handle(request, response, body);
    if (method === 'POST') options.changed?.({ api: path, body });
  }

  async function handleCall(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const api = url.pathname.slice(apiRoot.length);
    const { ledger } = desk.company;
    ledger.count('calls', api);
    desk.limits.enter(api);
    response.once('close', () => desk.limits.leave(api));
    const body = await read(request);
    const call: Call = { api, method: request.method, query: url.searchParams, body, struck: false };
    const before = ledger.mark();
    settleTransfers(desk.company);
    if (spoils(desk, call, 'hang')) return ledger.count('struck', api);
    const answer = spoils(desk, call, 'httpError') ? undefined : answerCall(desk, call);
    if (ledger.mark() > before) options.changed?.({ api, body });
    await holdBack(response, api);
    deliver(response, call, answer);
    if (call.struck) ledger.count('struck', api);
  }

  async function holdBack(response: ServerResponse, api: string): Promise<void> {
    const wait = options.latencyMs + desk.faults.delay('slow', api);
    if (wait > 0) await sleep(wait);
    const ahead = desk.faults.dateAhead(api);
    if (ahead !== 0) response.setHeader('date', new Date(Date.now() + ahead).toUTCString());
  }

  /** What the wire does to an answer. The work behind it is done either way. */
  function deliver(response: ServerResponse, call: Call, answer: Answer | undefined): void {
    if (!answer) response.writeHead(502, { 'content-type': 'text/html' }).end('<html>502 Bad Gateway</html>');
    else if (spoils(desk, call, 'reset')) response.destroy();
    else if (spoils(desk, call, 'truncate')) truncate(response, answer);
    else if (send(response, 200, answer) && answer.errcode === 0) desk.company.ledger.count('answered', call.api);
  }

  async function handleSide(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const page = request.method === 'GET' ? options.page(url) : undefined;
    if (page) {
      response.writeHead(page.status, { 'content-type': 'text/html; charset=UTF-8', ...page.headers }).end(page.html);
      return;
    }
    const { pathname: path, searchParams: query } = url;
    const answer = await options.sideDoor?.({
      method: request.method ?? 'GET',
      path,
      query,
      body: await read(request),
    });
    if (answer) send(response, 200, answer);
    else send(response, 404, { fault: 'not found' });
  }

  return {
    /** @returns the base address. @throws when the port is taken */
    listen: (port: number): Promise<string> => listen(server, port),
    async close(): Promise<void> {
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${portOf(server.address())}`);
    });
  });
}

function portOf(address: string | AddressInfo | null): number {
  if (typeof address === 'object' && address) return address.port;
  throw new Error('The sandbox listens nowhere');
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBody) throw new RangeError('The body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

/** False when nobody is there any more. */
function send(response: ServerResponse, status: number, answer: object): boolean {
  if (response.destroyed) return false;
  const body = Buffer.from('chatdata' in answer ? exactJson(answer) : JSON.stringify(answer));
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', 'content-length': body.length });
  response.end(body);
  return true;
}

/** Half of the promised bytes, then the end. */
function truncate(response: ServerResponse, answer: object): void {
  const body = Buffer.from(exactJson(answer));
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}
