import { ArrowDownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, useMessages } from '../../../api';
import { useRowWindow } from '../../../lib/use-row-window';
import styles from './conversation.module.css';
import { DayRow } from './day-row';
import { EdgeRow } from './edge-row';
import { HitBar } from './hit-bar';
import { MessageRow } from './message-row';
import { estimateOf, messageKey, type Row } from './rows';
import { useHits } from './use-hits';
import { useMessageKeys } from './use-message-keys';
import type { Start } from './use-start';

interface Props {
  conversation: Conversation;
  messages: ReturnType<typeof useMessages>;
  rows: Row[];
  start: Start;
  onOpen(id: string): void;
  /** The details of a message are open beside the list. */
  isOpen: boolean;
}

/** More is read when the view comes within so many rows of an end. */
const nearEnd = 25;

export function MessageList({ conversation, messages, rows, start, onOpen, isOpen }: Props) {
  const { t } = useTranslation('conversations');
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const estimate = useCallback((key: string) => estimateOf(byKey.get(key)), [byKey]);
  const view = useRowWindow({ keys, estimate });
  useReadOn(messages, view.range, rows.length);
  useFirstPlace(view.show, start, rows);
  useMessageKeys({ rows, start, onOpen, isOpen, show: view.show });
  const goTo = useGoTo(start, view.show, byKey);
  const hits = useHits({ conversationId: conversation.id, query: start.query, marked: start.marked, onGo: goTo });

  const newest = messages.data?.pages.at(-1)?.items.at(-1);
  const isBehind = newest !== undefined && newest.sent_at < conversation.last_message_at && !messages.hasNextPage;
  return (
    <div className={styles.body}>
      {start.query && <HitBar query={start.query} hits={hits} onClose={start.leaveQuery} />}
      <section
        ref={view.scroller}
        className={styles.scroller}
        onScroll={view.onScroll}
        aria-label={t('list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
        tabIndex={0}
      >
        <ol className={styles.rows} style={{ paddingTop: view.before, paddingBottom: view.after }}>
          {rows.slice(...view.range).map((row) => (
            <li key={row.key} ref={view.rowRef(row.key)} className={styles.row}>
              {row.kind === 'day' && <DayRow at={row.at} />}
              {row.kind === 'edge' && <EdgeRow edge={row.edge} messages={messages} conversation={conversation} />}
              {row.kind === 'message' && (
                <MessageRow
                  row={row}
                  conversation={conversation}
                  isMarked={row.message.id === start.marked}
                  onOpen={onOpen}
                  onMark={start.mark}
                  onJump={goTo}
                />
              )}
            </li>
          ))}
        </ol>
      </section>
      {(isBehind || messages.hasNextPage) && (
        <Button className={styles.latest ?? ''} shape="round" icon={<ArrowDownOutlined />} onClick={start.toLatest}>
          {t(isBehind ? 'newer' : 'toLatest')}
        </Button>
      )}
    </div>
  );
}

/** To another message: what was read already is not read, and so not recorded, a second time. */
function useGoTo(start: Start, show: (key: string, how: 'third') => void, here: ReadonlyMap<string, Row>) {
  const now = useRef({ start, show, here });
  useLayoutEffect(() => {
    now.current = { start, show, here };
  });
  // Stays the same, whatever is read and measured: every row has it.
  return useCallback((id: string) => {
    const { start: place, show: bring, here: rows } = now.current;
    if (!rows.has(messageKey(id))) return place.toMessage(id);
    place.mark(id);
    bring(messageKey(id), 'third');
  }, []);
}

/** Reads the next piece before the reader comes to the end of what is here. */
function useReadOn(messages: Props['messages'], [from, to]: readonly [number, number], count: number) {
  const { hasPreviousPage, hasNextPage, isFetching, isError, fetchPreviousPage, fetchNextPage } = messages;
  useEffect(() => {
    if (isFetching || isError || to === 0) return;
    if (hasPreviousPage && from < nearEnd) void fetchPreviousPage();
    else if (hasNextPage && to > count - nearEnd) void fetchNextPage();
  }, [from, to, count, hasPreviousPage, hasNextPage, isFetching, isError, fetchPreviousPage, fetchNextPage]);
}

/** The reader begins at the newest, at the message the address names, or at the first of a day. */
function useFirstPlace(show: (key: string, how: 'third') => void, start: Start, rows: Row[]) {
  const placed = useRef(false);
  useEffect(() => {
    if (placed.current) return;
    placed.current = true;
    if (start.from === 'end') return;
    const wanted = 'around' in start.from ? start.from.around : firstSince(rows, start.from.at);
    if (wanted) show(messageKey(wanted), 'third');
  }, [show, start.from, rows]);
}

function firstSince(rows: Row[], at: string): string | undefined {
  const messages = rows.flatMap((row) => (row.kind === 'message' ? [row.message] : []));
  const since = Date.parse(at);
  return (messages.find(({ sent_at }) => Date.parse(sent_at) >= since) ?? messages.at(-1))?.id;
}
