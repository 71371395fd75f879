/** What a list may be about, in the order they are offered. */
export const categories = [
  'private_payment',
  'private_contact',
  'off_book',
  'rebate',
  'competitor',
  'insult',
  'leaving',
  'overpromise',
  'complaint',
  'leak',
  'evasion',
  'red_line',
  'other',
] as const;

/** Lists that came with the product keep their id, whatever is changed in them. */
export const isStarter = ({ id }: { id: string }): boolean => id.startsWith('starter-');

/** One word a line, each once. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export interface WordChange {
  added: string[];
  removed: string[];
}

/** What a version changed in the one before it. */
export function changeBetween(before: readonly string[], after: readonly string[]): WordChange {
  const [was, is] = [new Set(before), new Set(after)];
  return { added: after.filter((word) => !was.has(word)), removed: before.filter((word) => !is.has(word)) };
}
