import { useState } from 'react';
import type { Conversation, OpenedReview } from '../../../api';
import conversationStyles from '../../conversations/one/conversation.module.css';
import { Details } from '../../conversations/one/details';
import { Frame } from '../../conversations/one/frame';
import styles from '../reviews.module.css';
import { Decision } from './decision';
import { Thread } from './thread';
import { useFoundWords } from './use-found-words';
import { Why } from './why';

interface Props {
  review: OpenedReview;
  conversation: Conversation;
  onNext(): void;
}

/** At the left what was said, at the right what is found of it; the details of a message take its place while open. */
export function Desk({ review, conversation, onNext }: Props) {
  const [opened, setOpened] = useState<string>();
  const found = useFoundWords(review.hits);
  const message = review.messages.find(({ id }) => id === opened);
  return (
    <Frame>
      <div className={conversationStyles.beside}>
        <Thread review={review} conversation={conversation} words={found.of} onOpen={setOpened} />
        {message && <Details message={message} conversation={conversation} onClose={() => setOpened(undefined)} />}
        {/* Kept while the details are open: what was typed stays. */}
        <aside className={styles.side} hidden={message !== undefined}>
          <Decision review={review} onNext={onNext} />
          <Why review={review} found={found} />
        </aside>
      </div>
    </Frame>
  );
}
