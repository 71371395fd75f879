import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import type { Drafting } from './drafting';
import type { Handover } from './handovers.entity';
import { handoverError } from './handovers.errors';
import type { Assignment, ItemFilter, Retry } from './handovers.schema';
import type { HandoverStore } from './handovers.store';
import { filtersOf, type HandoverViews } from './handovers.views';
import type { Item, Outcome } from './item-rows';
import type { ItemStore } from './items.store';
import type { Rewarn } from './rewarning';
import { type KnownSuccessor, successorsOf } from './successors.report';

interface Deps {
  db: Database;
  items: ItemStore;
  views: Pick<HandoverViews, 'seen'>;
  store: HandoverStore;
  drafting: Pick<Drafting, 'within' | 'assertAll' | 'assertCanTakeOver'>;
  rewarn: Rewarn;
  record(action: string, id: string, by: By, detail?: object): Promise<void>;
  secondPersonFrom: number;
}

interface Named {
  item_ids?: number[] | undefined;
  filter?: ItemFilter | undefined;
}

/** Whoever did not arrive may be tried once more. */
const retriable = ['refused', 'over_limit', 'failed', 'cancelled'] as const;

const mostNamed = 20;

/** @param to our id of the successor */
function assertOthers(items: readonly Item[], to: string | null | undefined): void {
  if (items.some(({ from_staff_id }) => from_staff_id === to)) throw handoverError('same_person');
}

/** Changes to the items of a handover: by hand, many at once, and undone by what was before. */
export function createItemChanges({ db, items, views, store, drafting, rewarn, record, secondPersonFrom }: Deps) {
  /** Whatever state they are in. @throws handover.no_item, which names those that are not of this handover */
  async function assertInIt(id: string, named: readonly Named[]): Promise<void> {
    const ids = [...new Set(named.flatMap(({ item_ids = [] }) => item_ids))];
    const found = await inChunks(ids, (chunk) => {
      const { where, params } = allOf([['handover_id = ?', id], isIn('id', chunk)]);
      return db.query<{ id: number }>(`SELECT id FROM handover_item WHERE ${where}`, params);
    });
    const known = new Set(found.map((row) => Number(row.id)));
    const item_ids = ids.filter((one) => !known.has(one));
    if (item_ids.length > 0) throw handoverError('no_item', { item_ids: item_ids.slice(0, mostNamed) });
  }

  async function itemsOf(id: string, { item_ids, filter }: Named, more: Condition): Promise<Item[]> {
    const own: Condition[] = [['i.handover_id = ?', id], more];
    const ids = [...new Set(item_ids)];
    if (item_ids !== undefined) return inChunks(ids, (chunk) => items.where([...own, isIn('i.id', chunk)]));
    const { where, params } = allOf([...own, ...filtersOf(filter ?? {})]);
    const rows = await db.query<{ id: number }>(
      `SELECT i.id FROM handover_item i JOIN staff f ON f.id = i.from_staff_id LEFT JOIN staff t ON t.id = i.to_staff_id
       LEFT JOIN external_contact e ON i.kind = 'external_contact' AND e.external_userid = i.subject_id
       LEFT JOIN group_chat c ON i.kind = 'group_chat' AND c.chat_id = i.subject_id WHERE ${where}`,
      params,
    );
    return inChunks(
      rows.map((row) => Number(row.id)),
      (chunk) => items.where([isIn('i.id', chunk)]),
    );
  }

  /** Somebody who can take over. @throws http.validation for whoever cannot, or whom the viewer does not know */
  async function successorOf(userid: string, viewer: Viewer): Promise<KnownSuccessor | undefined> {
    const wanted = { successors: [{ userid, capacity: null, takes: [] }], departments: [] };
    const found = await successorsOf(db, wanted, await drafting.within(viewer));
    drafting.assertAll('to_userid', [userid], found);
    drafting.assertCanTakeOver('to_userid', found);
    return found[0];
  }

  /** @throws handover.not_retried, same_person, too_many_for_one */
  function assertMayRetry(chosen: readonly Item[], to: string | undefined): void {
    if (chosen.length === 0) throw handoverError('not_retried');
    assertOthers(chosen, to);
    // Two people agreed to whom they were to go.
    const isMuch = secondPersonFrom > 0 && chosen.length >= secondPersonFrom;
    if (isMuch && to !== undefined) throw handoverError('too_many_for_one');
  }

  /** Still a draft, and another one from now on. @throws handover.version_conflict */
  async function touch(handover: Handover): Promise<void> {
    if (!(await store.change(handover, ['draft'], {}))) throw handoverError('version_conflict');
  }

  /** Leaves items of a draft out, or puts them back. @returns their ids */
  async function turn(id: string, named: Named, by: By, step: 'removed' | 'restored'): Promise<number[]> {
    const handover = await views.seen(id, by.viewer);
    if (handover.state !== 'draft') throw handoverError('not_a_draft');
    await assertInIt(id, [named]);
    const [from, state] =
      step === 'removed' ? (['planned', 'cancelled'] as const) : (['cancelled', 'planned'] as const);
    return db.transact(async () => {
      await touch(handover);
      const chosen = await itemsOf(id, named, ['i.state = ?', from]);
      await items.settle(
        chosen.map((item) => ({ item, outcome: { state, step } })),
        { actor: actorOf(by.viewer) },
      );
      await rewarn(
        handover,
        chosen.map((item) => item.to_staff_id),
      );
      await record(`handover.items_${step}`, id, by, { items: chosen.length });
      return chosen.map((item) => item.id);
    });
  }

  return {
    /**
     * Gives items to somebody else by hand, in order, all or none.
     * @returns how many changed, and what it takes to undo it
     * @throws handover.not_a_draft, no_item, same_person, version_conflict; http.validation for who cannot take over
     */
    async assign(id: string, changes: readonly Assignment[], by: By) {
      const handover = await views.seen(id, by.viewer);
      if (handover.state !== 'draft') throw handoverError('not_a_draft');
      await assertInIt(id, changes);
      const successors = new Map<string, KnownSuccessor | undefined>();
      for (const userid of new Set(changes.flatMap(({ to_userid }) => to_userid ?? []))) {
        successors.set(userid, await successorOf(userid, by.viewer));
      }
      return db.transact(async () => {
        await touch(handover);
        const moved: Item[] = [];
        const concerned: (string | null)[] = [];
        for (const change of changes) {
          const chosen = await itemsOf(id, change, ["i.state = 'planned'"]);
          const to = successors.get(change.to_userid ?? '')?.id ?? null;
          assertOthers(chosen, to);
          await items.assign(
            chosen.map((item) => item.id),
            to,
          );
          moved.push(...chosen);
          concerned.push(to, ...chosen.map((item) => item.to_staff_id));
        }
        await rewarn(handover, concerned);
        const to = [...new Set([...successors.values()].flatMap((one) => one?.userid ?? []))];
        // Of one that changed more than once, what was before the first.
        const before = new Map(moved.reverse().map((item) => [item.id, item.to_userid]));
        await record('handover.assigned', id, by, { items: before.size, to });
        return {
          changed: before.size,
          before: [...before].map(([item_id, to_userid]) => ({ item_id, to_userid })),
        };
      });
    },

    /** Leaves items out of a draft, until they are put back or it goes out. @returns what it takes to put them back */
    async remove(id: string, named: Named, by: By): Promise<{ removed: number; item_ids: number[] }> {
      const item_ids = await turn(id, named, by, 'removed');
      return { removed: item_ids.length, item_ids };
    },

    /** Puts back what was left out of a draft: for whom it was then. */
    async restore(id: string, named: Named, by: By): Promise<{ restored: number }> {
      return { restored: (await turn(id, named, by, 'restored')).length };
    },

    /** Plans those once more who did not arrive; they go out within a minute. @throws handover.not_retried, no_item */
    async retry(id: string, { to_userid, ...named }: Retry, by: By): Promise<{ retried: number }> {
      const handover = await views.seen(id, by.viewer);
      if (handover.submitted_at === null) throw handoverError('not_retried');
      await assertInIt(id, [named]);
      const successor = to_userid === undefined ? undefined : await successorOf(to_userid, by.viewer);
      const toOf = (item: Item) => successor?.id ?? item.to_staff_id;
      return db.transact(async () => {
        const chosen = (await itemsOf(id, named, isIn('i.state', retriable))).filter((item) => toOf(item) !== null);
        assertMayRetry(chosen, successor?.id);
        const outcome: Outcome = { state: 'planned', step: 'retried', to: successor?.id };
        await items.settle(
          chosen.map((item) => ({ item, outcome })),
          { actor: actorOf(by.viewer) },
        );
        await rewarn(handover, chosen.map(toOf));
        const after = { state: 'under_way', ended_at: null, held_at: null } as const;
        if (!(await store.change(handover, ['under_way', 'done'], after))) throw handoverError('version_conflict');
        await record('handover.retried', id, by, { items: chosen.length, to: successor?.userid ?? null });
        return { retried: chosen.length };
      });
    },
  };
}
