import { groupBy } from '../../../core/collections';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import { type Drafted, type Drafting, type Wish, wayOf } from './drafting';
import type { Handover } from './handovers.entity';
import { handoverError } from './handovers.errors';
import type { HandoverView, Replan } from './handovers.schema';
import type { HandoverStore } from './handovers.store';
import type { HandoverViews } from './handovers.views';
import { type Item, pairKey } from './item-rows';
import type { ItemStore } from './items.store';
import type { Because } from './planning';

interface Deps {
  db: Database;
  items: ItemStore;
  views: HandoverViews;
  store: HandoverStore;
  drafting: Drafting;
  record(action: string, id: string, by: By, detail?: object): Promise<void>;
}

/** The key by which a rule knows what is given by hand: of this giver only. */
const handKey = (from: string, id: string): string => `${from} ${id}`;

/** Has other rules and other successors decide a draft anew. */
export function createReplanning({ db, items, views, store, drafting, record }: Deps) {
  /** What is in the plan and can still be moved; of what was given by hand, to whom. */
  async function draftAgain(
    handover: Handover,
    planned: readonly Item[],
    wanted: Replan,
    by: By,
  ): Promise<[Wish, Drafted]> {
    const handed = wanted.keep_by_hand ? planned.flatMap(byHandOf) : [];
    const extent = (kind: Item['kind']) => (planned.some((item) => item.kind === kind) ? 'all' : 'none');
    const by_hand = Object.fromEntries(handed);
    const wish: Wish = {
      from_userids: (await store.givers([handover.id])).map(({ userid }) => userid),
      ...{ external_contacts: extent('external_contact'), group_chats: extent('group_chat') },
      ...{ successors: wanted.successors, departments: wanted.departments, rule: { ...wanted.rule, by_hand } },
    };
    const inIt = new Set(planned.map((item) => `${item.kind} ${handKey(item.from_userid, item.subject_id)}`));
    const drafted = await drafting.draft(wish, by.viewer, {
      isInIt: ({ kind, from, id }) => inIt.has(`${kind} ${handKey(from, id)}`),
      keepers: handed.map(([, to]) => to),
    });
    return [wish, drafted];
  }

  /** Must run inside a transaction. @returns how many go to somebody else, and how many can no longer be moved */
  async function keep(id: string, planned: readonly Item[], drafted: Drafted, actor: string) {
    const decided = drafting.itemsOf(drafted);
    const known = new Map(planned.map((item) => [item.pair_key, item]));
    const left = new Set(decided.map(pairKey));
    const gone = planned.filter(({ pair_key }) => !left.has(pair_key));
    await items.settle(
      gone.map((item) => ({ item, outcome: { state: 'cancelled', step: 'removed' } })),
      { actor },
    );
    await items.put(id, decided);
    const changed = decided.flatMap(({ to_staff_id, ...item }) => {
      const before = known.get(pairKey({ ...item, to_staff_id }));
      return before && before.to_staff_id !== to_staff_id
        ? [{ id: before.id, to_staff_id, from: before.to_userid }]
        : [];
    });
    for (const [from, all] of groupBy(changed, (item) => item.from)) {
      await items.addSteps(all, { state: 'planned', step: 'replanned', detail: { from } }, { actor });
    }
    return { changed: changed.length, left_out: gone.length };
  }

  /**
   * The same givers, and what is still in the plan: what was left out stays out, and what can no longer be moved is left
   * out now. Whatever somebody was given by hand stays theirs, even if the rule may not choose them any more and over
   * any capacity, unless `keep_by_hand` is false; what was given to nobody by hand is decided like all the rest. Whoever
   * was asked to agree to the plan as it was before agrees to nothing: it has another version.
   * @throws handover.not_found, not_a_draft, version_conflict, nothing_to_hand_over, nobody_to_take; http.validation
   */
  return async (id: string, wanted: Replan, by: By): Promise<HandoverView> => {
    const handover = await views.seen(id, by.viewer);
    if (handover.state !== 'draft') throw handoverError('not_a_draft');
    if (handover.version !== wanted.version) throw handoverError('version_conflict');
    // Whoever changes an item changes the version: what is read here is what is changed, or nothing is.
    const planned = await items.where([["i.handover_id = ? AND i.state = 'planned'", id]]);
    const [wish, drafted] = await draftAgain(handover, planned, wanted, by);
    if (wanted.dry_run) return views.dryRun(drafted, wanted, handover);
    await db.transact(async () => {
      if (!(await store.change(handover, ['draft'], wayOf(wish, drafted)))) throw handoverError('version_conflict');
      const figures = await keep(id, planned, drafted, actorOf(by.viewer));
      await record('handover.replanned', id, by, { items: drafted.choices.length, ...figures });
    });
    return views.get(id, by.viewer);
  };
}

function byHandOf({ because, from_userid, subject_id, to_userid }: Item): [key: string, to: string][] {
  const codes: Because[] = JSON.parse(because);
  return to_userid !== null && codes.includes('by_hand') ? [[handKey(from_userid, subject_id), to_userid]] : [];
}
