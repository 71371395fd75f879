import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Conversation, OpenedReview } from '../../../api';
import { FoundWords } from '../../../components/message';
import { conversationPath } from '../../../lib/paths';
import styles from '../../conversations/one/conversation.module.css';
import { DayRow } from '../../conversations/one/day-row';
import { MessageRow } from '../../conversations/one/message-row';
import { rowsOf } from '../../conversations/one/rows';

interface Props {
  review: OpenedReview;
  conversation: Conversation;
  words(messageId: string): string;
  onOpen(messageId: string): void;
}

const ignore = () => undefined;

/** The message with what stands around it; it is marked, and so are the words that were found. */
export function Thread({ review, conversation, words, onOpen }: Props) {
  const { t } = useTranslation('reviews');
  const { t: tc } = useTranslation('conversations');
  const navigate = useNavigate();
  const jump = useCallback(
    (id: string) => void navigate(conversationPath(conversation.id, id)),
    [navigate, conversation.id],
  );
  const scroller = useRef<HTMLElement>(null);
  const rows = useMemo(() => rowsOf(review.messages).filter(({ kind }) => kind !== 'edge'), [review.messages]);
  useEffect(() => {
    const marked = `[data-message="${CSS.escape(review.message_id)}"]`;
    scroller.current?.querySelector(marked)?.scrollIntoView({ block: 'center' });
  }, [review.message_id]);
  return (
    <div className={styles.body}>
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label={tc('list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
        tabIndex={0}
      >
        <ol className={styles.rows}>
          {rows.map((row) => (
            <li key={row.key} className={styles.row}>
              {row.kind === 'day' && <DayRow at={row.at} />}
              {row.kind === 'message' && (
                <FoundWords value={words(row.message.id)}>
                  <MessageRow
                    row={row}
                    conversation={conversation}
                    isMarked={row.message.id === review.message_id}
                    onOpen={onOpen}
                    onMark={ignore}
                    onJump={jump}
                  />
                </FoundWords>
              )}
            </li>
          ))}
        </ol>
        <p className={styles.edge}>
          {t('contextHint', { count: review.messages.length })}{' '}
          <Link to={conversationPath(conversation.id, review.message_id)}>{t('readMore')}</Link>
        </p>
      </section>
    </div>
  );
}
