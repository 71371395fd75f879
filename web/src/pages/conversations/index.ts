export { ConversationsPage as Component } from './conversations-page';
