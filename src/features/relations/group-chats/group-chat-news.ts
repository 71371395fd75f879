import type { DomainEvents } from '../../kernel/events';
import type { TellHistory } from './group-chats.store';
import type { HistoryKind } from './group-chats.types';

/** Tells others what was added to the history: each kind once for each moment, however many came or went together. */
export const tellOf =
  (events: Pick<DomainEvents, 'publish'>): TellHistory =>
  async (chatId, lines, { source }) => {
    const told = new Map(
      lines.map(({ kind, occurred_at }) => [`${kind} ${occurred_at.getTime()}`, { kind, occurred_at }]),
    );
    await events.publish(
      [...told.values()].map(({ kind, occurred_at }) => ({
        type: typeOf(kind),
        occurred_at,
        data: { chat_id: chatId, kind, source },
      })),
    );
  };

const typeOf = (kind: HistoryKind) =>
  kind === 'created' || kind === 'dismissed' ? (`group_chat.${kind}` as const) : 'group_chat.changed';
