import { sleep } from '../../src/core/clock';
import { letLeasesPass, must } from './checks';
import { type Drill, onSite } from './drill';
import { endOfRun, type RunView, runToEnd, type Site, until } from './site';
import { mustEqualTruth } from './truth';

const api = 'externalcontact/batch/get_by_user';
/** Five pages are written together, one is under way already, and the batch it stands in asks once more. */
const mostRepeated = 7;

/** E6: a killed sync goes on from its checkpoint, repeats at most one chunk and ends at the truth. */
export const syncKill: Drill = {
  name: 'sync-kill',
  about: 'SIGKILL during a sync, which then goes on from its checkpoint',
  quick: true,
  run: (ground) =>
    onSite(
      ground,
      { sandbox: { staff: 60, externalContacts: ground.quick ? 4000 : 12_000, groupChats: 40, latencyMs: 25 } },
      async (site) => {
        await site.server.start();
        const { id } = await site.api<RunView>('POST', 'sync-runs', { scope: 'all' });
        let last = 0;
        const kills = ground.quick ? 2 : 6;
        for (let n = 0; n < kills; n++) last = await killAfterProgress(site, id, last);
        await endOfRun(site, `sync-runs/${id}`, 180_000);
        const calls = callsOf(site);
        await mustEqualTruth(site, 5000);
        await runToEnd(site, 'sync-runs', { scope: 'all' });
        const clean = callsOf(site) - calls;
        const repeated = calls - clean;
        must(repeated <= kills * mostRepeated, `${repeated} pages were read again after ${kills} kills`);
        return `${kills} kills: ${calls} pages read where ${clean} are enough; equal to the truth`;
      },
    ),
};

const callsOf = (site: Site): number => site.sandbox.ledger.calls[api] ?? 0;

async function killAfterProgress(site: Site, id: string, last: number): Promise<number> {
  const db = await site.db();
  const progress = async () => {
    const [row] = await db.query<{ progress_done: number; phase: string | null }>(
      'SELECT progress_done, phase FROM run WHERE id = ?',
      [id],
    );
    return row?.phase === 'external_contacts' ? row.progress_done : 0;
  };
  await until('the sync reads contacts', 60_000, async () => (await progress()) > last);
  await sleep(Math.random() * 300);
  await site.server.kill();
  const reached = await progress();
  must(reached >= last, 'progress went back');
  await letLeasesPass(site);
  await site.server.start();
  return reached;
}
