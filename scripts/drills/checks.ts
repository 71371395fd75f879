import type { Database } from '../../src/db/database';
import type { CallbackSender } from '../lib/callback-sender';
import { drillEvent } from '../lib/callbacks';
import type { Ground } from './drill';
import { type Site, until } from './site';

/** What a drill found broken. */
export class Broken extends Error {}

/** @throws Broken naming `what` unless it holds */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

/**
 * From here on a restart takes too long (F1). The quick round shares its machine with others, which is no measurement:
 * it tells the time and judges only what no neighbour explains.
 */
export const restartWithin = ({ quick }: Pick<Ground, 'quick'>): number => (quick ? 60_000 : 10_000);

/** A dead worker's leases run for 30 s, and it is looked for every second; then there is the backlog itself. */
const drainMs = 150_000;

const count = async (db: Database, sql: string, params: string[] = []): Promise<number> =>
  Number((await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n FROM ${sql}`, params))[0]?.n ?? 0);

/** Waits until every callback is settled. @returns how long it took, ms */
export async function drained(site: Site, ms = drainMs): Promise<number> {
  const db = await site.db();
  return until('the inbox is drained', ms, async () => {
    const pending = await count(db, "inbox_event WHERE state = 'pending'");
    return (
      pending === 0 && (await count(db, "job WHERE kind = 'inbox.handle' AND state IN ('ready', 'running')")) === 0
    );
  });
}

/** I1, I4: what was acknowledged is there once, is settled, and left exactly one effect. @returns one line */
export async function verifyIngest(site: Site, sender: CallbackSender): Promise<string> {
  const db = await site.db();
  const rows = await db.query<{ digest: string }>('SELECT digest FROM inbox_event');
  const stored = new Set(rows.map(({ digest }) => digest));
  const lost = [...sender.acknowledged].filter((digest) => !stored.has(digest)).length;
  const unsettled = await count(db, "inbox_event WHERE state NOT IN ('done', 'ignored')");
  const events = await count(db, 'inbox_event WHERE change_type = ?', [drillEvent.changeType]);
  const effects = await db.query<{ n: unknown }>(
    'SELECT COUNT(*) AS n FROM relation_history WHERE kind = ? GROUP BY ref',
    [drillEvent.history],
  );
  const doubles = effects.filter(({ n }) => Number(n) > 1).length;
  must(sender.acknowledged.size > 0, 'no callback was acknowledged at all');
  must(lost === 0, `${lost} acknowledged callbacks are lost`);
  must(stored.size === rows.length, `${rows.length - stored.size} callbacks are there twice`);
  must(unsettled === 0, `${unsettled} callbacks are parked or pending`);
  must(doubles === 0, `${doubles} callbacks had their effect twice`);
  must(effects.length === events, `${events} callbacks were handled, ${effects.length} had an effect`);
  return `${sender.sent.size} sent, ${sender.acknowledged.size} acknowledged, lost 0, double 0`;
}

/** A process that was killed holds its leases for a while: lets that while pass. Only while it is dead. */
export async function letLeasesPass(site: Site): Promise<void> {
  const db = await site.db();
  const past = new Date(db.now().getTime() - 60_000);
  await db.execute("UPDATE job SET lease_until = ? WHERE state = 'running'", [past]);
  await db.execute('UPDATE schedule SET lease_until = ? WHERE lease_owner IS NOT NULL', [past]);
  await db.execute('UPDATE lease SET lease_until = ?', [past]);
}
