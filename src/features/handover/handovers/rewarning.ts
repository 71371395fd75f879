import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Handover } from './handovers.entity';
import { finalStates, type Item } from './item-rows';
import type { ItemStore } from './items.store';
import { rewarned } from './planning';
import { type KnownSuccessor, successorsOf } from './successors.report';

interface Deps {
  db: Database;
  items: ItemStore;
}

/** Whose room an item takes no more. */
const isOver: Condition = isIn(
  'i.state',
  finalStates.filter((state) => state !== 'taken_over'),
);

export type Rewarn = ReturnType<typeof createRewarning>;

/** What to think of before items go to whoever was given them by hand, worked out as a plan does. */
export function createRewarning({ db, items }: Deps) {
  const [over, ...overParams] = isOver;

  /** What goes to each of them in this handover: what the rules gave first, then what was given by hand. */
  async function given(handoverId: string, staffIds: string[]): Promise<Item[]> {
    const own: Condition[] = [
      ['i.handover_id = ?', handoverId],
      [`NOT ${over}`, ...overParams],
    ];
    const theirs = await inChunks(staffIds, (chunk) => items.where([...own, isIn('i.to_staff_id', chunk)]));
    const isByHand = ({ because }: Item) => Number(because.includes('"by_hand"'));
    return theirs.sort((a, b) => isByHand(a) - isByHand(b) || a.id - b.id);
  }

  /** Those whom WeCom shows as theirs already. */
  async function friendsOf(staffId: string, theirs: readonly Item[]): Promise<Set<string>> {
    const rows = await inChunks(
      theirs.map((item) => item.subject_id),
      (chunk) => {
        const { where, params } = allOf([
          ["r.staff_id = ? AND r.state = 'active'", staffId],
          isIn('r.external_userid', chunk),
        ]);
        return db.query<{ id: string }>(`SELECT r.external_userid AS id FROM relation r WHERE ${where}`, params);
      },
    );
    return new Set(rows.map(({ id }) => id));
  }

  async function warn(to: KnownSuccessor, theirs: readonly Item[]): Promise<void> {
    const friends = await friendsOf(to.id, theirs);
    const room = to.capacity ?? Number.POSITIVE_INFINITY;
    const warned = theirs.map((item, at) => {
      const mover = { kind: item.kind, known_to: friends.has(item.subject_id) ? [to.userid] : [] };
      const warnings = JSON.stringify(rewarned(JSON.parse(item.warnings), mover, to, room - at - 1));
      return { ...item, warnings, isNew: warnings !== item.warnings };
    });
    await items.warn(warned.filter(({ state, isNew }) => state === 'planned' && isNew));
  }

  /**
   * Of all that these successors get in the handover as it is now; of null, what nobody gets. Must run inside a
   * transaction.
   */
  return async (handover: Pick<Handover, 'id' | 'successors'>, changed: Iterable<string | null>): Promise<void> => {
    const staffIds = [...new Set(changed)];
    const theirs = await given(
      handover.id,
      staffIds.flatMap((id) => id ?? []),
    );
    const capacities = new Map<string, number | null>(
      (JSON.parse(handover.successors) as KnownSuccessor[]).map(({ userid, capacity }) => [userid, capacity]),
    );
    const userids = [...new Set(theirs.flatMap(({ to_userid }) => to_userid ?? []))];
    const wanted = userids.map((userid) => ({ userid, capacity: capacities.get(userid) ?? null, takes: [] }));
    for (const to of await successorsOf(db, { successors: wanted, departments: [] }, [])) {
      await warn(
        to,
        theirs.filter(({ to_staff_id }) => to_staff_id === to.id),
      );
    }
    if (!staffIds.includes(null)) return;
    const nobodys = await items.where([
      ["i.handover_id = ? AND i.state = 'planned' AND i.to_staff_id IS NULL", handover.id],
    ]);
    await items.warn(
      nobodys.map(({ id, kind, warnings }) => ({
        id,
        warnings: JSON.stringify(rewarned(JSON.parse(warnings), { kind, known_to: [] }, null, 0)),
      })),
    );
  };
}
