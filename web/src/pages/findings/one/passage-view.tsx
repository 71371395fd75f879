import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCan } from '../../../api';
import type { Passage } from '../../../api/findings';
import { conversationPath } from '../../../lib/paths';
import { personKind } from '../../../lib/person';
import conversationStyles from '../../conversations/one/conversation.module.css';
import { DayRow } from '../../conversations/one/day-row';
import { Frame } from '../../conversations/one/frame';
import { MessageRow } from '../../conversations/one/message-row';
import { rowsOf } from '../../conversations/one/rows';
import styles from '../findings.module.css';

interface Props {
  passage: Passage;
  /** Whom the finding concerns: between colleagues they stand at the right. */
  userid: string | null;
}

const ignore = () => undefined;

/** A stretch of a conversation as a chat; the messages that the finding names are marked, the first in the middle. */
export function PassageView({ passage: { conversation_id, evidence, messages }, userid }: Props) {
  const { t } = useTranslation('findings');
  const { t: tc } = useTranslation('conversations');
  const mayRead = useCan('archive:read');
  const navigate = useNavigate();
  const scroller = useRef<HTMLElement>(null);
  const rows = useMemo(() => rowsOf(messages).filter(({ kind }) => kind !== 'edge'), [messages]);
  const sides = useMemo(() => {
    const isInside = messages.every(({ from }) => from === null || personKind(from) === 'staff');
    return { userid, peer_userid: isInside ? '' : null };
  }, [messages, userid]);
  const first = messages.find(({ id }) => evidence.includes(id))?.id;
  const show = useCallback((id: string | undefined) => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id ?? '')}"]`);
    if (row && scroller.current) toMiddle(scroller.current, row);
    return Boolean(row);
  }, []);
  const jump = useCallback(
    (id: string) => {
      if (!show(id)) void navigate(conversationPath(conversation_id, id));
    },
    [show, navigate, conversation_id],
  );
  useEffect(() => {
    show(first);
    // The button that opened it is gone, and the focus with it.
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [show, first]);
  return (
    <section>
      <div className={styles.passageHead}>
        <span className={styles.quiet}>{t('chatAround', { count: messages.length })}</span>
        {mayRead && <Link to={conversationPath(conversation_id, first)}>{t('toConversation')}</Link>}
      </div>
      <Frame className={styles.passage}>
        <section
          ref={scroller}
          className={styles.passageScroller}
          aria-label={tc('list')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
          tabIndex={0}
        >
          <ol className={styles.passageRows}>
            {rows.map((row) => (
              <li key={row.key} className={conversationStyles.row}>
                {row.kind === 'day' && <DayRow at={row.at} />}
                {row.kind === 'message' && (
                  <MessageRow
                    row={row}
                    conversation={sides}
                    isMarked={evidence.includes(row.message.id)}
                    onMark={ignore}
                    onJump={jump}
                  />
                )}
              </li>
            ))}
          </ol>
        </section>
      </Frame>
    </section>
  );
}

/** Moves what scrolls and nothing around it. */
function toMiddle(scroller: HTMLElement, row: HTMLElement): void {
  const [outer, inner] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
  scroller.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}
