import type { EvidenceRef } from '../findings';
import type { JudgedMessage } from './detector';

/** A message as evidence: the hash is the one that the archive's chain links. */
export const messageFact = ({ id, content }: Pick<JudgedMessage, 'id' | 'content'>): EvidenceRef => ({
  source: 'message',
  ref: String(id),
  hash: content,
});

/** Whom a message concerns: the staff member who wrote it, or to whom it was written. */
export function concerning({
  conversation,
  sender,
  sender_kind,
}: Pick<JudgedMessage, 'conversation' | 'sender' | 'sender_kind'>) {
  const userid = sender_kind === 'staff' ? sender : (conversation.userid ?? undefined);
  const external = sender_kind === 'external' ? sender : (conversation.external_userid ?? undefined);
  return { userid, externalUserid: external, chatId: conversation.chat_id ?? undefined };
}
