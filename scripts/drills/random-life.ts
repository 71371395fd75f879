import { sleep } from '../../src/core/clock';
import { must } from './checks';
import { type Drill, onSite } from './drill';
import { runToEnd, type Site, until } from './site';
import { mustEqualTruth } from './truth';

/** A deletion this fresh may be newer than a read, so the last second look comes a while after the last change. */
const settleMs = 12_000;

/** I5, I6: callbacks are lost, repeated and reordered; a reconciliation and its second look repair what is wrong. */
export const randomLife: Drill = {
  name: 'random-life',
  about: 'a lively company whose callbacks are lost, repeated and reordered, then reconciled',
  quick: true,
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 30, externalContacts: 1200, groupChats: 20, leavers: 2 } }, async (site) => {
      const { sandbox, server } = site;
      await server.start();
      await runToEnd(site, 'sync-runs', { scope: 'all' });
      sandbox.deliverTo(server.url);
      sandbox.faults.set('drop', { probability: 0.05 });
      sandbox.faults.set('duplicate', { probability: 0.1 });
      sandbox.faults.set('shuffle', { probability: 0.2, ms: 2000 });
      sandbox.life.live({ perMinute: 1200 });
      await sleep(ground.quick ? 20_000 : 600_000);
      sandbox.life.stop();
      await sandbox.callbacks.idle();
      await sleep(settleMs);
      const runs = await reconcileTwice(site);
      await mustEqualTruth(site, 5000);
      const { facts, acknowledged } = sandbox.ledger;
      const silent = facts.filter((fact) => fact.silent && fact.origin === 'client').length;
      must(silent > 0, 'no callback was lost');
      return `${facts.length} changes, ${acknowledged.length} callbacks, ${silent} changes never told: after ${runs} reconciliations equal to the truth`;
    }),
};

/** The first repairs what it sees; a transfer that settled meanwhile, or a fresh departure, is for the second. */
async function reconcileTwice(site: Site): Promise<number> {
  const db = await site.db();
  for (let n = 0; n < 2; n++) {
    await runToEnd(site, 'reconciliation-runs', {});
    await until('the second look is done', 60_000, async () => {
      const jobs = await db.query("SELECT id FROM job WHERE state IN ('ready', 'running')");
      return jobs.length === 0;
    });
  }
  return 2;
}
