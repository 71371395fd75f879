import type { Control } from './control';
import type { Move } from './life-moves';

/** What people say to each other: one thing in four that happens, and then it is a whole talk. */
export const talkMoves = (control: Control): readonly Move[] => [
  ['chat', 20, () => control.talk({ setting: 'customer' })],
  ['group chat', 6, () => control.talk({ setting: 'group' })],
  ['colleagues chat', 2, () => control.talk({ setting: 'colleague' })],
  ['internal group chat', 3, () => control.talk({ setting: 'internal' })],
  ['recall', 1, () => control.recall()],
  ['consent', 2, () => control.consent()],
];
