import type { Page } from '../../../core/paging';
import { get, type Route } from '../../../http/route';
import {
  conversationPage,
  conversationParam,
  conversationQuery,
  conversationView,
  messagesPage,
  messagesQuery,
} from './conversations.schema';
import type { ConversationViews, Looking } from './conversations.views';
import { type FoundMessage, foundPage, type SearchQuery, searchQuery } from './search.schema';

interface Deps {
  conversationViews: ConversationViews;
  messageSearch: { find(query: SearchQuery, looking: Looking): Promise<Page<FoundMessage>> };
}

export const conversationRoutes = ({ conversationViews: views, messageSearch }: Deps): Route[] => [
  get(
    '/messages',
    {
      can: 'archive:read',
      about: 'Archived messages found by words and filters, newest first. Recorded with what was looked for',
      query: searchQuery,
      returns: foundPage,
    },
    ({ query, viewer, ctx }) => messageSearch.find(query, { viewer, address: ctx.ip }),
  ),
  get(
    '/conversations',
    {
      can: 'archive:read',
      about: 'Archived conversations, those with the newest message first',
      query: conversationQuery,
      returns: conversationPage,
    },
    ({ query, viewer }) => views.list(query, viewer),
  ),
  get(
    '/conversations/:id',
    {
      can: 'archive:read',
      about: 'One archived conversation',
      params: conversationParam,
      returns: conversationView,
    },
    ({ params, viewer }) => views.get(params.id, viewer),
  ),
  get(
    '/conversations/:id/messages',
    {
      can: 'archive:read',
      about: 'Messages of one conversation, newest first or around one. Recorded as read',
      params: conversationParam,
      query: messagesQuery,
      returns: messagesPage,
    },
    ({ params, query, viewer, ctx }) => views.messages(params.id, query, { viewer, address: ctx.ip }),
  ),
];
