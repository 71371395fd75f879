import { PaperClipOutlined, UndoOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FoundMessage } from '../../api';
import { StateTag } from '../../components/state-tag';
import { excerptOf, stretchesIn } from '../../lib/found-text';
import { useWord } from '../../lib/use-word';
import styles from './messages.module.css';

/** What was found, in its neighbourhood on one line; the whole text shows on hover. */
export function Hit({ message, query }: { message: FoundMessage; query: string }) {
  const { t } = useTranslation('messages');
  const wordOf = useWord('messages');
  const { type, text, media, recalled_by, state } = message;
  const pieces = excerptOf(text, stretchesIn(message, query));
  return (
    <span className={styles.hit} title={text.slice(0, 1_000)}>
      {type !== 'text' && <span className={styles.kind}>{wordOf(`kind.${type}`) ?? type}</span>}
      <bdi className={styles.excerpt}>
        {state === 'purged' && t('purged')}
        {pieces.map(({ text: words, isFound }, place) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
          return isFound ? <mark key={place}>{words}</mark> : <span key={place}>{words}</span>;
        })}
      </bdi>
      {media.length > 0 && <PaperClipOutlined className={styles.kind ?? ''} aria-label={t('kind.file')} />}
      {recalled_by && (
        <StateTag tone="person" icon={<UndoOutlined />}>
          {t('recalled')}
        </StateTag>
      )}
    </span>
  );
}
