import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
  path: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
}

/** An answer: JSON to send, or a way to misbehave. */
export type Answer =
  | { json: object }
  | { text: string }
  | { status: number }
  | { fault: 'reset' | 'truncate' | 'hang' }
  | ((call: ReceivedCall) => Answer | Promise<Answer>);

export type FakeWecom = Awaited<ReturnType<typeof startFakeWecom>>;

export const ok = (fields: object = {}): Answer => ({ json: { errcode: 0, errmsg: 'ok', ...fields } });
export const refuse = (errcode: number, errmsg = 'refused'): Answer => ({ json: { errcode, errmsg } });

/**
 * A WeCom of a few lines: answers are scripted per path; the last one stays. gettoken gives t1, t2, … unless
 * scripted.
 */
export async function startFakeWecom() {
  const scripts = new Map<string, Answer[]>();
  const calls: ReceivedCall[] = [];
  let tokens = 0;

  const byDefault = (path: string): Answer =>
    path === 'gettoken' ? ok({ access_token: `t${++tokens}`, expires_in: 7200 }) : refuse(48002, 'not scripted');

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request);
    calls.push(call);
    const script = scripts.get(call.path) ?? [];
    let answer = (script.length > 1 ? script.shift() : script[0]) ?? byDefault(call.path);
    while (typeof answer === 'function') answer = await answer(call);
    reply(response, answer);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** Answers of a path in turn; the last one stays. */
    on(path: string, ...answers: Answer[]): void {
      scripts.set(path, answers);
    },
    count: (path: string): number => calls.filter((call) => call.path === path).length,
    last: (path: string): ReceivedCall | undefined => calls.filter((call) => call.path === path).at(-1),
    close: () => close(server),
  };
}

async function read(request: IncomingMessage): Promise<ReceivedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '', 'http://localhost');
  return {
    path: url.pathname.replace('/cgi-bin/', ''),
    query: Object.fromEntries(url.searchParams),
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

function reply(response: ServerResponse, answer: Exclude<Answer, (...args: never[]) => unknown>): void {
  if ('fault' in answer) {
    misbehave(response, answer.fault);
    return;
  }
  if ('status' in answer) {
    response.writeHead(answer.status).end('<html>bad gateway</html>');
    return;
  }
  const text = 'text' in answer ? answer.text : JSON.stringify(answer.json);
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

function misbehave(response: ServerResponse, fault: 'reset' | 'truncate' | 'hang'): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"errcode":0,"external_userid":["wm1"');
  setTimeout(() => response.socket?.destroy(), 5);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => {
    server.close(() => done());
  });
}
