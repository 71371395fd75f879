import { LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Conversation, useMessages } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { dayOf } from '../../../lib/time';
import styles from './conversation.module.css';

interface Props {
  edge: 'earlier' | 'later';
  messages: ReturnType<typeof useMessages>;
  conversation: Conversation;
}

/** What stands where the messages that were read end: more to come, a fault, or the end of the archive. */
export function EdgeRow({ edge, messages, conversation }: Props) {
  const { t } = useTranslation('conversations');
  const { t: tc } = useTranslation();
  const textOf = useFaultText();
  const more = edge === 'earlier' ? messages.hasPreviousPage : messages.hasNextPage;
  const readOn = () => void (edge === 'earlier' ? messages.fetchPreviousPage() : messages.fetchNextPage());
  if (!more)
    return edge === 'earlier' ? (
      <Beginning conversation={conversation} />
    ) : (
      <p className={styles.edge}>{t('latest')}</p>
    );
  if (messages.isError) {
    return (
      <p className={styles.edge}>
        <span className={styles.lost}>{textOf(messages.error)}</span>{' '}
        <Button size="small" onClick={readOn}>
          {tc('retry')}
        </Button>
      </p>
    );
  }
  return (
    <p className={styles.edge} role="status">
      <LoadingOutlined aria-hidden /> {t(edge === 'earlier' ? 'loadingEarlier' : 'loadingLater')}
    </p>
  );
}

/** An archive tells where it begins: what came before was not deleted, it was never in it. */
function Beginning({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  return (
    <p className={styles.edge}>
      {t('begins', { day: dayOf(conversation.first_message_at) })}
      <br />
      {t('beginsHint')}
    </p>
  );
}
