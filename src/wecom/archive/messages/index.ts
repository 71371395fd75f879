export type { MediaRef } from './kinds';
export { type Content, everything, type Item, type Message, parseMessage } from './parse';
export { type PersonKind, personKind } from './person-kind';
