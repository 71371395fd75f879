import { GroupChat, GroupChatHistory, GroupChatMember } from './group-chats.entity';
import { groupChatRoutes } from './group-chats.routes';

export const groupChatsFeature = {
  name: 'group-chats',
  entities: [GroupChat, GroupChatMember, GroupChatHistory],
  routes: groupChatRoutes,
};
export { createGroupChatService, type GroupChatService } from './group-chats.service';
export { createGroupChatViews, type GroupChatViews } from './group-chats.views';
