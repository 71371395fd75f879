import { Watermark } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conversation, useMessages, useSession } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { FoundWords } from '../../../components/message';
import { Note } from '../../../components/note';
import { exactTime } from '../../../lib/time';
import styles from './conversation.module.css';
import { Details } from './details';
import { MessageList } from './message-list';
import { rowsOf } from './rows';
import type { Start } from './use-start';

/** The messages from where the reader begins, and the details of the one that is opened. */
export function Chat({ conversation, start }: { conversation: Conversation; start: Start }) {
  const { t } = useTranslation('conversations');
  const messages = useMessages(conversation.id, start.from);
  const [opened, setOpened] = useState<string>();
  const items = useMemo(() => messages.data?.pages.flatMap((piece) => piece.items) ?? [], [messages.data]);
  const rows = useMemo(() => rowsOf(items), [items]);
  if (messages.isPending) {
    return (
      <Frame>
        <Loading rows={12} />
      </Frame>
    );
  }
  if (items.length === 0) {
    const retry = () => void messages.refetch();
    return (
      <Frame>
        {messages.error ? <FaultNote error={messages.error} onRetry={retry} /> : <Note>{t('noMessages')}</Note>}
      </Frame>
    );
  }
  const message = items.find(({ id }) => id === opened);
  return (
    <Frame>
     <FoundWords value={start.query}>
      <div className={styles.beside}>
        <MessageList
          conversation={conversation}
          messages={messages}
          rows={rows}
          start={start}
          onOpen={setOpened}
          isOpen={message !== undefined}
        />
        {message && <Details message={message} conversation={conversation} onClose={() => setOpened(undefined)} />}
      </div>
     </FoundWords>
    </Frame>
  );
}

/** Whoever photographs the screen photographs who looked, and when (S18). */
function Frame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation('conversations');
  const name = useSession().data?.name ?? '';
  const [time] = useState(() => exactTime(new Date().toISOString()).slice(0, 16));
  return (
    <Watermark
      className={styles.frame ?? ''}
      content={t('watermark', { name, time })}
      gap={[120, 96]}
      font={{ fontSize: 13, color: 'rgba(128,128,128,0.16)' }}
    >
      {children}
    </Watermark>
  );
}
