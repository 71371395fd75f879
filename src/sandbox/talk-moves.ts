import type { Control } from './control';
import type { Move } from './life-moves';

/** What a company does most: talk. */
export const talkMoves = (control: Control): readonly Move[] => [
  ['chat', 60, () => control.talk({ setting: 'customer' })],
  ['group chat', 20, () => control.talk({ setting: 'group' })],
  ['colleagues chat', 8, () => control.talk({ setting: 'colleague' })],
  ['internal group chat', 8, () => control.talk({ setting: 'internal' })],
  ['recall', 2, () => control.recall()],
  ['consent', 4, () => control.consent()],
];
