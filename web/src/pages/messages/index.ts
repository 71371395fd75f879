export { MessagesPage as Component } from './messages-page';
