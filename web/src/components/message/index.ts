export { contentOf } from './content';
export { MessageBody } from './message-body';
