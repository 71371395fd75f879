import { type Relation, relationStates } from './external-contacts.entity';
import type { RelationStore } from './external-contacts.store';
import type { Origin } from './observation';
import type { Presence } from './presence';

interface Deps {
  store: RelationStore;
  presence: Presence;
}

/**
 * Two staff rows turned out to be one person (a changed userid): the relations of `merged` go to `into`. Where both
 * have the pair, the histories become one, and what was read last counts. Must run inside `transact`.
 */
export async function moveRelations({ store, presence }: Deps, merged: string, into: string, origin: Origin) {
  for (const relation of await store.relationsOfStaff(merged, relationStates)) {
    const twin = await store.pair(into, relation.external_userid);
    if (twin) await join({ store, presence }, relation, twin, origin);
    else await store.reassign(relation.id, into);
  }
}

async function join({ store, presence }: Deps, relation: Relation, twin: Relation, origin: Origin): Promise<void> {
  const facts = await store.facts(relation.id);
  if (relation.updated_at > twin.updated_at) {
    await store.updateEditable([{ ...relation, id: twin.id }]);
    await store.deleteTags(await store.tags([twin.id]));
    await store.insertTags((await store.tags([relation.id])).map((tag) => ({ ...tag, relation_id: twin.id })));
  }
  await presence.record(twin, facts, origin);
  await store.removeRelation(relation.id);
}
