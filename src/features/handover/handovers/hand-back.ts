import type { Drafted } from './drafting';
import type { Handover } from './handovers.entity';
import type { NewHandover } from './handovers.schema';
import type { Item } from './item-rows';

/** The other way round: everybody to whom they came from. */
export function reverseOf(handover: Handover, taken: readonly Item[]): NewHandover {
  const idsOf = (kind: Item['kind']) => [
    ...new Set(taken.filter((item) => item.kind === kind).map(({ subject_id }) => subject_id)),
  ];
  const chosen = (ids: string[]) => (ids.length > 0 ? ids : ('none' as const));
  const givers = [...new Set(taken.map(({ from_userid }) => from_userid))];
  return {
    name: `↩ ${handover.name}`.slice(0, 120),
    from_userids: [...new Set(taken.flatMap(({ to_userid }) => to_userid ?? []))],
    external_contacts: chosen(idsOf('external_contact')),
    group_chats: chosen(idsOf('group_chat')),
    successors: givers.map((userid) => ({ userid, capacity: null, takes: [] })),
    rule: { distribution: 'one', prefer: [], by_hand: {} },
    ...{ departments: [], second_candidate: false, carry_over: handover.carry_over, dry_run: false },
  };
}

/** Each pair to whom it came from; of two who know the same external contact only the one who took it over gives it back. */
export function onlyPairs(drafted: Drafted, taken: readonly Item[]): Drafted {
  const keyOf = (userid: string | null, id: string) => `${userid} ${id}`;
  const origin = new Map(taken.map((item) => [keyOf(item.to_userid, item.subject_id), item.from_userid]));
  return {
    ...drafted,
    movers: drafted.movers.filter(({ from, id }) => origin.has(keyOf(from, id))),
    choices: drafted.choices.flatMap((choice) => {
      const to = origin.get(keyOf(choice.mover.from, choice.mover.id));
      return to === undefined ? [] : [{ ...choice, to, because: ['by_hand' as const], second: null }];
    }),
  };
}
