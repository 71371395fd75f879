import { createSandboxClock } from '../../src/sandbox';
import { liveBadly, stepMs } from './bad-life';
import { drained, must } from './checks';
import { type Drill, onSite } from './drill';
import { runToEnd, until } from './site';
import { detectorsIn, wrongFindings } from './true-violations';

/** WCM-03, WCM-06: callbacks are lost, repeated and reordered; every violation told is found once, and none is invented. */
export const violations: Drill = {
  name: 'violations',
  about: 'a company in which much goes wrong, its callbacks lost, repeated and reordered: findings against the ledger',
  quick: false,
  run(ground) {
    const steps = 10_000;
    const clock = createSandboxClock({ frozenAt: new Date(Date.now() - steps * stepMs) });
    const size = { staff: 60, externalContacts: 1500, groupChats: 40, leavers: 1, seed: 91, transferFailureRate: 0.2 };
    return onSite(ground, { sandbox: { ...size, clock } }, async (site) => {
      const { sandbox, server } = site;
      await server.start();
      await runToEnd(site, 'sync-runs', { scope: 'all' });
      sandbox.deliverTo(server.url);
      sandbox.faults.set('drop', { probability: 0.03 });
      sandbox.faults.set('duplicate', { probability: 0.1 });
      sandbox.faults.set('shuffle', { probability: 0.5, ms: 400 });
      await liveBadly(sandbox, steps, () => drained(site));
      sandbox.faults.clear();
      const db = await site.db();
      for (let n = 0; n < 2; n += 1) {
        await runToEnd(site, 'reconciliation-runs', {});
        await until('nothing is left to do', 60_000, async () => {
          const jobs = await db.query("SELECT id FROM job WHERE state IN ('ready', 'running')");
          return jobs.length === 0;
        });
      }
      const wrong = await wrongFindings(db, sandbox);
      must(wrong.length === 0, `${wrong.length} findings are wrong: ${wrong.slice(0, 10).join('; ')}`);
      const { facts, acknowledged } = sandbox.ledger;
      const [row] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM finding');
      const detectors = await detectorsIn(db);
      return `${facts.length} changes, ${acknowledged.length} callbacks: ${row?.n} findings of ${detectors.length} detectors, none wrong, none wanting`;
    });
  },
};
