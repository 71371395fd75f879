import type { InboxEvent } from '../api';
import { useWord } from '../lib/use-word';
import type { Tone } from './state-tag';

type Named = Pick<InboxEvent, 'event' | 'change_type'>;

/** What an event says, as a sentence; one we have no words for is shown as WeCom spells it. */
export function useEventWords(): (event: Named) => string {
  const wordOf = useWord('events');
  return ({ event, change_type }) =>
    wordOf(`${event}.${change_type || 'any'}`) ?? (change_type ? `${event} · ${change_type}` : event);
}

const losses = ['del_external_contact', 'del_follow_user', 'dismiss'];

/** Red where something was lost, amber where a person is needed. */
export function eventTone({ event, change_type }: Named): Tone {
  if (losses.includes(change_type) && event.startsWith('change_external')) return 'lost';
  return change_type === 'transfer_fail' ? 'person' : 'neutral';
}
