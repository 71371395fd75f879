import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Cut } from './cut';
import styles from './page-header.module.css';

interface Props {
  /** The name of the one thing this page is about; also the title of the browser tab. */
  title: string;
  /** Shown in the place of `title`, such as a person with avatar. */
  heading?: ReactNode;
  /** A few quiet words behind the title. */
  note?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
}

export function PageHeader({ title, heading, note, actions }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 className={styles.title}>{heading ?? <Cut text={title} />}</h1>
        {note && <div className={styles.note}>{note}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
