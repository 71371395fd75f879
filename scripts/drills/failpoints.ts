import { sleep } from '../../src/core/clock';
import type { CallbackSender } from '../lib/callback-sender';
import { drained, letLeasesPass, must, restartWithin, verifyIngest } from './checks';
import { type Drill, type Ground, onSite } from './drill';
import { seconds, senderTo } from './ingest-kill';
import { runToEnd, type Site, until } from './site';
import { mustEqualTruth } from './truth';

/** What makes the process pass a place. */
type Push = 'callbacks' | 'sync' | 'reconcile' | 'schedule' | 'outage' | 'start';

interface Place {
  name: string;
  push: Push;
  /** At which pass it dies. */
  count?: number;
}

const places: Place[] = [
  { name: 'inbox.received', push: 'callbacks', count: 20 },
  { name: 'inbox.inserted', push: 'callbacks', count: 3 },
  { name: 'job.added', push: 'callbacks', count: 3 },
  { name: 'inbox.committed', push: 'callbacks', count: 5 },
  { name: 'job.claimed', push: 'callbacks', count: 6 },
  { name: 'inbox.before-commit', push: 'callbacks', count: 7 },
  { name: 'job.before-commit', push: 'callbacks', count: 4 },
  { name: 'job.committed', push: 'callbacks', count: 2 },
  { name: 'inbox.handled', push: 'callbacks', count: 9 },
  { name: 'contacts.page-read', push: 'sync', count: 2 },
  { name: 'mirror.half-written', push: 'sync' },
  { name: 'run.step', push: 'sync', count: 3 },
  { name: 'run.saved', push: 'sync', count: 4 },
  { name: 'full-read.phase-done', push: 'sync', count: 2 },
  { name: 'full-read.done', push: 'sync' },
  { name: 'confirm.settled', push: 'reconcile' },
  { name: 'schedule.claimed', push: 'schedule' },
];

/** Each leaves what the next one needs: callbacks in the spool. */
const spoolPlaces: Place[] = [
  { name: 'inbox.spooled', push: 'outage', count: 3 },
  { name: 'spool.moved', push: 'start' },
  { name: 'spool.removed', push: 'start' },
];

/** Full reads wait until the callbacks of the places before are handled. */
const dieWithinMs = 120_000;

/** F1: killed at every named place, one after the other, the invariants hold and everything is finished. */
export const failpoints: Drill = {
  name: 'failpoints',
  about: 'SIGKILL at each named failpoint of ingest, jobs, sync, confirmation and spool',
  quick: true,
  ownServer: 'mysql',
  run: (ground) =>
    onSite(ground, { sandbox: { staff: 12, externalContacts: 900, groupChats: 8, leavers: 1 } }, async (site) => {
      await site.server.start();
      await runToEnd(site, 'sync-runs', { scope: 'all' });
      const sender = senderTo(site);
      const all = ground.mysql ? [...places, ...spoolPlaces] : places;
      try {
        for (const place of all) await dieAt(place, site, sender, ground);
      } finally {
        await sender.close();
      }
      await letLeasesPass(site);
      const restart = await site.server.start();
      must(restart <= restartWithin(ground), `the restart took ${Math.round(restart)} ms`);
      await drained(site);
      const seen = await verifyIngest(site, sender);
      await runToEnd(site, 'sync-runs', { scope: 'all' });
      await noneLeft(site);
      await mustEqualTruth(site, 10_000);
      return `${all.length} places: ${seen}; equal to the truth; last restart ${seconds(restart)}`;
    }),
};

async function dieAt(place: Place, site: Site, sender: CallbackSender, ground: Ground): Promise<void> {
  const { server } = site;
  await server.kill();
  await letLeasesPass(site);
  if (place.push === 'schedule') await missASlot(site);
  server.launch({ FAILPOINTS: `${place.name}:${place.count ?? 1}` });
  try {
    await until(`ready or dead, for ${place.name}`, dieWithinMs, async () => !server.running || (await server.ready()));
    if (server.running) await push(place.push, site, sender, ground);
    await until(`killed at ${place.name}`, dieWithinMs, () => !server.running);
  } finally {
    await relax(sender, ground);
  }
  const { signal } = await server.ended();
  must(signal === 'SIGKILL', `the process ended otherwise before ${place.name}`);
}

async function push(kind: Push, site: Site, sender: CallbackSender, { mysql }: Ground): Promise<void> {
  const { control } = site.sandbox;
  if (kind === 'outage') mysql?.signal('SIGSTOP');
  if (kind === 'outage' || kind === 'callbacks') sender.start(150);
  if (kind === 'sync') await begin(site, 'sync-runs', { scope: 'all' }, () => control.addRelation({ silent: true }));
  if (kind === 'reconcile') await begin(site, 'reconciliation-runs', {}, () => control.deleteByStaff({ silent: true }));
}

/** A full read that has something to find. Its answer may not come any more. */
async function begin(site: Site, path: string, body: object, change: () => unknown): Promise<void> {
  for (let n = 0; n < 4; n++) change();
  await site.api('POST', path, body).catch(() => undefined);
}

async function relax(sender: CallbackSender, { mysql }: Ground): Promise<void> {
  mysql?.signal('SIGCONT');
  await sender.stop();
  await sleep(50);
}

/** As if nobody had been there for two days. */
async function missASlot(site: Site): Promise<void> {
  const db = await site.db();
  const past = new Date(db.now().getTime() - 2 * 86_400_000);
  await db.execute("UPDATE schedule SET last_slot = ? WHERE name = 'leavers'", [past]);
}

/** Every run came to its end and no job gave up. */
async function noneLeft(site: Site): Promise<void> {
  const db = await site.db();
  await until('all runs have ended', 60_000, async () => {
    const open = await db.query("SELECT id FROM run WHERE state IN ('queued', 'running')");
    return open.length === 0;
  });
  const bad = await db.query<{ kind: string; state: string; error: string | null }>(
    "SELECT kind, state, error FROM run WHERE state <> 'succeeded' UNION ALL SELECT kind, state, error FROM job WHERE state = 'parked'",
  );
  must(bad.length === 0, `left behind: ${JSON.stringify(bad.slice(0, 3))}`);
}
