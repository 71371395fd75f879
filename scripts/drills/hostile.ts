import { connect, type Socket } from 'node:net';
import { Agent, request } from 'undici';
import { sleep } from '../../src/core/clock';
import { quantile } from '../lib/callback-sender';
import { createCallbacks, seal } from '../lib/callbacks';
import { must } from './checks';
import { type Drill, onSite } from './drill';
import type { Site } from './site';

/** Below this a doubled p95 says more about the machine than about the server. */
const floorMs = 25;
const slowSockets = 100;

/** F11: slow headers, huge bodies and idle sockets do not slow others down. */
export const hostile: Drill = {
  name: 'hostile',
  about: '10,000 idle sockets (quick: 1,000), 100 that send headers byte by byte, huge bodies',
  quick: true,
  alone: true,
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 20, externalContacts: 300, groupChats: 5 } }, async (site) => {
      await site.server.start();
      await othersP95(site, 1000); // warms up
      const before = await othersP95(site, 300);
      const attack = attackOn(site, ground.quick ? 1000 : 10_000);
      await sleep(ground.quick ? 500 : 3000);
      const during = await othersP95(site, 300);
      attack.stop();
      const limit = Math.max(2 * before, floorMs);
      must(during <= limit, `p95 of others rose from ${before.toFixed(1)} to ${during.toFixed(1)} ms`);
      must(await site.server.ready(), 'not ready afterwards');
      return `p95 of others ${before.toFixed(1)} ms before, ${during.toFixed(1)} ms during`;
    }),
};

/** Callbacks of an honest sender, eight at once. @returns p95, ms */
async function othersP95({ server, sandbox }: Site, count: number): Promise<number> {
  const next = createCallbacks(sandbox.truth().relations.filter((relation) => relation.listed));
  const agent = new Agent({ connections: 8 });
  const latencies: number[] = [];
  const one = async () => {
    while (latencies.length < count) {
      const { path, body } = seal(`${next().plaintext}<!-- ${Math.random()} -->`);
      const began = performance.now();
      const answer = await request(`${server.url}${path}`, { method: 'POST', body, dispatcher: agent });
      must((await answer.body.text()) === 'success', `an honest callback got ${answer.statusCode}`);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  await agent.destroy();
  return quantile(latencies, 0.95);
}

function attackOn({ server }: Site, idleSockets: number): { stop(): void } {
  const sockets: Socket[] = [];
  const port = Number(new URL(server.url).port);
  const open = (first: string): Socket => {
    const socket = connect(port, '127.0.0.1', () => socket.write(first));
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  for (let n = 0; n < idleSockets; n++) open('');
  const slow = Array.from({ length: slowSockets }, () => open('POST /callbacks/wecom/agent HTTP/1.1\r\n'));
  const timer = setInterval(() => {
    for (const socket of slow) socket.write('x');
    const huge = open(
      `POST /callbacks/wecom/agent?msg_signature=x&timestamp=1&nonce=1 HTTP/1.1\r\nhost: x\r\ncontent-length: 100000000\r\n\r\n`,
    );
    huge.write(Buffer.alloc(1 << 20, 120));
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}
