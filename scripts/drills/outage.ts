import { sleep } from '../../src/core/clock';
import { CallbackSender, quantile } from '../lib/callback-sender';
import { createCallbacks } from '../lib/callbacks';
import type { PrivateServer } from '../lib/servers.mjs';
import { drained, must, verifyIngest } from './checks';
import { type Drill, onSite } from './drill';
import { seconds } from './ingest-kill';
import { type Site, until } from './site';

const readyWithinMs = 10_000;

/** I9, F2: while the database hangs or is gone, callbacks are spooled and acknowledged, and nothing is lost. */
export const outage: Drill = {
  name: 'outage',
  about: 'the database hangs, then is gone, at 100 callbacks a second',
  quick: true,
  ownServer: 'always',
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 30, externalContacts: 1000, groupChats: 5 } }, async (site) => {
      const { mysql } = ground;
      if (!mysql) return 'SQLite is never away';
      await site.server.start();
      await site.db();
      const listed = site.sandbox.truth().relations.filter((relation) => relation.listed);
      const sender = new CallbackSender({ url: site.server.url, next: createCallbacks(listed) });
      sender.start(100);
      const lines: string[] = [];
      try {
        await sleep(1000);
        const ms = ground.quick ? 8000 : 20_000;
        lines.push(`hanging ${await away(site, ms, hanging(mysql))}`);
        lines.push(`gone ${await away(site, ms, gone(mysql))}`);
      } finally {
        await sender.close();
      }
      const missing = sender.sent.size - sender.acknowledged.size;
      const slowest = Math.max(...sender.latencies);
      const ms = await drained(site);
      const seen = await verifyIngest(site, sender);
      must(missing === 0, `${missing} callbacks were not acknowledged`);
      return `${lines.join(', ')}: ${seen}; acknowledged in ${Math.round(quantile(sender.latencies, 0.99))} ms (p99), at most ${seconds(slowest)}; drained in ${seconds(ms)}`;
    }),
};

interface Absence {
  begin(): Promise<void>;
  end(): Promise<void>;
}

const hanging = (mysql: PrivateServer): Absence => ({
  begin: async () => mysql.signal('SIGSTOP'),
  end: async () => mysql.signal('SIGCONT'),
});

const gone = (mysql: PrivateServer): Absence => ({ begin: () => mysql.halt(), end: () => mysql.resume() });

/** @returns how long it took to be ready again */
async function away({ server }: Site, ms: number, { begin, end }: Absence): Promise<string> {
  await begin();
  try {
    await until('not ready', 10_000, async () => (await server.health()).level !== 'ok');
    await sleep(ms);
  } finally {
    await end();
  }
  const back = await until('ready again', readyWithinMs, () => server.ready());
  return `${seconds(ms)} (ready again in ${seconds(back)})`;
}
