import { minutes, sleep } from '../../src/core/clock';
import { must } from './checks';
import { type Drill, type Ground, onSite } from './drill';
import { endOfRun, type RunView, runToEnd, type Site } from './site';
import { mustEqualTruth } from './truth';

const size = { staff: 200, externalContacts: 20_000, groupChats: 300, leavers: 3 };

/** F4, F5, F6: a large company is read exactly, without breaking a rule of WeCom, also when WeCom is unwell. */
export const sync20000: Drill = {
  name: 'sync-20000',
  about: 'a full sync of 20,000 external contacts and 300 group chats, with and without faults',
  quick: false,
  async run(ground) {
    const calm = await onSite(ground, { sandbox: size }, (site) => calmSync(site));
    return `${calm}; ${await unwellSync(ground)}`;
  },
};

async function calmSync(site: Site): Promise<string> {
  await site.server.start();
  const began = performance.now();
  await runToEnd(site, 'sync-runs', { scope: 'all' }, 600_000);
  const ms = performance.now() - began;
  await mustEqualTruth(site, 5000);
  const { violations, tokenFetches } = site.sandbox.ledger;
  must(violations.length === 0, `rules of WeCom were broken: ${JSON.stringify(violations.slice(0, 3))}`);
  const fetches = Object.values(tokenFetches);
  must(
    fetches.every((n) => n <= 1),
    `tokens were fetched ${fetches.join(', ')} times`,
  );
  return `calm: equal to the truth in ${Math.round(ms / 1000)} s, no violation, one token a secret`;
}

const unwellSync = (ground: Ground): Promise<string> =>
  onSite(ground, { sandbox: size }, async (site) => {
    const { faults, ledger } = site.sandbox;
    await site.server.start();
    faults.set('busy', { probability: 0.02 });
    faults.set('reset', { probability: 0.01 });
    faults.set('truncate', { probability: 0.01 });
    faults.set('tokenExpired', { probability: 0.01 });
    const { id } = await site.api<RunView>('POST', 'sync-runs', { scope: 'all' });
    await sleep(3000);
    faults.set('overLimit', { count: 1 });
    await endOfRun(site, `sync-runs/${id}`, minutes(10));
    faults.clear();
    await mustEqualTruth(site, 5000);
    const struck = Object.entries(faults.struck).map(([name, n]) => `${name} ${n}`);
    const again = ledger.violations.filter(({ rule }) => rule === 'blocked').length;
    must(again === 0, `${again} calls while WeCom had asked us to wait`);
    return `unwell (${struck.join(', ')}): equal to the truth, no call inside a block`;
  });
