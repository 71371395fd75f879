export { contentOf } from './content';
export { FoundWords } from './found-words';
export { MessageBody } from './message-body';
