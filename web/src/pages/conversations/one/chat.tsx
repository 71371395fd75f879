import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conversation, useMessages } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { FoundWords } from '../../../components/message';
import { Note } from '../../../components/note';
import styles from './conversation.module.css';
import { Details } from './details';
import { Frame } from './frame';
import { MessageList } from './message-list';
import { rowsOf } from './rows';
import { SendToReview } from './send-to-review';
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
          {message && (
            <Details
              message={message}
              conversation={conversation}
              onClose={() => setOpened(undefined)}
              extra={<SendToReview conversation={conversation} messageId={message.id} size="small" />}
            />
          )}
        </div>
      </FoundWords>
    </Frame>
  );
}
