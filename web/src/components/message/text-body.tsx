import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { type Detail, detailOf, textOf } from '../../lib/detail';
import { piecesOf, placesOf } from '../../lib/found-text';
import { FoundWords } from './found-words';
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

function Words({ text }: { text: string }) {
  const wanted = useContext(FoundWords);
  const pieces = wanted ? piecesOf(text, placesOf(text, wanted)) : [{ text, isFound: false }];
  return (
    <div className={styles.words} dir="auto">
      {pieces.map(({ text: words, isFound }, place) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
        return isFound ? <mark key={place}>{words}</mark> : words;
      })}
    </div>
  );
}
