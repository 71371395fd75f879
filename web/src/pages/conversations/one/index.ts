export { ConversationPage as Component } from './conversation-page';
