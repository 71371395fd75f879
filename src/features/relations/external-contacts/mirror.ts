import { groupBy } from '../../../core/collections';
import { failpoint } from '../../../core/failpoints';
import type { Database } from '../../../db/database';
import type { RelationStore } from './external-contacts.store';
import { type Change, draw, type Known, type Plan, pairKey, type Told } from './mirror-plan';
import type { Observed, Origin } from './observation';
import type { Presence } from './presence';

export type { Change, Told } from './mirror-plan';

export interface MirrorResult {
  seen: number;
  added: number;
  changed: number;
  changes: Change[];
}

export type Mirror = ReturnType<typeof createMirror>;

/** Brings our copy in line with what a read of WeCom showed. The one path of sync, reconciliation and events. */
export function createMirror({ db, store, presence }: { db: Database; store: RelationStore; presence: Presence }) {
  return {
    /** Must run inside `transact`. `observed` may name a contact more than once, a pair only once. */
    async apply(observed: Observed[], origin: Origin, told?: Told): Promise<MirrorResult> {
      const known = await load(store, observed, origin);
      const plan = draw(known, observed, { origin, now: db.now(), told });
      await write(store, plan, origin);
      for (const { relation, startedAt } of plan.doubtful) {
        const change = await presence.seen(relation, startedAt, origin);
        if (change) plan.changes.push(change);
      }
      const added = plan.changes.filter((c) => c.kind === 'relation_appeared').length;
      return { seen: observed.length, added, changed: plan.changes.length - added, changes: plan.changes };
    },
  };
}

async function load(store: RelationStore, observed: Observed[], { source, at }: Origin): Promise<Known> {
  const ids = [...new Set(observed.map((o) => o.contact.external_userid))];
  const contacts = await store.contacts(ids);
  // Whoever has a relation has a row.
  const relations = await store.relationsOfContacts(contacts.map((c) => c.external_userid));
  const wanted = new Set(observed.map((o) => pairKey(o.contact.external_userid, o.staffId)));
  const seen = relations.filter((r) => wanted.has(pairKey(r.external_userid, r.staff_id)));
  const seenIds = seen.map((r) => r.id);
  const tags = await store.tags(seenIds);
  return {
    contacts: new Map(contacts.map((c) => [c.external_userid, c])),
    relations: new Map(seen.map((r) => [pairKey(r.external_userid, r.staff_id), r])),
    tags: groupBy(tags, (t) => t.relation_id),
    writtenByUs: source === 'event' ? await store.writtenByUs(seenIds, at) : new Set(),
  };
}

async function write(store: RelationStore, plan: Plan, origin: Origin): Promise<void> {
  await store.insertContacts([...plan.contacts.values()]);
  if (plan.newRelations.length > 0) failpoint('mirror.half-written');
  await store.insertRelations(plan.newRelations);
  await store.updateEditable(plan.edited);
  await store.deleteTags(plan.goneTags);
  await store.insertTags(plan.newTags);
  await store.addHistory(plan.history, origin);
  if (plan.cleared.length > 0) await store.setAbsent(plan.cleared, null);
}
