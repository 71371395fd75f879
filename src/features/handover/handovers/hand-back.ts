import type { Handover } from './handovers.entity';
import type { NewHandover } from './handovers.schema';
import type { Item } from './item-rows';
import { handKeys, type Mover } from './planning';

/** The other way round: each to whom they came from. */
export function reverseOf(handover: Handover, taken: readonly Item[]): NewHandover {
  const idsOf = (kind: Item['kind']) => [
    ...new Set(taken.filter((item) => item.kind === kind).map(({ subject_id }) => subject_id)),
  ];
  const chosen = (ids: string[]) => (ids.length > 0 ? ids : ('none' as const));
  const givers = [...new Set(taken.map(({ from_userid }) => from_userid))];
  const by_hand = Object.fromEntries(taken.flatMap((item) => backKeyOf(item).map((key) => [key, item.from_userid])));
  return {
    name: `↩ ${handover.name}`.slice(0, 120),
    from_userids: [...new Set(taken.flatMap(({ to_userid }) => to_userid ?? []))],
    external_contacts: chosen(idsOf('external_contact')),
    group_chats: chosen(idsOf('group_chat')),
    successors: givers.map((userid) => ({ userid, capacity: null, takes: [] })),
    rule: { distribution: 'one', prefer: [], by_hand },
    ...{ departments: [], second_candidate: false, carry_over: handover.carry_over, dry_run: false },
  };
}

/** Of two who know the same external contact only the one who took it over gives it back. */
export function pairsOf(taken: readonly Item[]): (mover: Pick<Mover, 'from' | 'id'>) => boolean {
  const pairs = new Set(taken.flatMap(backKeyOf));
  return (mover) => handKeys(mover).some((key) => pairs.has(key));
}

/** How a plan names what goes back. */
const backKeyOf = ({ to_userid, subject_id }: Item): string[] =>
  to_userid === null ? [] : handKeys({ from: to_userid, id: subject_id }).slice(0, 1);
