import { createServer, type Server, type ServerResponse } from 'node:http';
import type Koa from 'koa';
import { sleep } from '../core/clock';
import { exitCode, messageOf, StartupError } from '../core/errors';
import { limitClients, type Patience } from './security';

interface Where {
  host: string;
  port: number;
  /** How slow clients may be; tests are less patient. */
  patience?: Patience;
}

export interface HttpServer {
  /** Where it listens; port 0 became a free one. */
  port: number;
  /**
   * Accepts nothing more, ends streams, lets requests under way finish for up to `graceMs` and then cuts the rest
   * (F9). Readers of streams come again by themselves and find another process.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
}

const checkEveryMs = 1000;

/** @throws StartupError, one sentence, when the address cannot be had */
export async function listen(app: Koa, { host, port, patience }: Where): Promise<HttpServer> {
  const server = createServer({ connectionsCheckingInterval: checkEveryMs }, app.callback());
  limitClients(server, patience);
  const open = watchResponses(server);
  await bound(server, { host, port });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: ({ graceMs = 20_000 } = {}) => stop(server, open, graceMs),
  };
}

function bound(server: Server, { host, port }: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, { host, port })));
    server.listen(port, host, () => resolve());
  });
}

function refusal(cause: NodeJS.ErrnoException, { host, port }: Where): StartupError {
  if (cause.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken: stop the program that uses it, or set PORT to another one.`;
    return new StartupError(message, exitCode.portTaken, { cause });
  }
  if (cause.code === 'EACCES') {
    const message = `This account may not listen on port ${port}: set PORT to 1024 or above.`;
    return new StartupError(message, exitCode.portTaken, { cause });
  }
  const message = `Cannot listen on ${host}, port ${port}: ${messageOf(cause)}. Check HOST and PORT.`;
  return new StartupError(message, exitCode.settings, { cause });
}

function watchResponses(server: Server): Set<ServerResponse> {
  const open = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  return open;
}

/** By the headers set before the head was written; see `named` in app.ts. */
const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

async function stop(server: Server, open: Set<ServerResponse>, graceMs: number): Promise<void> {
  const closed = new AbortController();
  server.close(() => closed.abort());
  for (const response of open) {
    if (isStream(response)) response.end();
    else if (!response.headersSent) response.setHeader('connection', 'close');
  }
  const giveUpAt = performance.now() + graceMs;
  while (!closed.signal.aborted && performance.now() < giveUpAt) {
    await sleep(50, closed.signal);
    // Node calls a connection idle as soon as its answer is handed over: closed too early, the answer would be cut.
    if (open.size === 0) server.closeIdleConnections();
  }
  server.closeAllConnections();
}
