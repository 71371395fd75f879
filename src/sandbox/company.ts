import { toUnix } from '../core/clock';
import type { ArchiveStore } from './archive/store';
import { eventXml } from './callbacks/events';
import type { XmlNode } from './callbacks/xml';
import type { SandboxClock } from './clock';
import type { Fact, Ledger, NewFact } from './ledger';
import type { Bank } from './pay/bank';
import type { Random } from './random';
import type { SandboxApp } from './settings';
import type { SignIns } from './sign-ins';
import type { World } from './world/world';

/** A callback on its way out. */
export interface OutgoingEvent {
  receiver: SandboxApp;
  /** The event family: what `only` of a fault names. */
  event: string;
  xml: string;
  /** Told when nobody will ever hear of it. */
  onLost(): void;
}

/** One event of a change: its nodes, who gets it (default `agent`) and in whose name (default `sys`). */
export interface Announcement {
  nodes: readonly XmlNode[];
  receiver?: SandboxApp;
  from?: string;
}

/** Everything an operation on the pretend company needs. */
export interface Company {
  readonly corpId: string;
  readonly agentId: number;
  readonly world: World;
  readonly ledger: Ledger;
  readonly clock: SandboxClock;
  /** Chance of operations; building, faults and life have their own. */
  readonly random: Random;
  readonly signIns: SignIns;
  /** How long `groupchat/get` may answer the old state after a change, ms. */
  readonly groupChatLagMs: number;
  /** The share of transfers that fail where nobody planned otherwise. */
  readonly transferFailureRate: number;
  /** How long the groups of a leaver stay on their way to an heir, ms. */
  readonly groupTransferDelayMs: number;
  readonly transferDelayMs: number;
  readonly archive: ArchiveStore;
  /** WeChat Pay, where the company is a merchant. */
  readonly bank: Bank;
  /** WeCom tells the archive's receiver that something was said, now or when it next may. */
  toldOfMessages(): void;
  /** False when nobody is there to be told, or the event was dropped. */
  send(event: OutgoingEvent): boolean;
}

export const nowOf = (company: Company): number => toUnix(company.clock.now());

/**
 * Writes a change by somebody in the client or the console into the ledger and tells of it. The first announcement
 * decides whether the change counts as silent.
 */
export function record(
  company: Company,
  fact: NewFact,
  announcements: readonly Announcement[],
  { silent = false }: { silent?: boolean | undefined } = {},
): Fact {
  const entry = company.ledger.add(fact);
  if (silent) return entry;
  for (const [index, announcement] of announcements.entries()) {
    const onLost = () => {
      if (index === 0) entry.silent = true;
    };
    const sent = company.send({ ...envelope(company, announcement), onLost });
    if (index === 0) entry.silent = !sent;
  }
  return entry;
}

function envelope(company: Company, { nodes, receiver = 'agent', from = 'sys' }: Announcement) {
  const event = nodes.find(([name]) => name === 'Event')?.[1];
  return {
    receiver,
    event: typeof event === 'string' ? event : '',
    xml: eventXml({ corpId: company.corpId, createTime: nowOf(company), from }, nodes),
  };
}
