import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import styles from './note.module.css';

interface Props {
  title?: ReactNode;
  /** Why it is so and what to do. */
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  tone?: 'lost';
  small?: boolean;
}

/** A few words where content would be: nothing yet, not found, failed. */
export function Note({ title, children, icon = <InboxOutlined />, actions, tone, small }: Props) {
  return (
    <div className={`${styles.note} ${small ? styles.small : ''}`} role="status">
      <span className={`${styles.icon} ${tone ? styles[tone] : ''}`} aria-hidden>
        {icon}
      </span>
      {title && <div className={styles.title}>{title}</div>}
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
