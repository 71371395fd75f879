import type { RelationStore } from './external-contacts.store';
import type { Origin } from './observation';
import type { Presence } from './presence';

interface Deps {
  store: RelationStore;
  presence: Presence;
}

/** What we had WeCom do: no callback tells us (R1), so whoever asked records it. Must run inside `transact`. */
export function createOwnWrites({ store, presence }: Deps) {
  return {
    /** A transfer took effect: the giver holds the pair no more. Where WeCom's event was faster nothing is added. */
    async onHandedOver(staffId: string, externalUserid: string, at: Date, origin: Origin): Promise<void> {
      const relation = await store.pair(staffId, externalUserid);
      if (!relation || relation.state === 'transferred_out') return;
      // WeCom's clock may be ahead of ours: nothing has happened in the future.
      const occurred_at = at < origin.at ? at : origin.at;
      await presence.record(relation, [{ kind: 'transferred_out', occurred_at }], origin);
    },
  };
}
