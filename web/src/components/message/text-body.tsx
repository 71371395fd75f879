import { useTranslation } from 'react-i18next';
import { type Detail, detailOf, textOf } from '../../lib/detail';
import { Marked } from './hit-words';
import styles from './message.module.css';

/** What was typed, as text and nothing else; a reply with the quotation above it. */
export function TextBody({ body }: { body: Detail }) {
  const { t } = useTranslation('messages');
  const { quoted, reply } = detailOf(body.quote);
  if (typeof quoted !== 'string') return <Words text={textOf(body.text)} />;
  return (
    <div className={styles.stack}>
      <blockquote className={styles.quote} title={t('quoteHint')}>
        <div className={styles.quiet}>{t('quote')}</div>
        <Words text={quoted} />
      </blockquote>
      <Words text={textOf(reply)} />
    </div>
  );
}

const Words = ({ text }: { text: string }) => (
  <div className={styles.words} dir="auto">
    <Marked text={text} />
  </div>
);
