import { hours } from '../../../core/clock';
import { newId } from '../../../core/ids';
import type { Database } from '../../../db/database';
import type { ExternalContact, Relation, RelationState } from './external-contacts.entity';
import { blankRelation, type RelationStore } from './external-contacts.store';
import { type Fact, type FactKind, fold, listedStates, sameAddMs } from './facts';
import type { Change } from './mirror';
import type { Origin } from './observation';

export type Presence = ReturnType<typeof createPresence>;

/** A deletion this fresh may be newer than the read that still showed the pair. */
const raceMs = 10_000;

/** Decides from facts and reads whether two are connected. Every method must run inside `transact`. */
export function createPresence({ db, store }: { db: Database; store: RelationStore }) {
  /** Appends facts that are not there yet, then folds the whole history into the row. */
  async function record(relation: Relation, facts: Fact[], origin: Origin): Promise<Relation> {
    await store.lock(relation.id);
    const known = await store.facts(relation.id);
    const fresh = facts.filter((f) => !known.some((k) => isSame(k, f)));
    if (fresh.length > 0) {
      await store.addHistory(
        fresh.map((fact) => ({ relation_id: relation.id, ...fact })),
        origin,
      );
    }
    const all = [...known, ...fresh];
    if (all.length === 0) return relation;
    const folded = fold(all);
    await store.setFolded(relation.id, folded);
    return { ...relation, ...folded, absent_since: null };
  }

  return {
    record,

    /** The relation of a pair, made when this is the first we hear of it. */
    async ensure(staffId: string, externalUserid: string, at: Date): Promise<Relation> {
      const found = await store.pair(staffId, externalUserid);
      if (found) return found;
      await ensureContact(externalUserid);
      const relation = blankRelation(staffId, externalUserid, at);
      await store.insertRelations([relation]);
      return relation;
    },

    /** Whether the staff member never confirmed the pair. */
    async isHalf(relationId: string): Promise<boolean> {
      const facts = await store.facts(relationId);
      return facts.length > 0 && fold(facts).half;
    },

    /** A list showed a pair that our history had ended, or with a later start. @returns the change, if one */
    async seen(relation: Relation, startedAt: Date, origin: Origin): Promise<Change | undefined> {
      const facts = await store.facts(relation.id);
      let after = await record(relation, isNewStart(facts, startedAt) ? [fact('added', startedAt)] : [], origin);
      if (!listedStates.includes(after.state) && mayTrust(after, origin)) {
        after = await record(after, [fact('reappeared', origin.at)], origin);
      }
      if (after.state === relation.state && after.spell === relation.spell) return undefined;
      return {
        kind: 'relation_appeared',
        staffId: relation.staff_id,
        externalUserid: relation.external_userid,
        detail: { before: relation.state, after: after.state, spell: after.spell },
      };
    },

    /**
     * The list no longer holds a pair whose history says otherwise: the fact is told again, a moment later, and marked
     * as placed by us: who counts what happened counts it once.
     */
    async insist(relation: Relation, kind: FactKind, at: Date, origin: Origin): Promise<void> {
      const facts = await store.facts(relation.id);
      const last = Math.max(at.getTime(), ...facts.map((f) => f.occurred_at.getTime()));
      await record(relation, [{ ...fact(kind, new Date(last + 1)), detail: { placed: true } }], origin);
    },
  };

  async function ensureContact(externalUserid: string): Promise<void> {
    const [found] = await store.contacts([externalUserid]);
    if (!found) await store.insertContacts([unseenContact(externalUserid, db.now())]);
  }
}

const fact = (kind: FactKind, occurred_at: Date): Fact => ({ kind, occurred_at });
const apart = (a: Fact, b: Fact): number => Math.abs(a.occurred_at.getTime() - b.occurred_at.getTime());

/** That a transfer took effect is told by WeCom's event and by its result, which need not agree to the second. */
const sameTransferMs = hours(1);

const isSame = (a: Fact, b: Fact): boolean =>
  a.kind === b.kind && apart(a, b) <= (a.kind === 'transferred_out' ? sameTransferMs : 0);

/** An add is told by the event and by the read, which may be a second apart. */
const isNewStart = (facts: Fact[], startedAt: Date): boolean =>
  !facts.some((f) => f.kind === 'added' && apart(f, fact('added', startedAt)) <= sameAddMs);

/** Of whom the staff member is known to have lost, an event reads only `get`, which may still show them (violations §2.2 trap 10). */
const lostStates: readonly RelationState[] = ['deleted_by_staff', 'deleted_by_both', 'missing'];

const mayTrust = ({ state, ended_at }: Relation, { at, source }: Origin): boolean => {
  if (source === 'event' && lostStates.includes(state)) return false;
  return ended_at === null || at.getTime() - ended_at.getTime() > raceMs;
};

/** Only the id is known: an event named somebody whom no read has shown yet. */
const unseenContact = (externalUserid: string, at: Date): ExternalContact => ({
  external_userid: externalUserid,
  id: newId(),
  name: '',
  avatar: null,
  type: externalUserid.startsWith('wo') ? 2 : 1,
  gender: 0,
  unionid: null,
  position: null,
  corp_name: null,
  corp_full_name: null,
  extra: null,
  erased_at: null,
  created_at: at,
  updated_at: at,
});
