import { sleep } from '../../src/core/clock';
import { drained, must, verifyIngest } from './checks';
import { type Drill, onSite } from './drill';
import { seconds, senderTo } from './ingest-kill';

const stopWithinMs = 25_000;

/** F9: SIGTERM under load. Drains and closes in time; its jobs go on at once in the next process. */
export const sigterm: Drill = {
  name: 'sigterm',
  about: 'SIGTERM while 300 callbacks a second arrive',
  quick: true,
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 30, externalContacts: 800, groupChats: 5 } }, async (site) => {
      await site.server.start();
      const sender = senderTo(site);
      sender.start(300);
      await sleep(2000);
      const took = await site.server.kill('SIGTERM');
      const { code } = await site.server.ended();
      await sender.close();
      must(took <= stopWithinMs, `it took ${seconds(took)} to stop`);
      must(code === 0, `it ended with code ${code}`);
      await site.server.start();
      const ms = await drained(site, 60_000);
      return `stopped in ${seconds(took)}: ${await verifyIngest(site, sender)}; drained in ${seconds(ms)}`;
    }),
};
