import { useTranslation } from 'react-i18next';
import type { InboxEvent } from '../api';
import type { Tone } from './state-tag';

type Named = Pick<InboxEvent, 'event' | 'change_type'>;

/** What an event says, as a sentence; one we have no words for is shown as WeCom spells it. */
export function useEventWords(): (event: Named) => string {
  const { i18n } = useTranslation('events');
  return ({ event, change_type }) => {
    const key = `${event}.${change_type}`;
    if (!i18n.exists(key, { ns: 'events' })) return change_type ? `${event} · ${change_type}` : event;
    return i18n.t(key as 'change_external_chat.create', { ns: 'events' });
  };
}

const losses = ['del_external_contact', 'del_follow_user', 'dismiss'];

/** Red where something was lost, amber where a person is needed. */
export function eventTone({ event, change_type }: Named): Tone {
  if (losses.includes(change_type) && event.startsWith('change_external')) return 'lost';
  return change_type === 'transfer_fail' ? 'person' : 'neutral';
}
