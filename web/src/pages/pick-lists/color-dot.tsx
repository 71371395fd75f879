import { type Color, colors } from './colors';
import styles from './pick-lists.module.css';

/** The colour of an entry, beside its name; nothing where it has none. */
export function ColorDot({ color }: { color: Color | null | undefined }) {
  return color ? <span aria-hidden className={styles.dot} style={{ background: colors[color] }} /> : null;
}
