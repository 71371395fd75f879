import type { ReactNode } from 'react';
import styles from './cut.module.css';

/** One line of text that is cut with an ellipsis where the room ends; the whole text shows on hover. Any script, any direction. */
export function Cut({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <span className={styles.cut} title={text}>
      {children ?? <bdi>{text}</bdi>}
    </span>
  );
}
