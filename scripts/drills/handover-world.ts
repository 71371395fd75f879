import { hours } from '../../src/core/clock';
import type { Sandbox } from '../../src/sandbox';
import { must } from './checks';

type Truth = ReturnType<Sandbox['truth']>;
export type HeldRelation = Truth['relations'][number] & { corp_name: string };

export interface Crowd {
  givers: string[];
  successors: string[];
  /** What each pair of giver and external contact was before anything moved. */
  before: Map<string, HeldRelation>;
  /** Pairs that changed hands twice of late. */
  protectedPairs: Set<string>;
  message: string | undefined;
}

export const pairOf = (userid: string, externalUserid: string): string => `${userid} ${externalUserid}`;

/** Members who serve, fewest external contacts first, so that nobody is both a giver and a successor. */
export const serving = ({ world }: Sandbox): string[] =>
  world
    .followers()
    .sort((a, b) => a.relations.size - b.relations.size)
    .map(({ userid }) => userid);

/** Every relation there is, with the company noted on it. */
export function relationsOf(sandbox: Sandbox): Map<string, HeldRelation> {
  const noted = ({ userid, external_userid }: Truth['relations'][number]) =>
    sandbox.world.findRelation(userid, external_userid)?.remark_corp_name ?? '';
  return new Map(
    sandbox
      .truth()
      .relations.map((one) => [pairOf(one.userid, one.external_userid), { ...one, corp_name: noted(one) }]),
  );
}

/** Of every so many external contacts one declines, and another has no room at the successor. */
export function decideOutcomes({ control, world }: Sandbox, givers: readonly string[]): void {
  const held = givers.flatMap((userid) => [...(world.findStaff(userid)?.relations.keys() ?? [])]);
  for (const [n, external_userid] of held.entries()) {
    if (n % 12 === 5) control.planTransfer({ external_userid, outcome: 'customer_refused' });
    if (n % 40 === 7) control.planTransfer({ external_userid, outcome: 'customer_limit_exceed' });
  }
}

/** Some of those whom `from` holds were given to `by` and back within 90 days: WeCom does not move them a third time. */
export function giveTwice(sandbox: Sandbox, { from, by, count }: { from: string; by: string; count: number }) {
  const { control, world } = sandbox;
  const theirs = [...(world.findStaff(by)?.relations.keys() ?? [])];
  const external_userids = [...(world.findStaff(from)?.relations.keys() ?? [])]
    .filter((id) => !theirs.includes(id))
    .slice(0, count);
  for (const [handover_userid, takeover_userid] of [
    [from, by],
    [by, from],
  ] as const) {
    for (const external_userid of external_userids) control.planTransfer({ external_userid, outcome: 'taken_over' });
    control.transferCustomers({ handover_userid, takeover_userid, external_userids });
    // An hour ago, so that nobody takes it for what is yet to come.
    const past = Math.floor((sandbox.clock.now().getTime() - hours(1)) / 1000);
    for (const transfer of world.transfers) if (transfer.outcome === undefined) transfer.takeover_time = past;
    control.settleTransfers();
  }
  return new Set(external_userids.map((id) => pairOf(from, id)));
}

/** What makes WeCom unwell whenever it is asked to hand over, or how that ended. */
export function beUnwell({ faults }: Sandbox, transferMs: number): void {
  const asking = ['transfer_customer', 'resigned/transfer_customer', 'groupchat/transfer', 'groupchat/onjob_transfer'];
  const telling = ['transfer_result', 'resigned/transfer_result', 'groupchat/list', 'get', 'remark', 'mark_tag'];
  const only = [...asking, ...telling].map((name) => `externalcontact/${name}`);
  for (const name of ['busy', 'reset', 'truncate', 'httpError'] as const) faults.set(name, { probability: 0.02, only });
  faults.set('tooConcurrent', { probability: 0.002, only });
  faults.set('slow', { ms: transferMs, only: asking.map((name) => `externalcontact/${name}`) });
}

/** The 24 hours of the oldest so many transfers are over, and groups have been inherited: WeCom tells of it now. */
export function carryOut({ world, clock, control }: Sandbox, most = Number.POSITIVE_INFINITY): number {
  const now = Math.floor(clock.now().getTime() / 1000);
  const waiting = [...world.transfers].filter(({ outcome }) => outcome === undefined).slice(0, most);
  for (const transfer of waiting) transfer.takeover_time = now;
  for (const transfer of world.groupTransfers) if (transfer.outcome === undefined) transfer.takeover_time = now;
  control.settleTransfers();
  return waiting.length;
}

export const stillWaiting = ({ world }: Sandbox): number =>
  [...world.transfers].filter(({ outcome }) => outcome === undefined).length +
  [...world.groupTransfers].filter(({ outcome }) => outcome === undefined).length;

/** F5: WeCom had asked us to wait, and nobody asked before that time was over. */
export function mustHaveWaited({ ledger }: Sandbox): void {
  const again = ledger.violations.filter(({ rule }) => rule === 'blocked').length;
  must(again === 0, `${again} calls while WeCom had asked us to wait`);
}
