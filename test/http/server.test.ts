import { connect, type Socket } from 'node:net';
import Koa from 'koa';
import { listen } from '../../src/http/server';

const host = '127.0.0.1';
const patience = { headersMs: 300, requestMs: 600, idleMs: 300 };

function serve(handle: Koa.Middleware, more = {}) {
  const app = new Koa().use(handle);
  app.silent = true;
  return listen(app, { host, port: 0, ...more });
}
const answerOk: Koa.Middleware = (ctx) => {
  ctx.body = 'ok';
};
const ask = (port: number) => fetch(`http://${host}:${port}/`);
const closed = (socket: Socket) =>
  new Promise<void>((done) =>
    socket
      .resume()
      .on('error', () => undefined)
      .once('close', () => done()),
  );
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('a taken port is one sentence and exit code 4', async () => {
  const first = await serve(answerOk);
  const second = listen(new Koa(), { host, port: first.port });
  await expect(second).rejects.toMatchObject({ name: 'StartupError', exitCode: 4 });
  await expect(second).rejects.toThrow(`Port ${first.port} on ${host} is taken`);
  await first.stop();
});

test('an address this machine does not have is a fault of the settings', async () => {
  await expect(listen(new Koa(), { host: '203.0.113.7', port: 0 })).rejects.toMatchObject({ exitCode: 2 });
});

test('F11: slow headers, silent sockets and endless bodies are cut while others are answered', async () => {
  const server = await serve(
    async (ctx) => {
      for await (const _ of ctx.req);
      ctx.body = 'ok';
    },
    { patience },
  );
  const open = () => connect(server.port, host);
  const slow = open();
  const drip = setInterval(() => slow.writable && slow.write('x'), 50);
  slow.write('GET / HTTP/1.1\r\nx-slow: ');
  const body = open();
  body.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{');
  const silent = Array.from({ length: 50 }, open);
  const cut = Promise.all([slow, body, ...silent].map(closed));
  for (let i = 0; i < 10; i++) expect((await ask(server.port)).status).toBe(200);
  await cut;
  clearInterval(drip);
  expect((await ask(server.port)).status).toBe(200);
  await server.stop();
});

test('F9: a request under way is finished, a new one is not accepted', async () => {
  let release = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await serve(async (ctx) => {
    release();
    await pause(300);
    ctx.body = 'done';
  });
  const answer = ask(server.port);
  await begun;
  const stopped = server.stop();
  await expect(ask(server.port)).rejects.toThrow();
  const response = await answer;
  expect([await response.text(), response.headers.get('connection')]).toEqual(['done', 'close']);
  await stopped;
});

test('F9: streams are ended, and whoever does not finish in time is cut', async () => {
  const server = await serve((ctx) => {
    if (ctx.path !== '/stream') return new Promise(() => undefined);
    ctx.respond = false;
    ctx.set('content-type', 'text/event-stream');
    ctx.res.writeHead(200).write('data: 1\n\n');
    return Promise.resolve();
  });
  const stream = await fetch(`http://${host}:${server.port}/stream`);
  const stuck = ask(server.port).catch((error: Error) => error.message);
  await pause(100);
  const startedAt = performance.now();
  const stopped = server.stop({ graceMs: 400 });
  expect(await stream.text()).toBe('data: 1\n\n');
  await stopped;
  expect(await stuck).toBe('fetch failed');
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
