import { groupBy } from '../../../../core/collections';
import type { Mover } from './types';

/** Which of the movers belong together. */
export interface Bonds {
  /** Those with most members here first. */
  chats: readonly Mover[];
  /** External contacts of a group chat. */
  membersOf(chat: Mover): readonly Mover[];
  /** Group chats of an external contact, those with most members here first. */
  chatsOf(contact: Mover): readonly Mover[];
}

/** It is enough when one side names the other. */
export function bondsOf(movers: readonly Mover[]): Bonds {
  const byId = groupBy(movers, ({ id }) => id);
  const members = new Map(movers.filter(isChat).map((chat) => [chat, new Set<Mover>()]));
  const named = movers.flatMap((one) =>
    one.together.flatMap((id) => byId.get(id) ?? []).map((other): [Mover, Mover] => [one, other]),
  );
  for (const [one, other] of named) {
    const [chat, contact] = isChat(one) ? [one, other] : [other, one];
    members.get(chat)?.add(contact);
  }
  const bySize = [...members].sort(([, a], [, b]) => b.size - a.size);
  const pairs = bySize.flatMap(([chat, contacts]) => [...contacts].map((contact) => ({ chat, contact })));
  const ofChat = groupBy(pairs, ({ chat }) => chat);
  const ofContact = groupBy(pairs, ({ contact }) => contact);
  return {
    chats: bySize.map(([chat]) => chat),
    membersOf: (chat) => (ofChat.get(chat) ?? []).map(({ contact }) => contact),
    chatsOf: (contact) => (ofContact.get(contact) ?? []).map(({ chat }) => chat),
  };
}

const isChat = ({ kind }: Mover): boolean => kind === 'group_chat';
