import type { Clock } from '../core/clock';
import type { Said } from './archive/types';
import type { LoggedAct } from './security-logs';
import type { SandboxApp } from './settings';

type FactKind =
  | 'relation_added'
  | 'relation_half_added'
  | 'relation_edited'
  | 'relation_remarked'
  | 'relation_tagged'
  | 'relation_deleted_by_staff'
  | 'relation_deleted_by_external'
  | 'relation_transferred_out'
  | 'relation_taken_over'
  | 'transfer_requested'
  | 'transfer_failed'
  | 'staff_hired'
  | 'staff_left'
  | 'staff_moved'
  | 'staff_renamed'
  | 'staff_changed'
  | 'department_created'
  | 'department_changed'
  | 'department_deleted'
  | 'group_created'
  | 'group_changed'
  | 'group_owner_changed'
  | 'group_transferred'
  | 'group_members_joined'
  | 'group_members_left'
  | 'group_dismissed'
  | 'tag_created'
  | 'tag_changed'
  | 'tag_deleted'
  | 'tags_reordered'
  | 'archive_consent_given'
  | 'archive_consent_refused'
  | 'archive_seat_changed'
  | 'archive_key_rotated'
  | 'security_logged'
  | 'intercept_rule_added'
  | 'intercept_rule_changed'
  | 'intercept_rule_removed';

/** Something that really happened in the pretend company. */
export interface Fact {
  readonly seq: number;
  readonly at: Date;
  readonly kind: FactKind;
  readonly userid?: string;
  readonly external_userid?: string;
  readonly chat_id?: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** `api`: asked for through the API, which by WeCom's rule gives no callback. */
  readonly origin: 'client' | 'api';
  /** No callback told of it, or the callback was lost. */
  silent: boolean;
  /** Of `security_logged`: the line of the log. */
  logged?: LoggedAct;
}

export type NewFact = Pick<Fact, 'kind' | 'userid' | 'external_userid' | 'chat_id'> & { detail?: Fact['detail'] };

/** A rule of WeCom that the caller broke. */
export interface Violation {
  at: Date;
  api: string;
  errcode: number;
  rule: 'rate' | 'blocked' | 'concurrency' | 'token' | 'argument' | 'access';
  detail: string;
}

/** One callback. The digest is of the plaintext: the ciphertext differs each time. */
export interface Delivery {
  at: Date;
  receiver: SandboxApp;
  digest: string;
  xml: string;
}

export interface AppMessage {
  at: Date;
  touser: string[];
  msgtype: string;
  body: Readonly<Record<string, unknown>>;
}

/** What really happened, what was asked, what was told: the truth that tests compare with. Append-only. */
export class Ledger {
  readonly facts: Fact[] = [];
  /** Calls per API path, `externalcontact/list`, faults included. */
  readonly calls: Record<string, number> = {};
  /** Those of them that were answered whole and with errcode 0. */
  readonly answered: Record<string, number> = {};
  /** Those of them that a fault spoilt. `reset` and `truncate` do so after the work was done, all others before. */
  readonly struck: Record<string, number> = {};
  readonly violations: Violation[] = [];
  /** `gettoken` calls that were answered with a token, per secret. */
  readonly tokenFetches: Record<SandboxApp, number> = { agent: 0, contacts: 0, archive: 0 };
  /** Callbacks sent, duplicates twice. */
  readonly delivered: Delivery[] = [];
  /** Callbacks answered 200: from here on the product may not lose them. */
  readonly acknowledged: Delivery[] = [];
  /** What the app sent to staff. */
  readonly messages: AppMessage[] = [];
  /** What people said to each other, archived or not. */
  readonly said: Said[] = [];

  constructor(private readonly clock: Clock) {}

  add(fact: NewFact, origin: Fact['origin'] = 'client'): Fact {
    const entry: Fact = { seq: this.mark() + 1, at: this.clock.now(), detail: {}, ...fact, origin, silent: true };
    this.facts.push(entry);
    return entry;
  }

  count(what: 'calls' | 'answered' | 'struck', api: string): void {
    this[what][api] = (this[what][api] ?? 0) + 1;
  }

  violate(violation: Omit<Violation, 'at'>): void {
    this.violations.push({ at: this.clock.now(), ...violation });
  }

  /** A place in time to compare from: the number of facts so far. */
  mark(): number {
    return this.facts.length;
  }

  since(mark: number): Fact[] {
    return this.facts.slice(mark);
  }

  /** Changes nobody was told of. What our own API calls did is left out unless asked for. */
  silentSince(mark: number, { origin = 'client' }: { origin?: Fact['origin'] } = {}): Fact[] {
    return this.since(mark).filter((fact) => fact.silent && fact.origin === origin);
  }
}
