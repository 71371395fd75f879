import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface Props {
  title?: ReactNode;
  /** A link or button at the right of the title. */
  extra?: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A white sheet on the page. */
export function Panel({ title, extra, flush, className, children }: Props) {
  return (
    <section className={`${styles.panel} ${className ?? ''}`}>
      {title && (
        <div className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {extra}
        </div>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
