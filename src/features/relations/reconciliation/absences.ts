import type { Relation } from '../external-contacts';
import { newIdsOf } from './new-ids';
import { isSuspiciousShrink, type PhaseContext, type PhaseDeps } from './phase';

/** What a complete read of one member's relations showed. */
export interface Absence {
  staffId: string;
  userid: string;
  seen: Set<string>;
  startedAt: Date;
}

/** What is in our copy but was not in a complete read. Nobody is marked lost on doubt (violations 2.2). */
export function createAbsences({ db, wecom, staff, externalContacts, differences }: PhaseDeps) {
  const { store, presence, listedStates } = externalContacts;
  // Half a relation is in no list until the staff member confirms it (events 2).
  const certain = listedStates.filter((state) => state !== 'half');

  async function settleOne(context: PhaseContext, absence: Absence): Promise<void> {
    const { staffId, userid } = absence;
    const gone = await goneOf(context, absence);
    if (gone.length === 0) return;
    context.counts.vanished += gone.length;
    const held = await store.countOfStaff(staffId, certain);
    if (isSuspiciousShrink(gone.length, held) && !(await differences.isAccepted(userid))) {
      const detail = { vanished: gone.length, held };
      context.report({ kind: 'relations_shrank', userid, state: 'held', explanation: 'scope_changed', detail });
      return;
    }
    const fresh = gone.filter((r) => r.absent_since === null).map((r) => r.id);
    if (fresh.length > 0) await store.setAbsent(fresh, db.now());
    for (const relation of gone) {
      context.report({
        kind: 'relation_missing',
        userid,
        externalUserid: relation.external_userid,
        state: 'unconfirmed',
        detail: { state: relation.state, absent_since: relation.absent_since ?? db.now() },
      });
    }
  }

  /** Whom the list lacks. Of those who go on under another id the old pair ends, and nobody is missed. */
  async function goneOf(context: PhaseContext, { staffId, userid, seen, startedAt }: Absence): Promise<Relation[]> {
    const older = await store.relationsOfStaff(staffId, certain, startedAt);
    const unseen = await exceptHalf(older.filter((r) => !seen.has(r.external_userid)));
    const newIds = await newIdsOf(externalContacts, { gone: unseen, staffId, seen });
    for (const relation of unseen.filter(({ id }) => newIds.has(id))) {
      const detail = { became: newIds.get(relation.id) };
      await presence.record(relation, [{ kind: 'missing', occurred_at: db.now(), detail }], context.origin());
      const about = { userid, externalUserid: relation.external_userid };
      context.report({ kind: 'relation_missing', ...about, state: 'applied', explanation: 'new_id', detail });
    }
    return unseen.filter(({ id }) => !newIds.has(id));
  }

  /** No list shows half a relation, also when the external contact has ended it (violations 2.2.6). */
  async function exceptHalf(relations: Relation[]): Promise<Relation[]> {
    const listed: Relation[] = [];
    for (const relation of relations) {
      if (!(await presence.isHalf(relation.id))) listed.push(relation);
    }
    return listed;
  }

  return {
    /** Must run inside `transact`. */
    async settle(context: PhaseContext, absences: Absence[]): Promise<void> {
      for (const absence of absences) await settleOne(context, absence);
    },

    /** Members who are no longer among those with the 客户联系 function, and those who are again. */
    async outOfScope(context: PhaseContext, followers: string[]): Promise<void> {
      const { lost, back, never } = await compare(followers);
      // One more look before anything is said of somebody: the list may have been short for a moment.
      const again = lost.length > 0 ? await wecom.externalContacts.followers(context.calls) : followers;
      const confirmed = lost.filter((userid) => !again.includes(userid));
      const followed = new Set([...followers, ...again]);
      await context.save(async () => {
        await staff.setFollows([...followed], [...confirmed, ...never]);
        for (const userid of confirmed) {
          const relations = await mark(context, userid, 'out_of_scope');
          context.report({ kind: 'staff_out_of_scope', userid, state: 'applied', detail: { relations } });
        }
        for (const userid of back) await mark(context, userid, 'in_scope');
      });
    },
  };

  async function compare(followers: string[]): Promise<Record<'lost' | 'back' | 'never', string[]>> {
    const now = new Set(followers.map((userid) => userid.toLowerCase()));
    const known = (await staff.store.all()).filter((row) => row.departed_at === null);
    return {
      lost: known.filter((row) => row.follows_external && !now.has(row.userid_key)).map((row) => row.userid),
      never: known.filter((row) => row.follows_external === null && !now.has(row.userid_key)).map((row) => row.userid),
      back: known.filter((row) => row.follows_external === false && now.has(row.userid_key)).map((row) => row.userid),
    };
  }

  async function mark(context: PhaseContext, userid: string, kind: 'out_of_scope' | 'in_scope'): Promise<number> {
    const ids = await staff.resolve([userid]);
    const states = kind === 'in_scope' ? (['out_of_scope'] as const) : listedStates;
    const relations = await store.relationsOfStaff(ids.get(userid) ?? '', states);
    for (const relation of relations) {
      await presence.record(relation, [{ kind, occurred_at: db.now() }], context.origin());
    }
    return relations.length;
  }
}
