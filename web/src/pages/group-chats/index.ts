export { GroupChatsPage as Component } from './group-chats-page';
