import type { Drafted } from './drafting';
import type { Handover } from './handovers.entity';
import { type NewHandover, newHandover } from './handovers.schema';
import type { Item } from './items.store';

/** The other way round: everybody to whom they came from. */
export function reverseOf(handover: Handover, taken: readonly Item[]): NewHandover {
  const idsOf = (kind: Item['kind']) => taken.filter((item) => item.kind === kind).map(({ subject_id }) => subject_id);
  const chosen = (ids: string[]) => (ids.length > 0 ? ids : 'none');
  return newHandover.parse({
    name: `↩ ${handover.name}`.slice(0, 120),
    from_userids: [...new Set(taken.flatMap(({ to_userid }) => to_userid ?? []))],
    external_contacts: chosen(idsOf('external_contact')),
    group_chats: chosen(idsOf('group_chat')),
    successors: [...new Set(taken.map(({ from_userid }) => from_userid))].map((userid) => ({ userid })),
    rule: { by_hand: Object.fromEntries(taken.map(({ subject_id, from_userid }) => [subject_id, from_userid])) },
    ...{ second_candidate: false, carry_over: handover.carry_over },
  });
}

/** Of two who know the same external contact only the one who took them over gives them back. */
export function onlyPairs(drafted: Drafted, taken: readonly Item[]): Drafted {
  const pairs = new Set(taken.map(({ subject_id, to_userid }) => `${to_userid} ${subject_id}`));
  const isOurs = ({ from, id }: { from: string; id: string }) => pairs.has(`${from} ${id}`);
  return {
    ...drafted,
    movers: drafted.movers.filter(isOurs),
    choices: drafted.choices.filter(({ mover }) => isOurs(mover)),
  };
}
