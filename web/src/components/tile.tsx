import type { ReactNode } from 'react';
import styles from './tile.module.css';

interface Props {
  label: string;
  value: ReactNode;
  /** What the figure means, in grey under it. */
  note?: ReactNode;
}

/** A figure with what it is and what it means. */
export function Tile({ label, value, note }: Props) {
  return (
    <div className={styles.tile}>
      <div className={styles.quiet}>{label}</div>
      <div className={styles.value}>{value}</div>
      {note && <div className={styles.quiet}>{note}</div>}
    </div>
  );
}
