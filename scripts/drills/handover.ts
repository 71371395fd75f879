import { hours } from '../../src/core/clock';
import { drained, must } from './checks';
import { type Drill, type Ground, onSite } from './drill';
import { type Followed, isIdle, Kills, killedInBlock, killedUntil } from './handover-kills';
import { mustHaveArrived, mustHaveEnded, mustSpareCalls } from './handover-truth';
import {
  beUnwell,
  type Crowd,
  carryOut,
  decideOutcomes,
  giveTwice,
  mustHaveWaited,
  relationsOf,
  serving,
  stillWaiting,
} from './handover-world';
import { runToEnd, type Site, until } from './site';
import { mustEqualTruth } from './truth';

interface Size {
  leavers: number;
  /** Of each leaver. */
  customers: number;
  groups: number;
  successors: number;
  /** Of each of two who serve on. */
  movedOn: { customers: number; groups: number };
  kills: number;
  /** How long WeCom takes to answer when it is asked to hand over. */
  transferMs: number;
}

const long: Size = {
  ...{ leavers: 5, customers: 2000, groups: 80, successors: 50, movedOn: { customers: 1000, groups: 20 } },
  ...{ kills: 200, transferMs: 400 },
};
const quick: Size = {
  ...{ leavers: 5, customers: 60, groups: 4, successors: 6, movedOn: { customers: 30, groups: 2 } },
  ...{ kills: 8, transferMs: 60 },
};
const mostRounds = 12;

/** E3, E6, F1, F5: killed again and again while WeCom is unwell, a handover ends as WeCom says it did, and nobody is submitted twice. */
export const handover: Drill = {
  name: 'handover',
  about: 'SIGKILL at every failpoint and at random while customers and groups are handed over to colleagues',
  quick: true,
  run(ground) {
    const size = ground.quick ? quick : long;
    const company = { staff: size.leavers + size.successors + 4, externalContacts: 200, groupChats: 6, leavers: 0 };
    const sandbox = { ...company, latencyMs: 5, transferFailureRate: 0.02, groupTransferDelayMs: hours(24) };
    const env = { HANDOVER_LOOKUP_SECONDS: '1' };
    return onSite(ground, { sandbox, env }, (site) => perform(site, size, ground));
  },
};

async function perform(site: Site, size: Size, ground: Ground): Promise<string> {
  const { leaving, moving } = await assemble(site, size);
  const kills = new Kills(size.kills);
  const left = await carriedThrough(site, leaving, kills, ground);
  const moved = await carriedThrough(site, { ...moving, before: relationsOf(site.sandbox) }, kills, ground);
  await mustBeCalm(site);
  return `${kills.made} kills, ${kills.places.size} failpoints; leavers: ${left}; in service: ${moved}; equal to the truth, reconciled with difference 0`;
}

/** A company in which some will leave, and others will be given what they held. */
async function assemble(site: Site, size: Size): Promise<{ leaving: Crowd; moving: Crowd }> {
  const { sandbox, server } = site;
  const { control } = sandbox;
  const members = serving(sandbox);
  const leavers = members.splice(0, size.leavers);
  const movers = members.splice(0, 2);
  const successors = members.splice(0, size.successors);
  for (const userid of leavers) control.givePortfolio({ userid, customers: size.customers, group_chats: size.groups });
  for (const userid of movers) {
    control.givePortfolio({ userid, customers: size.movedOn.customers, group_chats: size.movedOn.groups });
  }
  const protectedPairs = giveTwice(sandbox, { from: movers[0] ?? '', by: successors[0] ?? '', count: 7 });
  await server.start();
  await runToEnd(site, 'sync-runs', { scope: 'all' });
  decideOutcomes(sandbox, [...leavers, ...movers]);
  // One cannot take anybody over, and one has room for a few only: nothing tells us before.
  const [unnamed = '', full = ''] = successors.slice(1);
  control.setFitness({ userid: unnamed, real_named: false });
  const room = Math.ceil(size.customers / 20);
  control.setFitness({ userid: full, customer_cap: (sandbox.world.findStaff(full)?.relations.size ?? 0) + room });
  const before = relationsOf(sandbox);
  for (const userid of leavers) control.staffLeaves({ userid });
  await runToEnd(site, 'sync-runs', { scope: 'all' });
  sandbox.deliverTo(server.url);
  sandbox.faults.set('drop', { probability: 0.03 });
  sandbox.faults.set('duplicate', { probability: 0.1 });
  sandbox.faults.set('shuffle', { probability: 0.5, ms: 400 });
  return {
    leaving: { givers: leavers, successors, before, protectedPairs, message: undefined },
    moving: { givers: movers, successors, before, protectedPairs, message: '今后由新同事为您服务' },
  };
}

/** From the plan to the end of every item. @returns what was seen */
async function carriedThrough(site: Site, crowd: Crowd, kills: Kills, { quick: isQuick }: Ground): Promise<string> {
  const { sandbox } = site;
  const began = { transfers: [...sandbox.world.transfers].length, answered: { ...sandbox.ledger.answered } };
  const planned = await plan(site, crowd);
  beUnwell(sandbox, isQuick ? quick.transferMs : long.transferMs);
  await site.api('POST', `handovers/${planned.id}/submit`, {});
  const stages = [new Date()];
  const followed: Followed = { site, id: planned.id };
  if (crowd.message === undefined) await killedInBlock(followed, 'externalcontact/resigned/transfer_customer', kills);
  // Not before those have gone to their second choice whose successor WeCom did not accept.
  const isOut = async () => (await isSubmitted(followed)) && (await isIdle(followed));
  await killedUntil(followed, kills.part(0.5, ['intended', 'found', 'asked', 'recorded']), isOut);
  for (let round = 0; !(await isOver(followed)); round += 1) {
    must(round < mostRounds, `after ${mostRounds} rounds the handover is not over`);
    stages.push(new Date());
    carryOut(sandbox, round === 0 ? Math.ceil(stillWaiting(sandbox) / 2) : undefined);
    await killedUntil(followed, kills.part(0.5, ['results', 'carried']), () => isSettled(followed));
  }
  sandbox.faults.clear();
  mustHaveWaited(sandbox);
  await sandbox.callbacks.idle();
  await drained(site);
  const ended = await mustHaveEnded(site, planned.id, crowd, began.transfers);
  const calls = await mustSpareCalls(site, planned.id, stages, began.answered);
  const arrived = await mustHaveArrived(site, planned.id, crowd);
  return `planned in ${Math.round(planned.ms)} ms, ${ended}, ${calls}, ${arrived}`;
}

/** @returns how long thinking took, without the storing */
async function plan(site: Site, { givers, successors, message }: Crowd): Promise<{ id: string; ms: number }> {
  const body = { from_userids: givers, successors: successors.map((userid) => ({ userid })), message };
  const began = performance.now();
  await site.api('POST', 'handovers', { ...body, dry_run: true });
  const ms = performance.now() - began;
  const { id } = await site.api<{ id: string }>('POST', 'handovers', body);
  return { id, ms };
}

async function countOf({ site, id }: Followed, where: string): Promise<number> {
  const [row] = await (await site.db()).query<{ n: unknown }>(
    `SELECT COUNT(*) AS n FROM handover_item WHERE handover_id = ? AND ${where}`,
    [id],
  );
  return Number(row?.n);
}

/** Everybody was asked for, and nothing is unheard. */
const isSubmitted = async (followed: Followed): Promise<boolean> =>
  (await countOf(followed, "state IN ('planned', 'submitted', 'unknown')")) === 0;

/** As far as WeCom is. */
async function isSettled(followed: Followed): Promise<boolean> {
  if (!(await isSubmitted(followed)) || (await countOf(followed, "carry = 'pending'")) > 0) return false;
  const open = stillWaiting(followed.site.sandbox);
  return open === 0 ? isOver(followed) : (await countOf(followed, "state = 'waiting'")) === open;
}

async function isOver({ site, id }: Followed): Promise<boolean> {
  const [row] = await (await site.db()).query<{ state: string }>('SELECT state FROM handover WHERE id = ?', [id]);
  return row?.state === 'done';
}

/** Nothing of it is a violation, and nothing is left for a reconciliation to find. */
async function mustBeCalm(site: Site): Promise<void> {
  const db = await site.db();
  await until('nothing is left to do', 120_000, async () => {
    const jobs = await db.query("SELECT id FROM job WHERE state IN ('ready', 'running') AND run_at <= ?", [db.now()]);
    return jobs.length === 0;
  });
  const { id } = await runToEnd(site, 'reconciliation-runs', {});
  const { items } = await site.api<{ items: object[] }>('GET', `reconciliation-runs/${id}/differences`);
  must(items.length === 0, `${items.length} differences: ${JSON.stringify(items.slice(0, 3))}`);
  await mustEqualTruth(site, 5000);
  const found = await db.query<{ detector: string; n: unknown }>(
    `SELECT detector, COUNT(*) AS n FROM finding
     WHERE detector IN ('CUSTOMER_DELETED_BY_STAFF', 'CUSTOMER_MISSING', 'MASS_DELETE') GROUP BY detector`,
  );
  must(found.length === 0, `a handover was taken for a violation: ${JSON.stringify(found)}`);
}
