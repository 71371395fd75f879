import { createContext, use } from 'react';
import { piecesOf } from '../../lib/found-text';
import styles from './message.module.css';

const none: readonly string[] = [];

/** Words that are marked wherever they stand in the messages inside: `<HitWords value={['货款']}>`. */
export const HitWords = createContext(none);

/** What somebody wrote, with the words that are looked for marked. */
export function Marked({ text }: { text: string }) {
  const words = use(HitWords);
  if (words.length === 0) return text;
  return piecesOf(text, words).map(({ text: piece, isFound }, place) =>
    isFound ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
      <mark key={place} className={styles.hit}>
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
