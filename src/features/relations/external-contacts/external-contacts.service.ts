import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { ContactWithFollowers, ExternalContactApi, Follower } from '../../../wecom';
import { isErrcode, isRefusal } from '../../../wecom/errors';
import type { DomainEvents } from '../../kernel/events';
import { createErasure } from './erasure';
import type { Relation } from './external-contacts.entity';
import { createRelationStore } from './external-contacts.store';
import { type Fact, type FactKind, isAdd, listedStates } from './facts';
import type { NewHistory } from './history';
import { moveRelations } from './merge';
import { createMirror, type Told } from './mirror';
import type { Observed, Origin } from './observation';
import { createOwnWrites } from './own-writes';
import { createPersonRecord } from './person-record';
import { createPlainRows } from './plain-rows';
import { createPresence } from './presence';
import { createRelationNews } from './relation-news';

/** Finds, or makes known, the staff member behind a userid. */
export interface StaffDirectory {
  resolve(userids: string[]): Promise<Map<string, string>>;
}

/** An event about one pair, as far as this feature cares. */
export interface PairEvent {
  userid: string;
  external_userid: string;
  /** `CreateTime`. */
  at: Date;
  /** Too old or too far ahead to be believed: it may only trigger a read (S2). */
  stale: boolean;
  ref: string;
}

/** What to write once everything has been read. Runs inside the caller's transaction. */
export type Write = () => Promise<void>;

export type ExternalContactService = ReturnType<typeof createExternalContactService>;

interface Deps {
  db: Database;
  wecom: { externalContacts: ExternalContactApi };
  staff: StaffDirectory;
  vault: Vault;
  events: Pick<DomainEvents, 'wanted' | 'publish'>;
}

/** Keeps external contacts and relations true to WeCom. Every `on…` reads first and returns the write. */
export function createExternalContactService({ db, wecom, staff, vault, events }: Deps) {
  const store = createRelationStore({ db, vault, tell: createRelationNews({ db, events }) });
  const presence = createPresence({ db, store });
  const mirror = createMirror({ db, store, presence });
  const api = wecom.externalContacts;

  async function read(event: PairEvent): Promise<What> {
    const origin = { source: 'event', ref: event.ref, at: db.now() } as const;
    return { found: await api.get(event.external_userid, { lane: 'event' }), origin };
  }

  /**
   * Mirrors the followers a read showed, then tells the fact. A follower whose end is certain is left out:
   * `externalcontact/get` may still show it (violations 1.6).
   */
  async function write(event: PairEvent, what: What): Promise<void> {
    const { kind, detail, origin } = what;
    if (!kind || event.stale) return mirrorFollowers(what);
    const staffId = await idOf(event.userid);
    const fact: Fact = { kind, occurred_at: event.at, ...(detail ? { detail } : {}) };
    await mirrorFollowers(what, isAdd(kind) ? { staffId, externalUserid: event.external_userid, fact } : undefined);
    const relation = await presence.ensure(staffId, event.external_userid, event.at);
    await presence.record(relation, [fact], origin);
  }

  async function mirrorFollowers({ found, without, origin }: What, told?: Told): Promise<void> {
    if (!found) return;
    const followers = found.followers.filter((f) => f.userid !== without);
    const staffIds = await staff.resolve(followers.map((f) => f.userid));
    await mirror.apply(observedOf(found, followers, staffIds), origin, told);
  }

  async function idOf(userid: string): Promise<string> {
    const ids = await staff.resolve([userid]);
    const id = ids.get(userid);
    if (!id) throw new Error(`staff ${userid} was not resolved`);
    return id;
  }

  return {
    store,
    presence,
    mirror,
    /** Everything that is held about one of them. */
    personRecord: createPersonRecord({ db, vault }),
    /** Forgets a person, and knows who was forgotten. */
    erasure: createErasure({ db, vault }),
    /** What an older version stored in plain text. */
    plainRows: createPlainRows({ db, vault }),
    /** States in which WeCom's list of the staff member still holds the pair. */
    listedStates,
    ...createOwnWrites({ store, presence }),

    /** Mirrors a read that another feature made, but for a userid whose end is certain. Must run inside `transact`. */
    mirrorRead: (found: ContactWithFollowers, origin: Origin, without?: string): Promise<void> =>
      mirrorFollowers({ found, origin, ...(without === undefined ? {} : { without }) }),

    /** Added or half added: the event says when and how, the read says the rest. */
    async onAdded(event: PairEvent, kind: 'added' | 'half_added'): Promise<Write> {
      const what = await read(event);
      const isShown = what.found?.followers.some((f) => f.userid === event.userid) ?? false;
      return async () => {
        await write(event, { ...what, kind });
        if (kind === 'added' && !isShown && !event.stale) await endAgain(event, what.origin);
      };
    },

    async onEdited(event: PairEvent): Promise<Write> {
      const what = await read(event);
      return () => write(event, what);
    },

    /** The external contact deleted the staff member: WeCom's lists go on showing the pair. */
    async onExternalDeleted(event: PairEvent): Promise<Write> {
      const what = await read(event);
      return () => write(event, { ...what, kind: 'external_deleted' });
    },

    /**
     * The staff member deleted the external contact, or a transfer did. `list` has the last word, not `get`.
     * @param detail what else WeCom said of how it came
     */
    async onStaffDeleted(
      event: PairEvent,
      kind: 'staff_deleted' | 'transferred_out',
      detail?: { source: string },
    ): Promise<Write> {
      const what = await read(event);
      const listed = await isListed(event);
      return async () => {
        await write(event, { ...what, kind, detail, ...(listed ? {} : { without: event.userid }) });
        if (event.stale || listed === undefined) return;
        const relation = await store.pair(await idOf(event.userid), event.external_userid);
        if (relation) await agree({ relation, kind, listed }, event, what.origin);
      };
    },

    /**
     * Two staff rows turned out to be one person: the relations of `merged` go to `into`. What either history holds was
     * told when it was new.
     */
    moveRelations(merged: string, into: string, origin: Origin): Promise<void> {
      const silent = createRelationStore({ db, vault });
      return moveRelations({ store: silent, presence: createPresence({ db, store: silent }) }, merged, into, origin);
    },

    /** Something worth telling that does not change who is connected: consent to archiving. */
    async onNote(event: PairEvent, kind: string): Promise<Write> {
      const what = await read(event);
      return async () => {
        await write(event, what);
        const relation = await store.pair(await idOf(event.userid), event.external_userid);
        if (relation && !event.stale) await note(relation, { kind, occurred_at: event.at }, what.origin);
      };
    },

    /** A transfer came to nothing. `userid` should have taken over: where the two never met, whom it came from is told. */
    async onTransferFailed(event: PairEvent, reason: string | null): Promise<Write> {
      const what = await read(event);
      return async () => {
        await write(event, what);
        if (event.stale) return;
        const detail = { reason, takeover: event.userid };
        const pair = await store.pair(await idOf(event.userid), event.external_userid);
        const relation = pair ?? (await handedOver(event.external_userid));
        if (relation) await note(relation, { kind: 'transfer_failed', occurred_at: event.at, detail }, what.origin);
      };
    },
  };

  function note(relation: Relation, line: Omit<NewHistory, 'relation_id'>, origin: Origin): Promise<void> {
    return store.addHistory([{ relation_id: relation.id, ...line }], origin);
  }

  /** The relation that waits for a successor, or was given away last; of which none is known, the youngest. */
  async function handedOver(externalUserid: string): Promise<Relation | undefined> {
    const isGiven = ({ state }: Relation): boolean => state === 'unassigned' || state === 'transferred_out';
    const rank = (row: Relation): number => (isGiven(row) && row.ended_at ? row.ended_at : row.started_at).getTime();
    const rows = await store.relationsOfContacts([externalUserid]);
    const given = rows.filter(isGiven);
    return (given.length > 0 ? given : rows).sort((a, b) => rank(b) - rank(a))[0];
  }

  /** The pair is not shown: an end told in the very second of the add came after it. */
  async function endAgain(event: PairEvent, origin: Origin): Promise<void> {
    const relation = await store.pair(await idOf(event.userid), event.external_userid);
    if (relation?.state !== 'active') return;
    const facts = await store.facts(relation.id);
    const end = facts.find((f) => isEnd(f.kind) && f.occurred_at.getTime() === event.at.getTime());
    if (end) await presence.insist(relation, end.kind, event.at, origin);
  }

  /** Facts of one second have no order of their own: the list decides between them. */
  async function agree(
    { relation, kind, listed }: { relation: Relation; kind: FactKind; listed: boolean },
    event: PairEvent,
    origin: Origin,
  ): Promise<void> {
    const open = relation.state === 'active' || relation.state === 'half';
    if (open && !listed) await presence.insist(relation, kind, event.at, origin);
    if (!open && listed && !listedStates.includes(relation.state)) {
      await presence.insist(relation, 'added', event.at, origin);
    }
  }

  /** @returns undefined when the staff member cannot be asked about: gone, or outside the visible range */
  async function isListed({ userid, external_userid }: PairEvent): Promise<boolean | undefined> {
    try {
      return (await api.list(userid, { lane: 'event' })).includes(external_userid);
    } catch (error) {
      if (isRefusal(error) || isErrcode(error, departedCodes)) return undefined;
      throw error;
    }
  }
}

const isEnd = (kind: FactKind): boolean => kind === 'staff_deleted' || kind === 'transferred_out';

const departedCodes = [60111, 40003, 46004];

interface What {
  found: ContactWithFollowers | null;
  origin: Origin;
  kind?: FactKind;
  detail?: object | undefined;
  /** A userid whose end is certain. */
  without?: string;
}

function observedOf(
  { contact }: ContactWithFollowers,
  followers: Follower[],
  staffIds: Map<string, string>,
): Observed[] {
  return followers.flatMap((follower) => {
    const staffId = staffIds.get(follower.userid);
    return staffId ? [{ contact, staffId, follower }] : [];
  });
}
