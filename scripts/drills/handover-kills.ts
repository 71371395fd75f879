import { days, minutes, sleep } from '../../src/core/clock';
import { letLeasesPass } from './checks';
import { type Site, until } from './site';

export interface Followed {
  site: Site;
  /** Of the handover. */
  id: string;
}

/** How often the process still dies, and where it did. */
export class Kills {
  readonly places = new Set<string>();
  made = 0;

  constructor(private left: number) {}

  /** A part of those that are left, at first at the places where nothing died yet. */
  part(share: number, places: string[]): Part {
    return {
      most: Math.floor(this.left * share),
      places: places.filter((place) => !this.places.has(place)),
      kills: this,
    };
  }

  died(place: string | undefined): void {
    this.made += 1;
    this.left = Math.max(0, this.left - 1);
    if (place !== undefined) this.places.add(place);
  }
}

interface Part {
  most: number;
  places: string[];
  kills: Kills;
}

const limitMs = 900_000;
/** So long a life waits for its failpoint. */
const patienceMs = 8000;
const mostRandomMs = 3000;

/** Lets the process work, and kills it again and again, until `done`; in the end it works in peace. It is alive afterwards. */
export async function killedUntil(
  followed: Followed,
  { most, places, kills }: Part,
  done: () => Promise<boolean>,
): Promise<void> {
  const waiting = [...places];
  for (let n = 0; n < most || waiting.length > 0; n += 1) {
    const place = waiting.shift();
    const end = await life(followed, place, done);
    if (end === 'done') return;
    kills.died(end === 'failpoint' ? place : undefined);
  }
  await alive(followed.site);
  await until('the handover is as far as WeCom is', limitMs, async () => {
    if (await done()) return true;
    if (await isIdle(followed)) await putForward(followed.site, days(2));
    await poke(followed);
    await sleep(300);
    return false;
  });
}

/** F5: WeCom asks us to wait. The process lives until it has heard that, and dies while it waits. */
export async function killedInBlock(followed: Followed, api: string, kills: Kills): Promise<void> {
  const { faults } = followed.site.sandbox;
  await alive(followed.site);
  faults.set('overLimit', { count: 1, only: [api] });
  const db = await followed.site.db();
  await until('WeCom asked us to wait', limitMs, async () => {
    await poke(followed);
    return (await db.query("SELECT api FROM wecom_block WHERE reason = '45009' AND api = ?", [api])).length > 0;
  });
  await sleep(500);
  await followed.site.server.kill();
  kills.died(undefined);
}

/** Alive, with a failpoint or without. Only what begins a new life may have one. */
async function alive(site: Site, place?: string): Promise<void> {
  const { server } = site;
  if (server.running && place === undefined) return;
  await server.kill();
  await letLeasesPass(site);
  await letMinutesPass(site);
  server.launch(place === undefined ? {} : { FAILPOINTS: `handover.${place}` });
  await until('ready or dead', 60_000, async () => !server.running || (await server.ready()));
}

/** @returns how it ended */
async function life(
  followed: Followed,
  place: string | undefined,
  done: () => Promise<boolean>,
): Promise<'done' | 'failpoint' | 'random'> {
  const { server } = followed.site;
  await alive(followed.site, place);
  const ends = performance.now() + (place === undefined ? Math.random() * mostRandomMs : patienceMs);
  if (server.running) await poke(followed);
  while (server.running && performance.now() < ends) {
    if (await done()) return 'done';
    await sleep(30);
  }
  const isFailpoint = !server.running;
  await server.kill();
  return isFailpoint ? 'failpoint' : 'random';
}

/** Nobody sees to it just now. */
export async function isIdle({ site }: Followed): Promise<boolean> {
  const open = await (await site.db()).query(
    "SELECT id FROM run WHERE kind LIKE 'handover.%' AND state IN ('queued', 'running')",
  );
  return open.length === 0;
}

/** Somebody wants to know how far it is, unless it is being seen to. */
async function poke(followed: Followed): Promise<void> {
  if (await isIdle(followed)) {
    await followed.site.api('POST', `handovers/${followed.id}/refresh`, {}).catch(() => undefined);
  }
}

/** Minutes pass while the process is dead: what WeCom had asked it to wait for is over, and what it had put off is due. */
async function letMinutesPass(site: Site): Promise<void> {
  const db = await site.db();
  const past = new Date(db.now().getTime() - minutes(1));
  const blocked = "wecom_block SET blocked_until = ? WHERE reason = '45009' AND blocked_until > ?";
  if ((await db.execute(`UPDATE ${blocked}`, [past, db.now()])) > 0) site.sandbox.clock.advance(minutes(1));
  const late = "job SET run_at = ? WHERE state = 'ready' AND kind LIKE '%handover%' AND run_at > ?";
  await db.execute(`UPDATE ${late}`, [past, db.now()]);
  await putForward(site, minutes(2));
}

/**
 * What a handover had put off is due; of what is still to go out, that which waits no longer than `upTo`. Who waits for
 * others on the way to a second choice goes on waiting: whoever asks WeCom about all of them releases them.
 */
async function putForward(site: Site, upTo: number): Promise<void> {
  const db = await site.db();
  const now = db.now().getTime();
  const past = new Date(now - minutes(1));
  await db.execute("UPDATE handover_item SET carry_at = ? WHERE carry = 'pending'", [past]);
  await db.execute(
    `UPDATE handover_item SET not_before = ? WHERE state = 'planned' AND not_before <= ? AND 'second_candidate' <>
       (SELECT p.kind FROM handover_step p WHERE p.item_id = handover_item.id ORDER BY p.id DESC LIMIT 1)`,
    [past, new Date(now + upTo)],
  );
}
