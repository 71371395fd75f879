import { get, type Route } from '../../../http/route';
import {
  groupChatDetail,
  groupChatHistoryPage,
  groupChatHistoryQuery,
  groupChatPage,
  groupChatParam,
  groupChatQuery,
} from './group-chats.schema';
import type { GroupChatViews } from './group-chats.views';

export const groupChatRoutes = ({ groupChatViews: views }: { groupChatViews: GroupChatViews }): Route[] => [
  get(
    '/group-chats',
    { can: 'relations:read', about: 'Customer group chats', query: groupChatQuery, returns: groupChatPage },
    ({ query, viewer }) => views.list(query, viewer),
  ),
  get(
    '/group-chats/:chat_id',
    {
      can: 'relations:read',
      about: 'One group chat with its members',
      params: groupChatParam,
      returns: groupChatDetail,
    },
    ({ params, viewer }) => views.get(params.chat_id, viewer),
  ),
  get(
    '/group-chats/:chat_id/history',
    {
      can: 'relations:read',
      about: 'What happened in one group chat, newest first',
      params: groupChatParam,
      query: groupChatHistoryQuery,
      returns: groupChatHistoryPage,
    },
    ({ params, query, viewer }) => views.history(params.chat_id, query, viewer),
  ),
];
