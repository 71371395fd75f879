import {
  ArchiveBatch,
  ArchiveBody,
  ArchiveBodyKey,
  ArchiveConversation,
  ArchiveMessage,
  ArchiveParked,
  ArchiveParticipant,
  ArchiveRecall,
} from './conversations.entity';
import { conversationRoutes } from './conversations.routes';

export const conversationsFeature = {
  name: 'conversations',
  entities: [
    ArchiveConversation,
    ArchiveParticipant,
    ArchiveMessage,
    ArchiveBody,
    ArchiveBodyKey,
    ArchiveBatch,
    ArchiveParked,
    ArchiveRecall,
  ],
  routes: conversationRoutes,
};
export { batchStream } from './batch.stream';
export type { MediaView, MessageView } from './conversations.schema';
export type { OpenedMessage } from './conversations.store';
export { type ConversationViews, createConversationViews, type Looking } from './conversations.views';
export { checkMessages, type MessageCheckDeps, type MessageMarks } from './message-check';
export { createMessageProofs, type MessageProof, type MessageProofs } from './message-proofs';
export { type MediaLookup, textsOf } from './message-view';
export { createOpener, type MessageSink, type Opener } from './opening';
export { createMessageReader, type MessageReader, type StoredMessage } from './reader';
export type { FoundMessage, SearchQuery } from './search.schema';
