import { useWord } from '../../lib/use-word';

/** In the order of the form; the server refuses others. */
export const eventTypes = [
  'relation.added',
  'relation.changed',
  'relation.deleted_by_staff',
  'relation.deleted_by_external',
  'relation.ended',
  'group_chat.created',
  'group_chat.changed',
  'group_chat.dismissed',
  'staff.departed',
  'handover.ended',
  'payment.received',
  'reconciliation.difference_confirmed',
  'finding.raised',
  'run.finished',
] as const;
export type EventType = (typeof eventTypes)[number];

/** `relation.added` in words; the code itself where there are none. */
export function useEventName(): (type: string) => string {
  const wordOf = useWord('webhooks');
  return (type) => wordOf(`eventOf.${type}`) ?? type;
}
