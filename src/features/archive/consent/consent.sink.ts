import type { MessageSink, OpenedMessage } from '../conversations';
import type { Answer, ConsentStore } from './consent.store';

const statuses: Readonly<Record<string, Answer['status']>> = { agree: 'agreed', disagree: 'disagreed' };

function answerIn({ message, conversation, sentAt }: OpenedMessage): Answer[] {
  const status = statuses[message.type];
  const external_userid = message.from ?? conversation.external_userid;
  if (!status || external_userid === null) return [];
  const { userid, chat_id } = conversation;
  if (userid === null && chat_id === null) return [];
  return [{ userid: chat_id === null ? userid : null, chat_id, external_userid, status, changed_at: sentAt }];
}

/** Hears in messages who agreed to the archive, and who does not. */
export const createConsentSink =
  (store: Pick<ConsentStore, 'record'>): MessageSink =>
  (messages) => {
    const answers = messages.flatMap(answerIn);
    return async () => {
      if (answers.length > 0) await store.record(answers, 'message');
    };
  };
