export { contentOf } from './content';
export { HitWords } from './hit-words';
export { MessageBody } from './message-body';
