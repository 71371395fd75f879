import { sleep } from '../../src/core/clock';
import { CallbackSender, quantile } from '../lib/callback-sender';
import { createCallbacks } from '../lib/callbacks';
import { drained, must, restartWithin, verifyIngest } from './checks';
import { type Drill, onSite } from './drill';
import type { Site } from './site';

const perSecond = 300;

/** I1, I4, E2, F1: nothing acknowledged is lost, nothing happens twice, however often the process is killed. */
export const ingestKill: Drill = {
  name: 'ingest-kill',
  about: 'SIGKILL at random while 300 callbacks a second arrive',
  quick: true,
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 40, externalContacts: 1500, groupChats: 5 } }, async (site) => {
      await site.server.start();
      const sender = senderTo(site);
      const restarts: number[] = [];
      try {
        sender.start(perSecond);
        for (let kills = ground.quick ? 5 : 30; kills > 0; kills--) {
          await sleep(300 + Math.random() * 2000);
          await site.server.kill();
          restarts.push(await site.server.start());
        }
        await sender.stop();
      } finally {
        await sender.close();
      }
      const ms = await drained(site, ground.quick ? 150_000 : 600_000);
      const seen = await verifyIngest(site, sender);
      // Last: what was lost matters more than how long it took.
      const slowest = Math.max(...restarts);
      must(slowest <= restartWithin(ground), `${seen}; but a restart took ${seconds(slowest)}`);
      return `${restarts.length} kills: ${seen}; restart to ready at most ${seconds(slowest)} (median ${seconds(quantile(restarts, 0.5))}), drained in ${seconds(ms)}`;
    }),
};

/** Sends about every relation of the company, some callbacks twice. */
export const senderTo = ({ server, sandbox }: Site): CallbackSender =>
  new CallbackSender({
    url: server.url,
    next: createCallbacks(sandbox.truth().relations.filter((relation) => relation.listed)),
    duplicates: 0.05,
  });

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
