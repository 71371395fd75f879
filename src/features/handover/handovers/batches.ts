import { shanghaiDay } from '../../../core/clock';
import { chunksOf, groupBy } from '../../../core/collections';
import { type Database, placeholders } from '../../../db/database';
import { tomorrow } from './answers';
import type { Handover, ItemKind } from './handovers.entity';
import type { Item, Outcome } from './item-rows';
import type { ItemStore } from './items.store';
import type { Hands } from './submission';

/** What goes to WeCom in one call. */
export interface Batch {
  kind: ItemKind;
  resigned: boolean;
  /** Of external contacts; group chats of several may go together. */
  from: { id: string; userid: string } | null;
  to: { id: string; userid: string };
  items: Item[];
}

/** WeCom takes so many to a call (wecom-contacts §14, §15), and of one owner so many group chats a day. */
const perCall = 100;
const groupsPerDay = 300;

export type Batches = ReturnType<typeof createBatches>;

/** What is planned and due, put together for as few calls as can be. */
export function createBatches({ db, items }: { db: Database; items: ItemStore }) {
  /** External contacts by giver and successor, group chats by successor. */
  async function of(handover: Handover): Promise<Batch[]> {
    const planned = await items.where(
      [
        ["i.handover_id = ? AND i.state = 'planned' AND i.to_staff_id IS NOT NULL", handover.id],
        ['(i.not_before IS NULL OR i.not_before <= ?)', db.now()],
      ],
      { order: 'i.kind, i.to_staff_id, i.from_staff_id, i.id' },
    );
    const today = await withinTheDay(planned);
    const groups = groupBy(today, (item) => {
      const from = item.kind === 'external_contact' ? item.from_staff_id : '';
      return `${item.kind} ${item.to_staff_id} ${from} ${item.departed_at !== null}`;
    });
    return [...groups.values()].flatMap((group) => [...chunksOf(group, perCall)].map(toBatch));
  }

  /** Without the group chats that are too many for their owner today: they wait for tomorrow. */
  async function withinTheDay(planned: Item[]): Promise<Item[]> {
    const groups = planned.filter(({ kind }) => kind === 'group_chat');
    if (groups.length === 0) return planned;
    const left = await leftToday([...new Set(groups.map((item) => item.from_staff_id))]);
    return planned.filter((item) => {
      if (item.kind !== 'group_chat') return true;
      const remaining = left.get(item.from_staff_id) ?? 0;
      left.set(item.from_staff_id, remaining - 1);
      return remaining > 0;
    });
  }

  async function leftToday(owners: string[]): Promise<Map<string, number>> {
    const midnight = new Date(`${shanghaiDay(db.now())}T00:00:00+08:00`);
    const rows = await db.query<{ from_staff_id: string; n: unknown }>(
      `SELECT from_staff_id, COUNT(*) AS n FROM handover_item
       WHERE from_staff_id IN (${placeholders(owners.length)}) AND kind = 'group_chat' AND submitted_at >= ?
         AND state <> 'planned' GROUP BY from_staff_id`,
      [...owners, midnight],
    );
    const used = new Map(rows.map(({ from_staff_id, n }) => [from_staff_id, Number(n)]));
    return new Map(owners.map((owner) => [owner, groupsPerDay - (used.get(owner) ?? 0)]));
  }

  return {
    of,

    /** Tomorrow is another day for the group chats of an owner who has too many. */
    async putOff(handover: Handover, hands: Hands): Promise<void> {
      const planned = await items.where([
        ["i.handover_id = ? AND i.state = 'planned' AND i.kind = 'group_chat'", handover.id],
        ['i.to_staff_id IS NOT NULL AND (i.not_before IS NULL OR i.not_before <= ?)', db.now()],
      ]);
      if (planned.length === 0) return;
      const left = await leftToday([...new Set(planned.map((item) => item.from_staff_id))]);
      const late = planned.filter((item) => (left.get(item.from_staff_id) ?? 0) <= 0);
      const outcome: Outcome = {
        ...{ state: 'planned', step: 'postponed', notBefore: tomorrow(db.now()), detail: { limit: groupsPerDay } },
      };
      if (late.length === 0) return;
      await hands.step(() => items.settle(late.map((item) => ({ item, outcome }))));
    },
  };
}

function toBatch(items: Item[]): Batch {
  const [first] = items as [Item];
  const { kind, from_staff_id, from_userid, to_staff_id, to_userid, departed_at } = first;
  return {
    ...{ kind, items, resigned: departed_at !== null },
    from: kind === 'external_contact' ? { id: from_staff_id, userid: from_userid } : null,
    to: { id: to_staff_id ?? '', userid: to_userid ?? '' },
  };
}
