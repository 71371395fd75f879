export { GroupChatPage as Component } from './group-chat-page';
