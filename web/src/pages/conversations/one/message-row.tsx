import { InfoCircleOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchivedMessage } from '../../../api';
import { contentOf, MessageBody } from '../../../components/message';
import { Avatar } from '../../../components/person';
import { StateTag } from '../../../components/state-tag';
import { exactTime } from '../../../lib/time';
import styles from './conversation.module.css';
import { EventLine } from './event-line';
import { isEvent, isOurs, type Row, type Sides } from './rows';

interface Props {
  row: Extract<Row, { kind: 'message' }>;
  conversation: Sides;
  isMarked: boolean;
  /** Without it there are no details to be opened. */
  onOpen?(id: string): void;
  onMark(id: string): void;
  onJump(id: string): void;
}

/** One message: ours at the right, theirs at the left; what merely happened in the middle. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { row, conversation, isMarked, onOpen, onMark, onJump } = props;
  const { message } = row;
  const marked = isMarked ? styles.marked : '';
  if (isEvent(message)) {
    return (
      <div className={`${styles.event} ${marked}`} data-message={message.id}>
        <EventLine message={message} onJump={onJump} />
        {onOpen && <DetailsButton message={message} onOpen={onOpen} />}
      </div>
    );
  }
  const side = isOurs(message, conversation) ? styles.ours : styles.theirs;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click marks the message, as j and k do.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the whole list.
    <div
      className={`${styles.message} ${side} ${row.leads ? styles.leads : ''} ${marked}`}
      data-message={message.id}
      aria-current={isMarked ? 'true' : undefined}
      onClick={() => onMark(message.id)}
    >
      <span className={styles.avatar}>{row.leads && <Face message={message} />}</span>
      <div className={styles.said}>
        {row.leads && <Head message={message} />}
        <div className={styles.bubbleLine}>
          <Bubble message={message} />
          {onOpen && <DetailsButton message={message} onOpen={onOpen} />}
        </div>
      </div>
    </div>
  );
});

const nameOf = ({ from, from_name }: ArchivedMessage): string => from_name ?? from ?? '';

const Face = ({ message }: { message: ArchivedMessage }) => (
  <Avatar id={message.from ?? ''} name={nameOf(message)} size={32} />
);

function Head({ message }: { message: ArchivedMessage }) {
  const { t } = useTranslation('messages');
  return (
    <div className={styles.head}>
      <bdi className={styles.sender} title={nameOf(message)}>
        {nameOf(message) || t('someone')}
      </bdi>
      <time dateTime={message.sent_at} title={exactTime(message.sent_at)}>
        {exactTime(message.sent_at).slice(11, 16)}
      </time>
    </div>
  );
}

function Bubble({ message }: { message: ArchivedMessage }) {
  const { t } = useTranslation('messages');
  if (message.state === 'purged') return <div className={`${styles.bubble} ${styles.purged}`}>{t('purged')}</div>;
  return (
    <div
      className={`${styles.bubble} ${message.recalled_by ? styles.recalled : ''}`}
      title={exactTime(message.sent_at)}
    >
      <MessageBody content={contentOf(message)} />
      {message.recalled_by && <Recalled by={message.recalled_by} />}
    </div>
  );
}

/** Taken back, and still here: that is what the archive is for (WCM-05). */
function Recalled({ by }: { by: NonNullable<ArchivedMessage['recalled_by']> }) {
  const { t } = useTranslation('messages');
  const time = exactTime(by.sent_at);
  return (
    <div className={styles.recall}>
      <StateTag tone="person" icon={<UndoOutlined />} title={t('recalledBy', { name: by.from, time })}>
        {t('recalled')} {time.slice(11, 16)}
      </StateTag>
    </div>
  );
}

function DetailsButton({ message, onOpen }: { message: ArchivedMessage; onOpen(id: string): void }) {
  const { t } = useTranslation('conversations');
  return (
    <Button
      className={styles.more ?? ''}
      type="text"
      size="small"
      icon={<InfoCircleOutlined />}
      aria-label={t('openDetails')}
      title={t('openDetails')}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(message.id);
      }}
    />
  );
}
